//! What somebody has done with which program.

use crate::scenario::{Done, Progress};
use crate::words::Words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// For people: a line for each program.
pub fn text(progress: &Progress, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    if progress.is_empty() {
        return writeln!(out, "{}", words.t("progress-nothing"));
    }
    let wide = progress.entries().map(|(target, _)| target.width()).max().unwrap_or(0);
    for (target, done) in progress.entries() {
        let gap = " ".repeat(wide - target.width());
        writeln!(out, "{}{gap}  {}", super::plain(target), told(done, words).join(&words.t("list-semicolon")))?;
    }
    Ok(())
}

/// What was done with one program, a few words for each thing.
#[must_use]
pub fn told(done: &Done, words: &Words) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(score) = done.predicted {
        let score = [("right", score.right.to_string().into()), ("of", score.of.to_string().into())];
        parts.push(words.with("progress-predicted", &score));
    } else if done.skipped {
        parts.push(words.t("progress-skipped"));
    }
    parts.extend(done.run.then(|| words.t("progress-run")));
    parts.extend(done.explored.then(|| words.t("progress-explored")));
    for (objective, best) in &done.challenges {
        let moves = ("moves", best.moves.into());
        let objective = ("objective", objective_words(objective, words).into());
        parts.push(match best.par {
            Some(par) => words.with("progress-challenge-par", &[objective, moves, ("par", par.into())]),
            None => words.with("progress-challenge", &[objective, moves]),
        });
    }
    parts
}

/// An objective as it is kept in the file, in the words in which it is set. Words that nobody knows stay as they are: the
/// file may be from a later version.
fn objective_words(name: &str, words: &Words) -> String {
    let key = match name {
        "deadlock" => "challenge-aim-deadlock",
        "stuck" => "challenge-aim-stuck",
        "livelock" => "challenge-aim-livelock",
        "assertion" => "challenge-aim-assertion",
        "crash" => "challenge-aim-crash",
        "failure" => "challenge-aim-failure",
        "good-end" => "challenge-aim-good",
        _ if name.contains(" = ") => return words.with("challenge-aim-values", &[("values", name.into())]),
        _ => return name.to_owned(),
    };
    words.t(key)
}

/// For other programs.
pub fn json(progress: &Progress, out: &mut dyn Write) -> io::Result<()> {
    let programs = progress.entries().map(|(target, done)| ProgramJson {
        target,
        run: done.run,
        explored: done.explored,
        skipped: done.skipped,
        predicted: done.predicted.map(|score| ScoreJson { right: score.right, of: score.of }),
        challenges: done
            .challenges
            .iter()
            .map(|(objective, best)| (objective.as_str(), BestJson { moves: best.moves, par: best.par }))
            .collect(),
    });
    serde_json::to_writer_pretty(&mut *out, &ProgressJson { lockstep: 1, programs: programs.collect() })?;
    writeln!(out)
}

#[derive(Serialize)]
struct ProgressJson<'a> {
    lockstep: u32,
    programs: Vec<ProgramJson<'a>>,
}

#[derive(Serialize)]
struct ProgramJson<'a> {
    target: &'a str,
    run: bool,
    explored: bool,
    skipped: bool,
    predicted: Option<ScoreJson>,
    challenges: BTreeMap<&'a str, BestJson>,
}

#[derive(Serialize)]
struct ScoreJson {
    right: u32,
    of: u32,
}

#[derive(Serialize)]
struct BestJson {
    moves: u32,
    par: Option<u32>,
}
