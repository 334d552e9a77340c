//! Files change on disk while they are open.
//!
//! Whoever watches the disk says so ([`Msg::Changed`](super::Msg::Changed)), and the loader is asked again. What is in order takes
//! the place of what is shown: a program of another text begins anew; one of the same text, about which other things are
//! told, stays where it is. What is not in order is told in a message, which goes away by itself when it is mended.
//!
//! The program on the stage is loaded again when it, or what was made of it (a comparison, an exploration, questions), is looked
//! at, and not under an overlay that asks something. A program of another text then goes on the stage, which says so: what
//! was made of the other one speaks of a program that is no more.

use super::app::{App, Screen};
use super::loader::{Loaded, Place, Refusal, Request};
use super::msg::Effect;
use super::overlay::{Message, Overlay};
use super::screens::compare;
use super::update::opened;
use crate::scenario::Catalogue;

/// What is so now.
#[derive(Clone)]
pub struct Reloaded {
    /// The scenarios, as far as they are in order.
    pub catalogue: Catalogue,
    /// What is not in order.
    pub flaws: Refusal,
    /// The program that was asked for.
    pub program: Option<Result<Box<Loaded>, Refusal>>,
}

/// Something has changed: the gallery shows it at once.
pub(super) fn changed(app: &mut App) -> Vec<Effect> {
    app.out_of_date = app.stage.is_some();
    if is_due(app) { Vec::new() } else { vec![Effect::Reload(None)] }
}

/// What has to be loaded again now that something else was done.
pub(super) fn due(app: &mut App) -> Option<Effect> {
    if !is_due(app) {
        return None;
    }
    app.out_of_date = false;
    let request = app.stage.as_ref()?.request()?.clone();
    Some(Effect::Reload(Some(request)))
}

fn is_due(app: &App) -> bool {
    let asks = |overlay: &Overlay| !matches!(overlay, Overlay::Message(_));
    app.out_of_date && app.screen != Screen::Gallery && !app.overlays.iter().any(asks)
}

/// The loader has looked again.
pub(super) fn reloaded(app: &mut App, again: Reloaded) -> Vec<Effect> {
    let told = |overlay: &Overlay| matches!(overlay, Overlay::Message(message) if message.is_of_file);
    app.overlays.retain(|overlay| !told(overlay));
    app.gallery.renew(again.catalogue);
    let mut lines = again.flaws;
    let mut effects = Vec::new();
    match again.program {
        Some(Ok(loaded)) => effects = renew(app, *loaded),
        Some(Err(refusal)) if lines.en.is_empty() => lines = refusal,
        Some(Err(_)) | None => {}
    }
    if !lines.en.is_empty() {
        app.overlays.push(Overlay::Message(Message::of_file("reload-refused", &lines)));
    }
    effects
}

/// Puts what was loaded again on the stage, if it is not what is there already.
fn renew(app: &mut App, mut loaded: Loaded) -> Vec<Effect> {
    let Some(stage) = &app.stage else { return Vec::new() };
    let same_text = stage.source().text == loaded.source.text;
    if same_text && stage.is_about(&loaded.target) {
        // A file that is compared with it may be the one that has changed.
        return compare::renew(app);
    }
    if same_text && let Some(schedule) = stage.schedule_so_far() {
        loaded.at = Some(Place { step: stage.history().at(), input_ends: false });
        loaded.start.schedule = Some(schedule);
    }
    let challenged = stage.is_challenged();
    let effects = opened(app, loaded);
    if let Some(stage) = &mut app.stage {
        stage.say_reloaded(challenged);
    }
    effects
}

/// The request for what is on the stage, as it was asked for.
pub(super) fn edited(app: &App) -> Option<Request> {
    app.stage.as_ref()?.request().cloned()
}
