//! What is noted of what somebody does: only scenarios have a place where it is shown, and only with the parameters and
//! by the rules that they come with. With others it is another program, and another par.

use super::app::{App, Screen};
use super::msg::Effect;
use super::overlay::{Message, Overlay};
use super::screens::explore::Explore;
use super::screens::stage::Stage;
use super::screens::stage::challenge::Victory;
use crate::explore::Verdict;
use crate::said::Said;
use crate::scenario::Progress;
use crate::words::Words;

/// Notes what the app shows now, and asks for what is new to be written.
pub(super) fn note(app: &mut App) -> Option<Effect> {
    if let Some(target) = app.stage.as_ref().filter(|stage| stage.is_seen_to_its_end()).and_then(variant) {
        app.progress.note(|progress| progress.ran(&target));
    }
    explored(app);
    app.progress.take_fresh().map(Effect::Keep)
}

/// The variant on the stage as it comes, as it is called on the command line.
fn variant(stage: &Stage) -> Option<String> {
    let target = stage.target().filter(|_| stage.quest().is_some_and(|quest| quest.has_usual_rules()))?;
    target.variant().map(|_| target.name())
}

/// Somebody sees the verdict of an exploration. (One that was needed for something else tells nobody.)
fn explored(app: &mut App) {
    let shown = app.explore.as_ref().filter(|explore| app.screen == Screen::Explore && explore.quest().is_usual());
    let verdict = shown.and_then(Explore::told).map(|told| told.exploration.verdict);
    if verdict.is_some_and(|verdict| verdict != Verdict::NotFinished)
        && let Some(target) = app.stage.as_ref().and_then(variant)
    {
        app.progress.note(|progress| progress.explored(&target));
    }
}

/// A challenge was won.
pub(super) fn won(app: &mut App, victory: &Victory) {
    if let Some(target) = app.stage.as_ref().and_then(variant) {
        let Victory { objective, moves, par } = victory;
        app.progress.challenge(&target, objective, *moves, *par);
    }
}

/// What was done is written down, or is not.
pub(super) fn kept(app: &mut App, kept: Result<Progress, Said>) {
    match kept {
        Ok(file) => app.progress.written(file),
        // Once is enough.
        Err(_) if app.unkept => {}
        Err(reason) => {
            app.unkept = true;
            let message = Message::new(|words| (words.t("progress-unwritten"), vec![words.said(&reason)]));
            app.overlays.push(Overlay::Message(message));
        }
    }
}

/// How much can be forgotten, in words, with its name: what is selected, its scenario, everything.
pub(super) fn scopes(app: &App, words: &Words) -> Vec<(String, Option<String>)> {
    let mut scopes = Vec::new();
    if let Some((scenario, variant)) = app.gallery.current() {
        let names = [variant.map(|variant| format!("{}/{}", scenario.id, variant.id)), Some(scenario.id.to_string())];
        for name in names.into_iter().flatten() {
            scopes.push((words.with("forget-one", &[("name", name.as_str().into())]), Some(name)));
        }
    }
    scopes.push((words.t("forget-all"), None));
    scopes
}

/// The row of the menu with this index was picked.
pub(super) fn forget(app: &mut App, index: usize) -> Vec<Effect> {
    let Some((_, name)) = scopes(app, &app.words).into_iter().nth(index) else { return Vec::new() };
    app.progress.forget(name.as_deref());
    app.predict = None;
    vec![Effect::Forget(name)]
}
