//! Whether scenarios are as they state.

use super::check::{self, Checked, DiagnosticJson};
use crate::explore;
use crate::scenario::Flaw;
use crate::source::{Diagnostic, Source};
use crate::verify::{Shortfall, ShortfallKind, Verified};
use crate::words::{Words, grouped};
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;

/// What came of one variant.
pub struct Checkup {
    /// Its name on the command line.
    pub target: String,
    /// The manifest that states it.
    pub manifest: String,
    pub verified: Verified,
}

/// What is wrong with a folder that is not in order.
pub struct Failing {
    pub flaws: Vec<Flaw>,
    /// The programs in it that cannot run.
    pub programs: Vec<(Arc<Source>, Vec<Diagnostic>)>,
}

/// A folder that is not in order, for people: a line for each flaw, and what is wrong with its programs.
pub fn failing(failing: &Failing, words: &Words, color: bool, out: &mut dyn Write) -> io::Result<()> {
    for flaw in &failing.flaws {
        writeln!(out, "{}", words.said(&flaw.said()))?;
    }
    for (source, diagnostics) in &failing.programs {
        check::text(&Checked { source, diagnostics }, words, color, out)?;
    }
    Ok(())
}

/// A variant, for people: a line when all is well, else one for each statement that is not true.
pub fn text(checkup: &Checkup, words: &Words, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let shortfalls = &checkup.verified.shortfalls;
    let told = headline(&checkup.verified, words);
    writeln!(out, "{}: {told}", checkup.target)?;
    for Shortfall { line, kind } in shortfalls {
        writeln!(out, "  {}:{line}: {}", checkup.manifest, words.shortfall(kind))?;
        if let ShortfallKind::Program { source, diagnostics } = kind {
            check::text(&Checked { source, diagnostics }, words, color, out)?;
        }
    }
    Ok(())
}

/// What came of it, in one line: what is not true is counted, what is not known is not counted among it.
fn headline(verified: &Verified, words: &Words) -> String {
    let Some(verdict) = verified.verdict else { return words.t("verify-refused") };
    let open = verified.shortfalls.iter().filter(|shortfall| shortfall.kind.is_open()).count();
    let untrue = verified.shortfalls.len() - open;
    match (untrue, open) {
        (0, 0) => {
            let states = grouped(verified.states);
            words.with("verify-true", &[("verdict", words.t(verdict_key(verdict)).into()), ("states", states.into())])
        }
        (0, _) => words.t("verify-open-only"),
        (n, 0) => words.with("verify-false", &[("n", n.into())]),
        (n, _) => words.with("verify-false-open", &[("n", n.into())]),
    }
}

/// Everything, for other programs.
pub fn json(failings: &[Failing], checkups: &[Checkup], words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let flaws = failings.iter().flat_map(|failing| {
        let flaw = |flaw| flaw_json(flaw, words);
        let programs = failing.programs.iter().flat_map(|(source, diagnostics)| {
            diagnostics.iter().map(|diagnostic| DiagnosticJson::new(source, diagnostic, true, words))
        });
        failing.flaws.iter().map(flaw).chain(programs)
    });
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

fn flaw_json<'a>(flaw: &'a Flaw, words: &Words) -> DiagnosticJson<'a> {
    DiagnosticJson::at(&flaw.file, flaw.line, "scenario", words.said(&flaw.message))
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
