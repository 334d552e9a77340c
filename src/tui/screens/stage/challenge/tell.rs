//! How a challenge stands, in words.

use super::super::Stage;
use super::objective::Par;
use super::{Challenge, Hint, Situation, Standing};
use crate::event::Alternative;
use crate::explore::Way;
use crate::ids::Step;
use crate::words::{Words, grouped};

/// Whether what is said is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Tone {
    Plain,
    Good,
    Bad,
}

impl Stage {
    /// What is wanted, for the line below the top one; and the same where there is little room.
    pub(in crate::tui) fn challenge_words(&self, words: &Words) -> Option<[String; 2]> {
        let objective = self.challenge.as_ref()?.objective.words(words);
        Some([words.with("challenge-title", &[("objective", objective.clone().into())]), objective])
    }

    /// Moves, par, steps, hints; the first are the most important.
    pub(in crate::tui) fn challenge_score(&self, words: &Words) -> Vec<String> {
        let Some(challenge) = &self.challenge else { return Vec::new() };
        let par = match challenge.objective.par {
            Par::Switches { n, perhaps_fewer: false } => n.to_string(),
            Par::Switches { n, perhaps_fewer: true } => format!("<={n}"),
            Par::Impossible { .. } | Par::Unknown => "?".to_owned(),
        };
        let moves = self.moves().into();
        let mut score = vec![match self.situation() {
            // What nobody can do has no par.
            Some(Situation::Impossible { .. }) => words.with("explore-switches", &[("n", moves)]),
            _ => words.with("challenge-moves", &[("n", moves), ("par", par.into())]),
        }];
        if challenge.hints > 0 {
            score.push(words.with("challenge-hints", &[("n", challenge.hints.into())]));
        }
        score.push(words.with("explore-steps", &[("n", self.model().step.0.into())]));
        score
    }

    /// How it stands, in a word or two.
    pub(in crate::tui) fn challenge_status(&self, words: &Words) -> (String, Tone) {
        let Some(situation) = self.situation() else { return (String::new(), Tone::Plain) };
        match situation {
            Situation::Open => (String::new(), Tone::Plain),
            Situation::Thinking => (words.t("challenge-status-thinking"), Tone::Plain),
            Situation::Unknown => (words.t("challenge-status-unknown"), Tone::Plain),
            Situation::Lost | Situation::Missed => (words.t("challenge-status-lost"), Tone::Bad),
            Situation::Impossible { .. } => (words.t("challenge-status-proved"), Tone::Good),
            Situation::Won => (self.won(words), Tone::Good),
        }
    }

    fn won(&self, words: &Words) -> String {
        match self.over_par() {
            Some(0) => words.t("challenge-status-par"),
            Some(over) if over > 0 => words.with("challenge-status-over", &[("n", over.into())]),
            _ => words.t("challenge-status-won"),
        }
    }

    /// How many more moves it took than it takes; `None` when nobody knows.
    fn over_par(&self) -> Option<i64> {
        let par = self.challenge.as_ref()?.objective.par.exact()?;
        Some(i64::from(self.moves()) - i64::from(par))
    }

    /// The switches of the run; once it is won, those that it took.
    fn moves(&self) -> u32 {
        let won = self.challenge.as_ref().filter(|_| self.situation() == Some(Situation::Won));
        won.and_then(|challenge| challenge.won.as_ref()).map_or(self.model().switches, |(_, moves)| *moves)
    }

    /// What is to be said beside what the last step did.
    pub(in super::super) fn tell_challenge(&self, told: String, words: &Words) -> String {
        let (Some(challenge), Some(situation)) = (&self.challenge, self.situation()) else { return told };
        let more = match situation {
            Situation::Thinking if challenge.hint == Hint::Wanted => words.t("challenge-thinking"),
            Situation::Open if challenge.hint == Hint::Shown => {
                // A hint is what was asked for.
                return challenge.way().map_or(told, |way| self.hint_words(way, words));
            }
            Situation::Thinking | Situation::Open if self.cursor() == Step(0) => return challenge.introduction(words),
            Situation::Thinking | Situation::Open => return told,
            Situation::Lost => words.t("challenge-lost"),
            Situation::Missed => words.t("challenge-missed"),
            Situation::Unknown => challenge.unknown(words),
            Situation::Won => self.won_sentence(challenge, words),
            Situation::Impossible { states } => {
                let states = words.with("explore-states", &[("n", states.into()), ("states", grouped(states).into())]);
                let aim = challenge.objective.words_denied(words);
                words.with("challenge-impossible", &[("objective", aim.into()), ("states", states.into())])
            }
        };
        // Where there is little room, this is what matters.
        match self.cursor() {
            Step(0) => more,
            _ => words.with("challenge-and-step", &[("told", more.into()), ("step", told.into())]),
        }
    }

    fn hint_words(&self, way: &Way, words: &Words) -> String {
        let Some(next) = way.schedule.iter().next() else { return String::new() };
        let same = self.model().last.is_none_or(|last| last == next.thread);
        let key = match (next.alternative, same) {
            (Alternative::Timeout, _) => "challenge-hint-timeout",
            (_, true) => "challenge-hint-same",
            (_, false) => "challenge-hint-other",
        };
        let args = [
            ("thread", next.thread.letter().into()),
            ("switches", words.with("challenge-more-switches", &[("n", way.switches.into())]).into()),
            ("steps", words.with("explore-steps", &[("n", way.steps.into())]).into()),
        ];
        let told = words.with(key, &args);
        if way.shortest { told } else { words.sentences(&[told, words.t("challenge-hint-perhaps")]) }
    }

    fn won_sentence(&self, challenge: &Challenge, words: &Words) -> String {
        let moves = words.with("explore-switches", &[("n", self.moves().into())]);
        let mut args = vec![("switches", moves.into())];
        let key = match (self.over_par(), challenge.objective.par) {
            (Some(0), _) => "challenge-won-par",
            (Some(_), Par::Switches { n, .. }) => {
                args.push(("par", n.into()));
                "challenge-won-over"
            }
            _ => "challenge-won",
        };
        let mut told = vec![words.with(key, &args)];
        if challenge.hints > 0 {
            told.push(words.with("challenge-with-hints", &[("n", challenge.hints.into())]));
        }
        told.push(words.t("challenge-next"));
        words.sentences(&told)
    }
}

impl Challenge {
    /// What it is about.
    fn introduction(&self, words: &Words) -> String {
        let mut told = vec![words.with("challenge-begin", &[("objective", self.objective.words(words).into())])];
        if self.displaced {
            told.push(words.t("challenge-displaced"));
        }
        told.push(words.t("challenge-rules"));
        words.sentences(&told)
    }

    fn unknown(&self, words: &Words) -> String {
        match &self.standing {
            Standing::Failed(reason) => words.with("challenge-failed", &[("reason", reason.clone().into())]),
            _ => words.t("challenge-unknown"),
        }
    }
}
