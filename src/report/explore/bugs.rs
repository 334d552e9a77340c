//! Each bug and each warning: what it is, in a sentence, and how to see it.

use super::table::and_more;
use super::verdict::kind_key;
use super::{Explored, Shown, Warning, paragraph};
use crate::event::EventKind;
use crate::explore::Bug;
use crate::words::Words;
use std::io::{self, Write};

/// How many bugs, and how many warnings, are told.
const BUGS: usize = 10;
const WARNINGS: usize = 5;

pub(super) fn write(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let bugs = &explored.exploration.bugs;
    for (bug, shown) in bugs.iter().zip(explored.bugs).take(BUGS) {
        let mut lines = vec![message(bug, shown, words)];
        if bugs.len() > 1 {
            lines.push(way(bug, words));
        }
        lines.extend(no_return(bug, shown, words));
        if shown.input_ended {
            lines.push(words.t("explore-input-ended"));
        }
        writeln!(out)?;
        paragraph(&words.t(kind_key(bug.kind)), &lines, explored.columns, out)?;
        // A command is not broken into lines: it is there to be copied.
        paragraph("", &commands(&shown.again, Some(&shown.stage), words), None, out)?;
    }
    more(bugs.len().saturating_sub(BUGS), words, out)
}

/// What is not in order, although it need not go wrong.
pub(super) fn warnings(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    for Warning { finding, model, again, .. } in explored.warnings.iter().take(WARNINGS) {
        writeln!(out)?;
        paragraph(&words.t("explore-warning"), &[words.finding(finding, model)], explored.columns, out)?;
        paragraph("", &commands(again, None, words), None, out)?;
    }
    more(explored.warnings.len().saturating_sub(WARNINGS), words, out)
}

/// What the bug is, with names and lines.
#[must_use]
pub fn message(bug: &Bug, shown: &Shown, words: &Words) -> String {
    match &bug.finding {
        Some(finding) => words.finding(finding, &shown.model),
        None => words.t("explore-livelock-message"),
    }
}

/// How long the way there is, where the verdict does not say it.
fn way(bug: &Bug, words: &Words) -> String {
    words.with(
        "explore-way",
        &[
            ("steps", words.with("explore-steps", &[("n", bug.witness.steps.into())]).into()),
            ("switches", words.with("explore-switches", &[("n", bug.witness.switches.into())]).into()),
        ],
    )
}

/// The point of no return, as a sentence or two.
#[must_use]
pub fn no_return(bug: &Bug, shown: &Shown, words: &Words) -> Option<String> {
    match (bug.no_return_step?, &shown.turning) {
        (0, _) => Some(words.t("explore-no-return-ever")),
        (step, None) => Some(words.with("explore-no-return", &[("step", step.to_string().into())])),
        (step, Some(turning)) => {
            let did = turning.events.iter().find_map(|event| match &event.kind {
                EventKind::Did { action, outcome } => {
                    Some((event.line, words.did(event.thread, action, outcome, &turning.after)))
                }
                _ => None,
            });
            let (line, did) = did?;
            let args = [("step", step.to_string().into()), ("line", line.to_string().into()), ("did", did.into())];
            Some(words.with("explore-no-return-did", &args))
        }
    }
}

fn commands(again: &str, stage: Option<&str>, words: &Words) -> Vec<String> {
    let mut lines = vec![words.with("run-again", &[("command", again.into())])];
    lines.extend(stage.map(|stage| words.with("explore-stage", &[("command", stage.into())])));
    lines
}

fn more(left_out: usize, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    if left_out == 0 { Ok(()) } else { writeln!(out, "\n{}", and_more(left_out, words)) }
}
