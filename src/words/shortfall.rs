//! What is not true of what a scenario states.

use super::{Arg, Words, grouped};
use crate::explore::BugKind;
use crate::quiz::Flaw;
use crate::scenario::StatedOutcome;
use crate::verify::{AtLimit, ShortfallKind};

/// So many outcomes are named on each side.
const OUTCOMES_TOLD: usize = 6;

impl Words {
    /// What is not true, and what is so instead: a sentence.
    #[must_use]
    pub fn shortfall(&self, kind: &ShortfallKind) -> String {
        match kind {
            ShortfallKind::Program { .. } => self.t("verify-program"),
            ShortfallKind::Verdict { stated, found } => self.with(
                "verify-verdict",
                &[("stated", self.verdict_of(stated).into()), ("found", self.verdict_of(found).into())],
            ),
            ShortfallKind::Unproved => self.t("verify-unproved"),
            ShortfallKind::NotFinished { states } => {
                self.with("verify-not-finished", &[("states", grouped(*states).into())])
            }
            ShortfallKind::Global { name } => self.with("verify-no-global", &[("name", (&**name).into())]),
            ShortfallKind::Outcomes { missing, extra } => self.outcomes_apart(missing, extra),
            ShortfallKind::End { seed, stated, found } => {
                let args = [
                    ("seed", Arg::from(seed.to_string())),
                    ("stated", stated.name().into()),
                    ("found", found.name().into()),
                ];
                self.with("verify-end", &args)
            }
            ShortfallKind::Question { number, flaw } => self.with(
                "verify-question",
                &[("number", number.to_string().into()), ("why", self.quiz_flaw(flaw).into())],
            ),
            ShortfallKind::Note { number, runs, without } => {
                let mut args = vec![("number", Arg::from(number.to_string())), ("runs", runs.to_string().into())];
                let Some(without) = without else { return self.with("verify-note", &args) };
                args.push(("without", (*without).into()));
                self.with("verify-note-without", &args)
            }
            ShortfallKind::Role { role, name } => {
                self.with("verify-role", &[("role", (*role).into()), ("name", (&**name).into())])
            }
            ShortfallKind::Limit { name, value, wrong } => {
                let told = self.at_limit(wrong);
                let args = [("name", Arg::from(&**name)), ("value", value.to_string().into()), ("told", told.into())];
                self.with("verify-limit", &args)
            }
        }
    }

    fn at_limit(&self, wrong: &AtLimit) -> String {
        match wrong {
            AtLimit::Program => self.t("verify-program"),
            AtLimit::End { seed, found } => {
                let args = [("seed", Arg::from(seed.to_string())), ("found", found.name().into())];
                self.with("verify-limit-end", &args)
            }
            AtLimit::Bugs(found) => self.with("verify-limit-bugs", &[("found", self.verdict_of(found).into())]),
            AtLimit::Question { number, flaw } => self.with(
                "verify-question",
                &[("number", number.to_string().into()), ("why", self.quiz_flaw(flaw).into())],
            ),
        }
    }

    /// The kinds as a manifest writes them.
    fn verdict_of(&self, kinds: &[BugKind]) -> String {
        if kinds.is_empty() {
            return "proved".to_owned();
        }
        kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(&self.t("list-comma"))
    }

    fn outcomes_apart(&self, missing: &[StatedOutcome], extra: &[StatedOutcome]) -> String {
        let list = |outcomes: &[StatedOutcome]| {
            let mut told: Vec<String> = outcomes.iter().take(OUTCOMES_TOLD).map(outcome).collect();
            if outcomes.len() > OUTCOMES_TOLD {
                told.push(self.with("verify-more", &[("n", (outcomes.len() - OUTCOMES_TOLD).to_string().into())]));
            }
            told.join(&self.t("list-comma"))
        };
        let part = |key, outcomes: &[StatedOutcome]| {
            (!outcomes.is_empty()).then(|| self.with(key, &[("outcomes", list(outcomes).into())]))
        };
        let parts: Vec<String> =
            [part("verify-missing", missing), part("verify-extra", extra)].into_iter().flatten().collect();
        self.sentences(&parts)
    }

    /// Why a question has no answer.
    #[must_use]
    pub fn quiz_flaw(&self, flaw: &Flaw) -> String {
        match flaw {
            Flaw::NoVariable(name) => self.with("verify-no-variable", &[("name", (&**name).into())]),
            Flaw::NoEnd => self.t("verify-no-end"),
            Flaw::Misfit(misfit) => self.with("verify-misfit", &[("why", misfit.to_string().into())]),
            Flaw::TooLong => self.t("verify-too-long"),
            Flaw::Unknown => self.t("verify-unknown"),
        }
    }
}

/// As a manifest writes it, but shorter: `crash n=1`.
fn outcome(stated: &StatedOutcome) -> String {
    let globals = stated.globals.iter().map(|(name, value)| format!(" {name}={value}"));
    format!("{}{}", stated.end.name(), globals.collect::<String>())
}
