//! `lockstep doctor`: what the terminal can do, what the languages are, whether Python is there.

use super::Context;
use super::exit::{Exit, Outcome};
use super::settings;
use crate::words::Words;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use unicode_width::UnicodeWidthStr;

/// One line of the report.
struct Check {
    good: bool,
    what: String,
    found: String,
    /// The key of what to do when it is not good.
    remedy: Option<&'static str>,
}

/// As wide as the column of what was looked at.
const COLUMN: usize = 10;

pub(super) fn doctor(context: &Context, out: &mut dyn Write) -> Outcome {
    let words = &context.words;
    writeln!(out, "lockstep {}", env!("CARGO_PKG_VERSION"))?;
    let checks = [terminal(words), term(words), colours(words), language(words), locale(words), python(words)];
    for check in checks.into_iter().chain([settings_file(words)]) {
        let sign = if check.good { "ok" } else { "!!" };
        writeln!(out, "{sign}  {} {}", padded(&check.what, COLUMN), check.found)?;
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
    Check { good: true, what: what.into(), found: found.into(), remedy: None }
}

fn check(good: bool, what: impl Into<String>, found: impl Into<String>, remedy: &'static str) -> Check {
    Check { good, what: what.into(), found: found.into(), remedy: Some(remedy) }
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

fn settings_file(words: &Words) -> Check {
    let found = match settings::file() {
        Some(path) if path.exists() => path.display().to_string(),
        Some(_) => words.t("doctor-settings-none"),
        None => words.t("doctor-settings-nowhere"),
    };
    good(words.t("doctor-settings"), found)
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
