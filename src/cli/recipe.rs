//! The command that makes a run again.

use super::args::Rules;
use crate::event::Schedule;
use crate::kernel::Atomicity;
use crate::kernel::Notify;
use std::borrow::Cow;
use std::sync::Arc;

/// What the command does with the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Makes it, without the interface.
    Run,
    /// Shows it on the stage.
    Show,
}

/// A command line for a shell.
pub(super) fn recipe(
    does: Does,
    target: &str,
    rules: &Rules,
    schedule: &Schedule,
    inputs: &[Option<Arc<str>>],
) -> String {
    let mut words = vec!["lockstep".into()];
    words.extend((does == Does::Run).then_some("run".into()));
    words.push(quoted(target));
    for (name, value) in &rules.parameters {
        words.extend(["-p".into(), quoted(&format!("{name}={value}")).into_owned().into()]);
    }
    let flags = [("--fair", rules.fair), ("--spurious", rules.spurious)];
    words.extend(flags.iter().filter(|(_, on)| *on).map(|(flag, _)| Cow::from(*flag)));
    let (atomicity, notify) = (rules.atomic.unwrap_or_default(), rules.notify.unwrap_or_default());
    let values = [
        ("--seed", rules.seed().to_string(), rules.seed.is_some_and(|seed| seed != 1)),
        ("--atomic", atomicity.to_string(), atomicity != Atomicity::default()),
        ("--notify", notify.to_string(), notify != Notify::default()),
    ];
    for (option, value, _) in values.into_iter().filter(|(_, _, needed)| *needed) {
        words.extend([option.into(), value.into()]);
    }
    for line in inputs.iter().flatten() {
        words.extend(["--input".into(), quoted(line)]);
    }
    words.extend(["--schedule".into(), quoted(&schedule.to_string()).into_owned().into()]);
    words.join(" ")
}

/// A word for a POSIX shell: in single quotes when it has anything but harmless characters.
pub(super) fn quoted(word: &str) -> Cow<'_, str> {
    let harmless = |c: char| c.is_alphanumeric() || "-_./=:+,@%".contains(c);
    if !word.is_empty() && word.chars().all(harmless) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''")).into()
}

#[cfg(test)]
mod tests {
    use super::super::args::{Cli, Command};
    use super::*;
    use clap::Parser;

    fn rules(args: &[&str]) -> Rules {
        let args = [&["lockstep", "run", "x"], args].concat();
        match Cli::try_parse_from(args).unwrap().command {
            Some(Command::Run { simulation, .. }) => simulation.rules,
            _ => unreachable!("the command is run"),
        }
    }

    #[test]
    fn what_differs_from_the_usual_is_part_of_the_recipe() {
        let schedule: Schedule = "v1/M3.A2.B!timeout".parse().unwrap();
        let again = |args: &[&str], inputs: &[Option<Arc<str>>]| {
            recipe(Does::Run, "deadlock/timeout", &rules(args), &schedule, inputs)
        };
        assert_eq!(again(&[], &[]), "lockstep run deadlock/timeout --schedule 'v1/M3.A2.B!timeout'");
        assert_eq!(
            again(&["-pN=3", "--fair", "--seed", "7", "--atomic", "line"], &[Some("it's".into()), None]),
            "lockstep run deadlock/timeout -p N=3 --fair --seed 7 --atomic line --input 'it'\\''s' \
             --schedule 'v1/M3.A2.B!timeout'"
        );
    }
}
