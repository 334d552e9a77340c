//! Whether scenarios are as they state.

use super::check::{self, Checked, DiagnosticJson};
use crate::explore;
use crate::scenario::Flaw;
use crate::verify::{Shortfall, ShortfallKind, Verified};
use crate::words::{Words, grouped};
use serde::Serialize;
use std::io::{self, Write};

/// What came of one variant.
pub struct Checkup {
    /// Its name on the command line.
    pub target: String,
    /// The manifest that states it.
    pub manifest: String,
    pub verified: Verified,
}

/// Flaws of folders, for people: a line each.
pub fn flaws(flaws: &[Flaw], words: &Words, out: &mut dyn Write) -> io::Result<()> {
    flaws.iter().try_for_each(|flaw| writeln!(out, "{}", words.said(&flaw.said())))
}

/// A variant, for people: a line when all is well, else one for each statement that is not true.
pub fn text(checkup: &Checkup, words: &Words, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let Verified { shortfalls, verdict, states } = &checkup.verified;
    let told = match (verdict, shortfalls.len()) {
        (Some(verdict), 0) => {
            let args = [("verdict", words.t(verdict_key(*verdict)).into()), ("states", grouped(*states).into())];
            words.with("verify-true", &args)
        }
        (_, n) => words.with("verify-false", &[("n", n.into())]),
    };
    writeln!(out, "{}: {told}", checkup.target)?;
    for Shortfall { line, kind } in shortfalls {
        writeln!(out, "  {}:{line}: {}", checkup.manifest, words.shortfall(kind))?;
        if let ShortfallKind::Program { source, diagnostics } = kind {
            check::text(&Checked { source, diagnostics }, words, color, out)?;
        }
    }
    Ok(())
}

/// Everything, for other programs.
pub fn json(flaws: &[Flaw], checkups: &[Checkup], words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let flaws =
        flaws.iter().map(|flaw| DiagnosticJson::at(&flaw.file, flaw.line, "scenario", words.said(&flaw.message)));
    let shortfalls = checkups.iter().flat_map(|checkup| {
        checkup.verified.shortfalls.iter().flat_map(|shortfall| diagnostics(&checkup.manifest, shortfall, words))
    });
    let diagnostics: Vec<_> = flaws.chain(shortfalls).collect();
    let variants = checkups.iter().map(|checkup| VariantJson {
        target: &checkup.target,
        ok: checkup.verified.shortfalls.is_empty(),
        verdict: checkup.verified.verdict.map(verdict_name),
        states: checkup.verified.states,
    });
    let whole = WholeJson { lockstep: 1, ok: diagnostics.is_empty(), diagnostics, variants: variants.collect() };
    serde_json::to_writer(&mut *out, &whole)?;
    writeln!(out)
}

fn diagnostics<'a>(manifest: &'a str, shortfall: &'a Shortfall, words: &Words) -> Vec<DiagnosticJson<'a>> {
    match &shortfall.kind {
        ShortfallKind::Program { source, diagnostics } => {
            diagnostics.iter().map(|diagnostic| DiagnosticJson::new(source, diagnostic, true, words)).collect()
        }
        kind => vec![DiagnosticJson::at(manifest, shortfall.line, "statement", words.shortfall(kind))],
    }
}

#[derive(Serialize)]
struct WholeJson<'a> {
    lockstep: u32,
    ok: bool,
    diagnostics: Vec<DiagnosticJson<'a>>,
    variants: Vec<VariantJson<'a>>,
}

#[derive(Serialize)]
struct VariantJson<'a> {
    target: &'a str,
    ok: bool,
    verdict: Option<&'static str>,
    states: u64,
}

const fn verdict_name(verdict: explore::Verdict) -> &'static str {
    match verdict {
        explore::Verdict::Proved => "proved",
        explore::Verdict::Bug => "bug",
        explore::Verdict::NotFinished => "not_finished",
    }
}

const fn verdict_key(verdict: explore::Verdict) -> &'static str {
    match verdict {
        explore::Verdict::Proved => "verify-proved",
        explore::Verdict::Bug => "verify-bug",
        explore::Verdict::NotFinished => "verify-open",
    }
}
