//! What is right, and what that rests on.

use super::item::Item;
use super::{Predict, lines};
use crate::event::ThreadState;
use crate::kernel::sim::Reason;
use crate::quiz::{Answer, Basis, Mark, Sheet, Truth, What};
use crate::scenario::Asked;
use crate::tui::app::App;
use crate::tui::theme::Slot;
use crate::words::{Words, grouped};

/// What an option says.
pub(super) fn label(app: &App, option: &Answer) -> String {
    match &option.what {
        What::Yes => app.words.t("predict-yes"),
        What::No => app.words.t("predict-no"),
        What::Value(Some(value)) => value.to_string(),
        What::Value(None) => app.words.t("predict-no-value"),
        What::Thread { id, name, .. } => {
            app.words.with("predict-thread", &[("letter", id.letter().into()), ("name", name.as_ref().into())])
        }
    }
}

/// Whether an option is right, with its sign and colour, and why. `several`: more than one may be.
pub(super) fn remark(
    app: &App,
    asked: &Asked,
    option: &Answer,
    (mark, several): (Mark, bool),
) -> (&'static str, Slot, String) {
    let (words, glyphs) = (&app.words, app.glyphs());
    let told = match (&option.truth, asked) {
        (Truth::Open, _) => words.t("predict-unknown"),
        (Truth::Right(Some(shown)), Asked::Values { .. }) => words.t(match (shown.finishes, shown.crashes) {
            (true, true) => "predict-possible-both",
            (false, true) => "predict-possible-crash",
            _ => "predict-possible",
        }),
        (Truth::Wrong(_), Asked::Values { .. }) => words.t("predict-impossible"),
        (Truth::Right(_), Asked::Next { .. }) => words.t("clause-ready"),
        (Truth::Wrong(reason), Asked::Next { .. }) => match (reason, &option.what) {
            (Some(reason), What::Thread { state, .. }) => clause(words, reason, *state),
            _ => words.t("predict-not"),
        },
        (Truth::Right(_), _) => words.t("predict-so"),
        (Truth::Wrong(_), _) => words.t("predict-not"),
    };
    let sign = match option.truth {
        Truth::Right(_) => glyphs.yes,
        Truth::Wrong(_) => glyphs.no,
        Truth::Open => glyphs.warning,
    };
    match mark {
        Mark::Hit => (sign, Slot::Good, told),
        Mark::Passed => (sign, Slot::Dim, told),
        Mark::Open => (sign, Slot::Warning, told),
        Mark::Missed if !several => (sign, Slot::Good, told),
        Mark::Missed => (sign, Slot::Warning, words.with("predict-missed", &[("told", told.into())])),
        Mark::Wrong => (sign, Slot::Error, words.with("predict-mistaken", &[("told", told.into())])),
    }
}

/// Why a thread cannot make a step.
fn clause(words: &Words, reason: &Reason, state: ThreadState) -> String {
    let Reason::HeldUp { on, owner, .. } = reason else { return over(words, state) };
    let on = on.as_deref().map_or_else(|| "?".to_owned(), |name| words.called(name));
    match (state, owner) {
        (ThreadState::Blocked { .. }, Some(owner)) => {
            words.with("clause-blocked", &[("object", on.as_str().into()), ("owner", owner.letter().into())])
        }
        (ThreadState::Blocked { .. }, None) => words.with("clause-blocked-nobody", &[("object", on.as_str().into())]),
        (ThreadState::Waiting { .. }, _) => words.with("clause-waiting", &[("object", on.as_str().into())]),
        (ThreadState::Joining { thread }, _) => words.with("clause-joining", &[("thread", thread.letter().into())]),
        (ThreadState::Sleeping { until }, _) => {
            words.with("clause-sleeping", &[("time", words.duration(until).into())])
        }
        (ThreadState::Reading, _) => words.t("clause-reading"),
        _ => over(words, state),
    }
}

fn over(words: &Words, state: ThreadState) -> String {
    words.t(match state {
        ThreadState::Finished => "clause-finished",
        ThreadState::Failed => "clause-failed",
        ThreadState::Killed => "clause-killed",
        _ => "predict-not",
    })
}

/// What the right answer rests on, in sentences.
pub(super) fn reasons(app: &App, predict: &Predict, item: &Item, sheet: &Sheet) -> Vec<String> {
    let words = &app.words;
    let mut sentences = Vec::new();
    if sheet.more > 0 {
        sentences.push(words.with("predict-more", &[("n", sheet.more.into())]));
    }
    let yes = sheet.options.first().filter(|option| option.what == What::Yes).and_then(Answer::shown);
    if let Some(shown) = yes {
        let (steps, switches) = (shown.witness.steps, shown.witness.switches);
        let way = [
            ("steps", words.with("explore-steps", &[("n", steps.into())]).into()),
            ("switches", words.with("explore-switches", &[("n", switches.into())]).into()),
        ];
        sentences.push(words.with(if shown.witness.shortest { "predict-way-shortest" } else { "predict-way" }, &way));
        if let Some(step) = shown.no_return_step.filter(|step| *step > 0 && *step < steps) {
            sentences.push(words.with("predict-no-return", &[("step", step.into())]));
        }
        return sentences;
    }
    let states =
        |states: u64| words.with("explore-states", &[("n", states.into()), ("states", grouped(states).into())]);
    sentences.push(match (sheet.basis, &item.question.asked) {
        (Basis::All { states: all }, asked) => {
            let key = match asked {
                Asked::Deadlock => "predict-proved-deadlock",
                Asked::Crash => "predict-proved-crash",
                _ => "predict-proved-values",
            };
            words.with(key, &[("states", states(all).into())])
        }
        (Basis::Part { states: some, open }, _) => {
            words.with("predict-part", &[("states", states(some).into()), ("open", grouped(open).into())])
        }
        (Basis::Nothing, _) => lines::waiting(app, predict),
        (Basis::Run { .. }, Asked::Next { .. }) => words.t("predict-because-next"),
        (Basis::Run { .. }, _) => words.t("predict-because-now"),
    });
    sentences
}
