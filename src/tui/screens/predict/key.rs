//! The key to a question: its right answers, for whoever has to know them beforehand.

use super::{lines, why};
use crate::quiz::{Case, Truth, sheet};
use crate::scenario::Question;
use crate::tui::app::App;
use crate::tui::screens::stage::Stage;

/// The question in words, and its right answers as far as they are known.
pub(in crate::tui) fn solved(app: &App, stage: &Stage, question: &Question) -> (String, Vec<String>) {
    let asked = lines::sentence(&app.words, question);
    let Some(quest) = stage.quest() else { return (asked, Vec::new()) };
    let start = &quest.start;
    let case = Case { program: start.program.clone(), options: start.options.clone(), inputs: start.inputs.clone() };
    let found = app.known.find(&quest).map(|told| &told.exploration);
    let Ok(Some(sheet)) = sheet(&case, &question.asked, found) else { return (asked, Vec::new()) };
    let right = sheet.options.iter().filter(|option| matches!(option.truth, Truth::Right(_)));
    (asked, right.map(|option| why::label(app, option)).collect())
}
