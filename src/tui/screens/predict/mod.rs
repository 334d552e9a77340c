//! Predict: the brief of a program, then its questions one after the other, before it runs. What is right comes from the
//! explorer, which works meanwhile; every right answer can be played on the stage.
//!
//! | file | what is in it |
//! |---|---|
//! | `item` | one question: its options, what was ticked, what that is worth |
//! | `act` | what keys and the mouse do |
//! | `place` | where everything stands |
//! | `draw` | the screen |
//! | `lines` | the question, line by line |
//! | `key` | the right answers, for the speaker |
//! | `why` | what is right, and what that rests on |

mod act;
mod draw;
mod item;
mod key;
mod lines;
mod place;
mod why;

pub(in crate::tui) use act::{act, leave, mouse, open, refresh};
pub use draw::render;
pub(in crate::tui) use key::solved;
pub(in crate::tui) use lines::sentence as question_words;

use super::explore::Quest;
use crate::event::Schedule;
use crate::model::Model;
use crate::quiz::{Case, Whole, questions};
use crate::scenario::Localized;
use crate::tui::app::Screen;
use crate::tui::keys::Action;
use crate::tui::screens::stage::Stage;
use item::Item;
use std::sync::Arc;

/// The state of the screen.
pub struct Predict {
    quest: Quest,
    case: Case,
    /// What is told before the run; `None` for programs that have no story.
    brief: Option<Localized<Arc<str>>>,
    /// The variant, as progress knows it.
    variant: Option<String>,
    items: Vec<Item>,
    /// The picture before the first step.
    beginning: Model,
    /// The question that is shown; behind the last one, how many were answered rightly.
    at: usize,
    /// Where it goes back to.
    back: Screen,
    focus: Focus,
    /// The first line of the brief, and of the question, that is shown.
    scroll: [usize; 2],
    /// The same of the program; `None` when it shows the moment by itself.
    program: Option<usize>,
    /// A sentence that is shown until the next key.
    notice: Option<&'static str>,
    /// The search has failed: a mistake of ours.
    failed: bool,
}

/// Which box gets the arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Brief,
    Question,
    Program,
}

impl Focus {
    /// The next box in this direction.
    fn turned(self, by: isize) -> Focus {
        const ALL: [Focus; 3] = [Focus::Brief, Focus::Question, Focus::Program];
        let at = ALL.iter().position(|focus| *focus == self).unwrap_or(0);
        ALL[at.wrapping_add_signed(by + 3) % 3]
    }
}

impl Predict {
    /// The questions about the program on the stage; `None` when there is no program.
    fn new(stage: &Stage, back: Screen) -> Option<Predict> {
        let quest = stage.quest()?;
        let target = stage.target()?;
        let case = Case {
            program: Arc::clone(&quest.start.program),
            options: quest.start.options.clone(),
            inputs: quest.start.inputs.clone(),
        };
        let variant = target.variant();
        let asked = variant.map(|variant| variant.questions.clone()).filter(|questions| !questions.is_empty());
        let asked = asked.unwrap_or_else(|| questions(&case, &stage.source().text));
        let items = asked.into_iter().map(|question| Item::new(&case, question)).collect();
        let brief = target.scenario().zip(variant).map(|(scenario, variant)| {
            let brief = |lang: crate::words::Lang| {
                let section = lang.of(&scenario.story).section(&variant.id);
                section.map_or_else(|| Arc::from(""), |section| Arc::clone(&section.brief))
            };
            Localized { en: brief(crate::words::Lang::En), zh: brief(crate::words::Lang::Zh) }
        });
        Some(Predict {
            // With other parameters, or by other rules, the answers are others.
            variant: variant.filter(|_| quest.has_usual_rules()).map(|_| target.name()),
            quest,
            brief,
            items,
            beginning: item::picture(&case, &Schedule::new()),
            case,
            at: 0,
            back,
            focus: Focus::Brief,
            scroll: [0; 2],
            program: None,
            notice: None,
            failed: false,
        })
    }

    /// The question that is shown; `None` behind the last one.
    fn item(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// The picture of the program at the moment that is asked about: what was done on the stage until now has nothing to do
    /// with it.
    fn moment(&self) -> &Model {
        let steps = self.item().and_then(|item| item.steps.as_ref());
        steps.map_or(&self.beginning, |steps| &steps.moment)
    }

    fn item_mut(&mut self) -> Option<&mut Item> {
        self.items.get_mut(self.at)
    }

    /// How many questions were answered, and how many of them rightly.
    fn score(&self) -> (usize, usize) {
        let judged: Vec<Whole> = self.items.iter().filter_map(|item| Some(item.judged()?.whole)).collect();
        (judged.len(), judged.iter().filter(|whole| **whole == Whole::Right).count())
    }

    /// True when the action means nothing now.
    pub(in crate::tui) fn refuses(&self, action: Action) -> bool {
        match action {
            Action::Tick | Action::TickNumbered => {
                self.item().is_none_or(|item| item.is_answered() || !item.is_ready())
            }
            Action::Watch => self.item().is_none_or(|item| item.shown().is_none()),
            Action::NextQuestion => self.at >= self.items.len(),
            Action::PreviousQuestion => self.at == 0,
            _ => false,
        }
    }
}
