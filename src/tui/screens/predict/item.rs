//! One question: its options, what was ticked, and what that is worth.

use crate::event::{Event, EventKind, Schedule};
use crate::explore::Exploration;
use crate::ids::{Step, ThreadId};
use crate::model::Model;
use crate::quiz::{Case, Flaw, Judged, Mark, Sheet, Shown, What, judge, sheet};
use crate::report::Narrator;
use crate::scenario::{Asked, Localized, Question};
use crate::tui::screens::stage::WayEnd;
use crate::words::{Lang, Threads, Words};

/// So many of the steps before the moment that is asked about are told.
const TOLD: usize = 200;
/// After no more steps than these is anything asked.
const SHOWN: usize = 20_000;

/// A question on the screen.
pub(super) struct Item {
    pub(super) question: Question,
    /// Its options, as far as they are known.
    pub(super) sheet: Result<Option<Sheet>, Flaw>,
    pub(super) selected: usize,
    pub(super) ticked: Vec<bool>,
    answered: bool,
    /// It was said that nothing is ticked.
    pub(super) warned: bool,
    /// The steps before the moment that is asked about.
    pub(super) steps: Option<Steps>,
}

/// The steps before a moment.
pub(super) struct Steps {
    /// Who made them, and on which line; they do not say what came of it.
    pub(super) made: Vec<(ThreadId, u32)>,
    /// The same in sentences, which tell everything.
    pub(super) told: Localized<Vec<String>>,
    /// The picture after them.
    pub(super) moment: Model,
}

impl Item {
    pub(super) fn new(case: &Case, question: Question) -> Item {
        let steps = match &question.asked {
            Asked::Next { after } | Asked::Now { after, .. } => {
                let told = Localized { en: told(case, after, Lang::En), zh: told(case, after, Lang::Zh) };
                Some(Steps { made: made(case, after), told, moment: picture(case, after) })
            }
            Asked::Values { .. } | Asked::Deadlock | Asked::Crash => None,
        };
        let sheet = sheet(case, &question.asked, None);
        let mut item = Item { question, sheet, selected: 0, ticked: Vec::new(), answered: false, warned: false, steps };
        item.fit();
        item
    }

    /// The explorer knows more. What was ticked stays ticked.
    pub(super) fn learn(&mut self, case: &Case, found: &Exploration) {
        if self.sheet().is_some_and(|sheet| sheet.basis.is_whole()) {
            return;
        }
        self.sheet = sheet(case, &self.question.asked, Some(found));
        self.fit();
        if self.answered {
            self.select_what_is_shown();
        }
    }

    fn fit(&mut self) {
        let options = self.sheet().map_or(0, |sheet| sheet.options.len());
        self.ticked.resize(options, false);
        self.selected = self.selected.min(options.saturating_sub(1));
    }

    pub(super) fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref().ok()?.as_ref()
    }

    /// There is something to tick.
    pub(super) fn is_ready(&self) -> bool {
        self.sheet().is_some_and(|sheet| !sheet.options.is_empty())
    }

    pub(super) const fn is_answered(&self) -> bool {
        self.answered
    }

    /// What the answer is worth, once there is one.
    pub(super) fn judged(&self) -> Option<Judged> {
        self.sheet().filter(|_| self.answered).map(|sheet| judge(sheet, &self.ticked))
    }

    /// What shows the selected option to be right; after the answer only.
    pub(super) fn shown(&self) -> Option<&Shown> {
        self.sheet().filter(|_| self.answered)?.options.get(self.selected)?.shown()
    }

    /// Where the way leads that shows the selected option to be right.
    pub(super) fn way_end(&self) -> WayEnd {
        let what = self.sheet().and_then(|sheet| sheet.options.get(self.selected)).map(|option| &option.what);
        match (&self.question.asked, what) {
            (Asked::Next { .. }, Some(What::Thread { id, .. })) => WayEnd::Asked(Some(*id)),
            (Asked::Next { .. } | Asked::Now { .. }, _) => WayEnd::Asked(None),
            (Asked::Values { .. } | Asked::Deadlock | Asked::Crash, _) => WayEnd::Outcome,
        }
    }

    /// There is an option further up or down.
    pub(super) fn can_go(&self, by: isize) -> bool {
        if by < 0 { self.selected > 0 } else { self.selected + 1 < self.ticked.len() }
    }

    /// Goes up or down the options.
    pub(super) fn go(&mut self, by: isize) {
        let last = self.ticked.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Ticks an option, or takes the tick away. Where one answer is right, the other ticks go.
    pub(super) fn tick(&mut self, option: usize) {
        if self.answered || option >= self.ticked.len() {
            return;
        }
        self.selected = option;
        let was = self.ticked[option];
        if self.sheet().is_some_and(|sheet| !sheet.several) {
            self.ticked.fill(false);
        }
        self.ticked[option] = !was;
    }

    /// Nothing is ticked.
    pub(super) fn is_blank(&self) -> bool {
        !self.ticked.contains(&true)
    }

    /// The ticks are the answer.
    pub(super) fn answer(&mut self) {
        self.answered = true;
        self.select_what_is_shown();
    }

    /// Selects what is worth being played: what was missed, else what was hit.
    fn select_what_is_shown(&mut self) {
        let (Some(judged), Some(sheet)) = (self.judged(), self.sheet()) else { return };
        let find = |wanted: Mark| {
            let marks = judged.marks.iter().zip(&sheet.options);
            marks.enumerate().find(|(_, (mark, option))| **mark == wanted && option.shown().is_some()).map(|(at, _)| at)
        };
        if let Some(at) = find(Mark::Missed).or_else(|| find(Mark::Hit)) {
            self.selected = at;
        }
    }
}

/// The picture after the steps of a schedule.
pub(super) fn picture(case: &Case, after: &Schedule) -> Model {
    let mut events: Vec<Event> = Vec::new();
    case.tell(after, SHOWN, &mut events);
    let mut model = Model::default();
    for event in &events {
        model.apply(event);
    }
    model
}

/// Who makes the steps of a schedule, on which lines.
fn made(case: &Case, after: &Schedule) -> Vec<(ThreadId, u32)> {
    let mut events: Vec<Event> = Vec::new();
    case.tell(after, TOLD, &mut events);
    let mut made: Vec<(Step, ThreadId, u32)> = Vec::new();
    for event in events.iter().filter(|event| event.step > Step(0)) {
        let is_deed = matches!(event.kind, EventKind::Did { .. });
        if is_deed && made.last().is_none_or(|(step, ..)| *step != event.step) {
            made.push((event.step, event.thread, event.line));
        }
    }
    made.into_iter().map(|(_, thread, line)| (thread, line)).collect()
}

/// The steps of a schedule, each in a sentence.
fn told(case: &Case, after: &Schedule, lang: Lang) -> Vec<String> {
    let words = Words::new(lang);
    let mut text = Vec::new();
    let mut narrator = Narrator::new(&words, Threads::Simulated, &mut text);
    case.tell(after, TOLD, &mut narrator);
    // A vector takes everything.
    let _ = narrator.finish();
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}
