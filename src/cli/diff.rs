//! `lockstep diff`: where two recorded runs part.

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use super::export::read;
use super::recipe::quoted;
use crate::report::diff::{self, Diff};
use crate::said::Said;
use std::io::{self, Write};
use std::path::Path;

/// Compares the runs of two traces; one of them may be standard input.
pub(super) fn diff(context: &Context, traces: [&Path; 2], as_json: bool, out: &mut dyn Write) -> Outcome {
    if traces.iter().all(|trace| *trace == Path::new("-")) {
        return Err(Failure::usage(Said::new("option-two-inputs")));
    }
    let words = &context.words;
    let mut first = read(traces[0], words)?;
    let mut second = read(traces[1], words)?;
    let diff = Diff::of(&mut first, &mut second, words);
    let names = traces.map(|trace| trace.to_string_lossy());
    let (both, files) = ([&first, &second], names.each_ref().map(|name| &**name));
    if as_json {
        diff::json(&diff, both, files, out)?;
    } else {
        diff::text(&diff, both, files, words, out)?;
        look(context, &diff, files, out)?;
    }
    Ok(if diff.is_same() { Exit::Done } else { Exit::Finding })
}

/// The commands that show where they part. (What came from standard input is gone.)
fn look(context: &Context, diff: &Diff, files: [&str; 2], out: &mut dyn Write) -> io::Result<()> {
    for side in [0, 1] {
        if diff.next[side].is_some() && files[side] != "-" {
            let command = format!("lockstep replay {} --at {}", quoted(files[side]), diff.until[side].0);
            writeln!(out, "{}", context.words.with("diff-look", &[("command", command.into())]))?;
        }
    }
    Ok(())
}
