//! Help and usage errors in the language of whoever typed.
//!
//! `clap` speaks English: its own words are told anew here, and the descriptions of commands and options come from the
//! catalogue (`cli-about-COMMAND`, `cli-arg-OPTION`, or `cli-COMMAND-arg-OPTION` where commands differ,
//! `cli-value-OPTION-VALUE`, `cli-heading-...`). In English everything is left to `clap`.

use super::args;
use super::settings::Settings;
use crate::event::ScheduleError;
use crate::said::Said;
use crate::words::{Arg as Filled, Lang, Words, safe};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::num::{IntErrorKind, ParseIntError};
use std::process::ExitCode;

/// Answers a command line that is no command: help, the version, or what is wrong with it.
pub(super) fn answer(error: &clap::Error, typed: &[OsString]) -> ExitCode {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    let words = Words::new(lang(typed));
    // Nobody can be told when nobody reads any more.
    let _ = match (words.lang(), error.kind()) {
        (Lang::En, _) | (_, ErrorKind::DisplayVersion) => error.print(),
        (_, ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) => {
            match translated(&words).try_get_matches_from(typed) {
                Err(help) => full_width(&help),
                Ok(_) => error.print(),
            }
        }
        _ => io::stderr().write_all(told(error, &words).as_bytes()),
    };
    code
}

/// The headings have `clap`'s own colon, which is not a Chinese one.
fn full_width(help: &clap::Error) -> io::Result<()> {
    let shown = help.render();
    let styled = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let shown = if styled { shown.ansi().to_string() } else { shown.to_string() };
    let mut out = io::stdout().lock();
    for line in shown.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        // A change of style may come before the colon, after it or both.
        let heading = bare.rfind(':').filter(|colon| !line.starts_with(' ') && !bare[*colon..].contains(' '));
        match heading.filter(|colon| bare[*colon + 1..].is_empty() || bare[*colon + 1..].starts_with('\x1b')) {
            Some(colon) => write!(out, "{}：{}", &line[..colon], &line[colon + 1..])?,
            None => out.write_all(line.as_bytes())?,
        }
    }
    out.flush()
}

/// What was typed cannot be read: the language is looked for in it all the same.
pub(super) fn lang(typed: &[OsString]) -> Lang {
    let mut typed = typed.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = typed.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => typed.next().map(Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        if let Some(lang) = value.and_then(|value| value.parse().ok()) {
            return lang;
        }
    }
    let set = Settings::read().ok().and_then(|settings| settings.lang).and_then(|lang| lang.name.parse().ok());
    set.unwrap_or_else(Lang::of_system)
}

// ---- help ----

/// The command with its help in the language of the words. It is for reading, not for running.
fn translated(words: &Words) -> Command {
    let mut command = args::command();
    command.build();
    let root = command.get_name().to_owned();
    described(command, &root, words)
}

fn described(command: Command, root: &str, words: &Words) -> Command {
    let name = command.get_name().to_owned();
    let is_root = name == root;
    let about = words.find(&about_key(&name, is_root));
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
        words.t("usage-heading")
    );
    let mut command = command.help_template(template).subcommand_help_heading(words.t("usage-commands"));
    if let Some(about) = about {
        command = command.about(about);
    }
    if is_root {
        command = command.long_about(words.t("cli-long-about")).after_help(words.t("cli-after"));
    }
    command.mut_args(|arg| explained(arg, &name, words)).mut_subcommands(|inner| described(inner, root, words))
}

fn explained(arg: Arg, command: &str, words: &Words) -> Arg {
    let heading = match arg.get_help_heading() {
        Some(heading) => words.find(&heading_key(heading)).unwrap_or_else(|| heading.to_owned()),
        None if arg.is_positional() => words.t("usage-arguments"),
        None => words.t("usage-options"),
    };
    let (short, long) = match arg.get_id().as_str() {
        "help" if arg.get_long_help().is_some() => (words.t("usage-help"), words.t("usage-help-long")),
        "help" => (words.t("usage-help-only"), words.t("usage-help-only")),
        "version" => (words.t("usage-version"), words.t("usage-version")),
        id => {
            let text = arg_keys(command, id).iter().find_map(|key| words.find(key)).unwrap_or_default();
            let (short, long) = values(&arg, words);
            (format!("{text}{short}"), format!("{text}{long}"))
        }
    };
    arg.help(short).long_help(long).help_heading(heading).hide_default_value(true).hide_possible_values(true)
}

/// The default and the values there are, in short and at length.
fn values(arg: &Arg, words: &Words) -> (String, String) {
    let mut short = String::new();
    if !arg.get_action().takes_values() {
        return (short.clone(), short);
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        short = format!(" {}", words.with("usage-default", &[("value", defaults.join(" ").into())]));
    }
    let known: Vec<_> = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
    if known.is_empty() {
        return (short.clone(), short);
    }
    let names: Vec<&str> = known.iter().map(clap::builder::PossibleValue::get_name).collect();
    let listed = format!(" {}", words.with("usage-values", &[("values", names.join(" ").into())]));
    let mut long = short.clone();
    let mut explained = 0;
    for name in &names {
        if let Some(about) = words.find(&value_key(arg.get_id().as_str(), name)) {
            let line = words.with("usage-value", &[("name", (*name).into()), ("about", about.into())]);
            long.extend(["\n- ", &line]);
            explained += 1;
        }
    }
    if explained < names.len() {
        long = short.clone() + &listed + &long[short.len()..];
    }
    (short + &listed, long)
}

fn about_key(command: &str, is_root: bool) -> String {
    if is_root { "cli-about".to_owned() } else { format!("cli-about-{command}") }
}

/// The key for this command, and the one for all.
fn arg_keys(command: &str, id: &str) -> [String; 2] {
    let id = id.replace('_', "-");
    [format!("cli-{command}-arg-{id}"), format!("cli-arg-{id}")]
}

fn value_key(id: &str, value: &str) -> String {
    format!("cli-value-{}-{value}", id.replace('_', "-"))
}

fn heading_key(heading: &str) -> String {
    format!("cli-heading-{}", heading.to_lowercase().replace(' ', "-"))
}

// ---- what is wrong ----

/// What is wrong, what may help, and how the command is used.
fn told(error: &clap::Error, words: &Words) -> String {
    let mut text = words.with("usage-error", &[("told", sentence(error, words).into())]);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    for near in near.iter().filter_map(|kind| first(error.get(*kind)?)) {
        let tip = words.with("usage-near", &[("near", near.into())]);
        text.extend(["\n\n  ", &words.with("usage-tip", &[("told", tip.into())])]);
    }
    if let Some(ContextValue::Strings(known)) = error.get(ContextKind::ValidValue)
        && !known.is_empty()
    {
        text.extend(["\n  ", &words.with("usage-values", &[("values", known.join(" ").into())])]);
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
        text.extend(["\n\n", &words.t("usage-heading"), usage]);
    }
    format!("{text}\n\n{}\n", words.t("usage-more"))
}

fn first(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

fn sentence(error: &clap::Error, words: &Words) -> String {
    let get = |kind| error.get(kind).and_then(first).unwrap_or_default();
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let about = |key: &str| words.with(key, &[("arg", Filled::from(arg.as_str()))]);
    let valued = |key: &str| words.with(key, &[("arg", arg.as_str().into()), ("value", value.as_str().into())]);
    let all = |kind| match error.get(kind) {
        Some(ContextValue::Strings(all)) => all.join(" "),
        other => other.and_then(first).unwrap_or_default(),
    };
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::NoEquals if value.is_empty() => about("usage-no-value"),
        ErrorKind::InvalidValue => valued("usage-invalid"),
        ErrorKind::ValueValidation => match error.source().and_then(|source| reason(source, words)) {
            Some(reason) => {
                let args = [("arg", arg.as_str().into()), ("value", value.as_str().into()), ("reason", reason.into())];
                words.with("usage-invalid-why", &args)
            }
            None => valued("usage-invalid"),
        },
        ErrorKind::UnknownArgument => about("usage-unknown"),
        ErrorKind::InvalidSubcommand => {
            words.with("usage-unknown-command", &[("command", get(ContextKind::InvalidSubcommand).into())])
        }
        ErrorKind::MissingSubcommand => {
            words.with("usage-missing-command", &[("command", get(ContextKind::InvalidSubcommand).into())])
        }
        ErrorKind::TooManyValues => valued("usage-many-values"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => about("usage-few-values"),
        ErrorKind::ArgumentConflict => match all(ContextKind::PriorArg) {
            others if others.is_empty() || others == arg => about("usage-twice"),
            others => words.with("usage-conflict", &[("arg", arg.as_str().into()), ("others", others.into())]),
        },
        ErrorKind::MissingRequiredArgument => {
            words.with("usage-missing", &[("args", all(ContextKind::InvalidArg).into())])
        }
        ErrorKind::InvalidUtf8 => words.t("usage-encoding"),
        _ => words.t("usage-other"),
    }
}

/// Why a value is refused, as far as whoever refused it can be understood.
fn reason(source: &(dyn Error + 'static), words: &Words) -> Option<String> {
    if let Some(said) = source.downcast_ref::<Said>() {
        return Some(words.said(said));
    }
    if let Some(error) = source.downcast_ref::<ScheduleError>() {
        return Some(words.said(&error.said()));
    }
    if let Some(error) = source.downcast_ref::<ParseIntError>() {
        return Some(words.t(match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "usage-number-large",
            IntErrorKind::Empty => "usage-number-empty",
            _ => "usage-number",
        }));
    }
    // A number that is out of its range has no type of its own.
    let text = source.to_string();
    let (_, range) = text.split_once(" is not in ")?;
    Some(words.with("usage-range", &[("range", safe(range).into_owned().into())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Each text of the tree with the keys that may hold it, as `clap` has it.
    fn texts(command: &Command, root: &str, found: &mut Vec<(Vec<String>, String)>) {
        let name = command.get_name();
        let is_root = name == root;
        let mut add = |keys: Vec<String>, text: Option<String>| found.extend(text.map(|text| (keys, text)));
        add(vec![about_key(name, is_root)], command.get_about().map(ToString::to_string));
        if is_root {
            add(vec!["cli-long-about".to_owned()], command.get_long_about().map(ToString::to_string));
            add(vec!["cli-after".to_owned()], command.get_after_help().map(ToString::to_string));
        }
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let id = arg.get_id().as_str();
            if let Some(heading) = arg.get_help_heading() {
                add(vec![heading_key(heading)], Some(heading.to_owned()));
            }
            if id != "help" && id != "version" {
                add(arg_keys(name, id).to_vec(), Some(arg.get_help().map(ToString::to_string).unwrap_or_default()));
                for value in arg.get_possible_values() {
                    let about = value.get_help().map(ToString::to_string);
                    add(vec![value_key(id, value.get_name())], about);
                }
            }
        }
        for inner in command.get_subcommands() {
            texts(inner, root, found);
        }
    }

    #[test]
    fn the_catalogue_has_the_texts_of_every_command_and_option() {
        let mut command = args::command();
        command.build();
        let mut found = Vec::new();
        texts(&command, "lockstep", &mut found);
        let (english, chinese) = (Words::new(Lang::En), Words::new(Lang::Zh));
        let mut used = BTreeSet::new();
        for (keys, text) in found {
            let key = keys.iter().find(|key| english.find(key).is_some());
            let key = key.unwrap_or_else(|| panic!("nothing in cli.ftl for {keys:?}: {text}"));
            assert_eq!(english.t(key), text, "{keys:?}");
            assert!(chinese.find(key).is_some(), "{key} is not in Chinese");
            used.insert(key.clone());
        }
        let unused: Vec<_> =
            crate::words::keys().filter(|key| key.starts_with("cli-") && !used.contains(*key)).collect();
        assert!(unused.is_empty(), "no command or option has these: {unused:?}");
    }

    fn error(line: &str) -> String {
        let typed = line.split(' ').map(OsString::from);
        told(&args::command().try_get_matches_from(typed).unwrap_err(), &Words::new(Lang::Zh))
    }

    #[test]
    fn usage_errors_are_told_in_chinese() {
        assert!(error("lockstep run").contains("缺少必需的参数：`<TARGET>`"));
        let typo = error("lockstep run counter --sede 3");
        assert!(typo.contains("没有 `--sede` 这个参数") && typo.contains("是不是 `--seed`？"), "{typo}");
        assert!(typo.contains("用法：lockstep run"), "{typo}");
        assert!(error("lockstep run counter --seed x").contains("需要一个数"));
        assert!(error("lockstep run counter --pace 99999999").contains("应当在 0..=60000 之间"));
        assert!(error("lockstep run counter --plain --json").contains("不能与"));
        assert!(error("lockstep run counter --color pink").contains("[可选：`auto always never`]"));
    }

    #[test]
    fn the_language_is_found_in_what_cannot_be_read() {
        let of = |line: &str| lang(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("lockstep run --lang zh --nonsense"), Lang::Zh);
        assert_eq!(of("lockstep --lang=zh"), Lang::Zh);
        assert_eq!(of("lockstep --lang=en --lang zh"), Lang::En);
    }
}
