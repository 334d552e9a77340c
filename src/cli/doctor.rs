//! `lockstep doctor`: what the terminal can do, what the languages are, whether Python is there, what is wrong with somebody's
//! own files.

use super::Context;
use super::exit::{Exit, Outcome};
use super::{progress, settings};
use crate::said::Said;
use crate::words::Words;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use unicode_width::UnicodeWidthStr;

/// One line of the report.
struct Check {
    good: bool,
    what: String,
    found: String,
    /// The key of what to do when it is not good.
    remedy: Option<&'static str>,
    /// Everything that is wrong, a line each.
    wrong: Vec<String>,
}

/// As wide as the column of what was looked at.
const COLUMN: usize = 10;

pub(super) fn doctor(context: &Context, out: &mut dyn Write) -> Outcome {
    let words = &context.words;
    writeln!(out, "lockstep {}", env!("CARGO_PKG_VERSION"))?;
    let checks = [terminal(words), term(words), colours(words), language(words), locale(words), python(words)];
    for check in checks.into_iter().chain(own_files(context)) {
        let sign = if check.good { "ok" } else { "!!" };
        writeln!(out, "{sign}  {} {}", padded(&check.what, COLUMN), check.found)?;
        for line in &check.wrong {
            writeln!(out, "    {} {line}", padded("", COLUMN))?;
        }
        if let Some(remedy) = check.remedy.filter(|_| !check.good) {
            writeln!(out, "    {} {}", padded("", COLUMN), words.t(remedy))?;
        }
    }
    writeln!(out, "\n{}", words.t("doctor-signs"))?;
    for line in signs(words) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", words.t("doctor-signs-remedy"))?;
    Ok(Exit::Done)
}

/// Signs whose width terminals do not agree on, signs that are one cell wide everywhere, and Chinese. Only the eye can
/// check this: a terminal is not asked, because over a slow line the answer may never come.
fn signs(words: &Words) -> [String; 3] {
    let line = |label: &str, signs: &str| format!("    {} {signs}", padded(label, 17));
    [
        line("--glyphs unicode", "┌─┐●○→…×█│"),
        line("--glyphs safe", "+-+▪▫►✓✗░|"),
        line(&words.t("doctor-chinese"), "线程和锁.|"),
    ]
}

/// The text and spaces up to this width.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn good(what: impl Into<String>, found: impl Into<String>) -> Check {
    Check { good: true, what: what.into(), found: found.into(), remedy: None, wrong: Vec::new() }
}

fn check(good: bool, what: impl Into<String>, found: impl Into<String>, remedy: &'static str) -> Check {
    Check { good, what: what.into(), found: found.into(), remedy: Some(remedy), wrong: Vec::new() }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn terminal(words: &Words) -> Check {
    let (input, output) = (io::stdin().is_terminal(), io::stdout().is_terminal());
    let found = match (input, output) {
        (true, true) => "doctor-terminal-there",
        (false, true) => "doctor-terminal-no-input",
        (true, false) => "doctor-terminal-no-output",
        (false, false) => "doctor-terminal-none",
    };
    check(input && output, words.t("doctor-terminal"), words.t(found), "doctor-terminal-remedy")
}

fn term(words: &Words) -> Check {
    let found = variable("TERM");
    let good = found.as_deref().is_some_and(|term| term != "dumb");
    check(good, "TERM", found.unwrap_or_else(|| words.t("doctor-not-set")), "doctor-term-remedy")
}

fn colours(words: &Words) -> Check {
    let found = match (variable("NO_COLOR"), variable("COLORTERM")) {
        (Some(_), _) => words.t("doctor-colours-off"),
        (None, Some(kind)) => words.with("doctor-colours-yes", &[("kind", kind.into())]),
        (None, None) => words.t("doctor-colours-few"),
    };
    good(words.t("doctor-colours"), found)
}

fn language(words: &Words) -> Check {
    good(words.t("doctor-language"), words.lang().code())
}

fn locale(words: &Words) -> Check {
    let found = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    let lower = found.as_deref().unwrap_or("").to_lowercase();
    let good = cfg!(windows) || lower.contains("utf-8") || lower.contains("utf8");
    let found = found.unwrap_or_else(|| words.t("doctor-not-set"));
    check(good, words.t("doctor-locale"), found, "doctor-locale-remedy")
}

/// Lockstep runs Python itself; `python3` is only for those who want to compare.
fn python(words: &Words) -> Check {
    let run = Command::new("python3").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let found = match run {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => words.t("doctor-python-none"),
    };
    good("python3", found)
}

/// What somebody has written, or has had written, about himself.
fn own_files(context: &Context) -> [Check; 4] {
    let words = &context.words;
    let told = |lines: &[Said]| lines.iter().map(|line| words.said(line)).collect();
    let keys = settings::keymap().map_or_else(|mistake| told(&mistake.lines), |_| Vec::new());
    let themes = told(&context.themes.flaws());
    let done = progress::file();
    let (odd, damaged) = match done.as_deref().map(|path| (path, progress::read(path))) {
        Some((path, Ok((_, odd)))) => (progress::told(path, &odd, words), false),
        Some((_, Err(reason))) => (vec![words.said(&reason)], true),
        None => (Vec::new(), false),
    };
    let progress = own_file(words, "doctor-progress", done, odd);
    let remedy = damaged.then_some("doctor-progress-remedy");
    [
        own_file(words, "doctor-settings", settings::file(), told(&context.flaws)),
        own_file(words, "doctor-keys", settings::key_file(), keys),
        own_file(words, "doctor-themes", settings::theme_dir(), themes),
        Check { remedy, ..progress },
    ]
}

fn own_file(words: &Words, what: &str, path: Option<PathBuf>, wrong: Vec<String>) -> Check {
    let found = match path {
        Some(path) if path.exists() => path.display().to_string(),
        Some(_) => words.t("doctor-settings-none"),
        None => words.t("doctor-settings-nowhere"),
    };
    Check { good: wrong.is_empty(), what: words.t(what), found, remedy: None, wrong }
}

#[cfg(test)]
mod tests {
    use super::signs;
    use crate::words::{Lang, Words};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_bars_stand_below_each_other() {
        for lang in Lang::ALL {
            let lines = signs(&Words::new(lang));
            let columns = lines.each_ref().map(|line| line.trim_end_matches(['|', '│']).width());
            assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}");
        }
    }
}
