//! `lockstep doctor`: what the terminal can do, what the languages are, whether Python is there.

use super::Context;
use super::exit::{Exit, Outcome};
use super::settings;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// One line of the report.
struct Check {
    good: bool,
    what: &'static str,
    found: String,
    /// What to do when it is not good.
    remedy: &'static str,
}

pub(super) fn doctor(context: &Context, out: &mut dyn Write) -> Outcome {
    writeln!(out, "lockstep {}", env!("CARGO_PKG_VERSION"))?;
    for check in [terminal(), term(), colours(), language(context), locale(), python(), settings_file()] {
        let sign = if check.good { "ok" } else { "!!" };
        writeln!(out, "{sign}  {:<10} {}", check.what, check.found)?;
        if !check.good {
            writeln!(out, "    {:<10} {}", "", check.remedy)?;
        }
    }
    writeln!(out)?;
    out.write_all(WIDTHS.as_bytes())?;
    Ok(Exit::Done)
}

/// Signs whose width terminals do not agree on, signs that are one cell wide everywhere, and Chinese. Only the eye can
/// check this: a terminal is not asked, because over a slow line the answer may never come.
const WIDTHS: &str = "\
Signs: the three bars on the right must stand below each other.
    --glyphs unicode  ┌─┐●○→…×█│
    --glyphs safe     +-+▪▫►✓✗░|
    Chinese           线程和锁.|
If the first stands apart, use --glyphs safe; if signs are missing, --glyphs ascii.
";

fn check(good: bool, what: &'static str, found: impl Into<String>, remedy: &'static str) -> Check {
    Check { good, what, found: found.into(), remedy }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn terminal() -> Check {
    let (input, output) = (io::stdin().is_terminal(), io::stdout().is_terminal());
    let found = match (input, output) {
        (true, true) => "there is one",
        (false, true) => "standard input is not a terminal",
        (true, false) => "standard output is not a terminal",
        (false, false) => "there is none",
    };
    check(input && output, "terminal", found, "The interface needs one; `lockstep run` does without.")
}

fn term() -> Check {
    let found = variable("TERM").unwrap_or_else(|| "not set".to_owned());
    let good = !matches!(found.as_str(), "not set" | "dumb");
    check(good, "TERM", found, "Set it to what the terminal is, for instance xterm-256color.")
}

fn colours() -> Check {
    let found = match (variable("NO_COLOR"), variable("COLORTERM")) {
        (Some(_), _) => "none, because NO_COLOR is set".to_owned(),
        (None, Some(kind)) => format!("yes ({kind})"),
        (None, None) => "the terminal's own 16".to_owned(),
    };
    check(true, "colours", found, "")
}

fn language(context: &Context) -> Check {
    check(true, "language", context.words.lang().code(), "")
}

fn locale() -> Check {
    let found = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).unwrap_or_else(|| "not set".to_owned());
    let lower = found.to_lowercase();
    let good = cfg!(windows) || lower.contains("utf-8") || lower.contains("utf8");
    check(good, "locale", found, "Chinese and the signs need UTF-8, for instance LANG=C.UTF-8.")
}

/// Lockstep runs Python itself; `python3` is only for those who want to compare.
fn python() -> Check {
    let run = Command::new("python3").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let found = match run {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => "not found; it is not needed".to_owned(),
    };
    check(true, "python3", found, "")
}

fn settings_file() -> Check {
    match settings::file() {
        Some(path) if path.exists() => check(true, "settings", path.display().to_string(), ""),
        Some(_) => check(true, "settings", "none", ""),
        None => check(true, "settings", "none, for there is no home directory", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::WIDTHS;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_bars_stand_below_each_other() {
        let columns: Vec<usize> =
            WIDTHS.lines().skip(1).take(3).map(|line| line.trim_end_matches(['|', '│']).width()).collect();
        assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}");
    }
}
