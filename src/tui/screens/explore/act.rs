//! What keys and the mouse do.

use super::place::Place;
use super::{Explore, Focus, Search, State, Told, draw, verdict};
use crate::tui::app::{App, Screen};
use crate::tui::keys::Action;
use crate::tui::msg::Effect;
use crate::tui::panes::footer_hit;
use crate::tui::screens::stage::{Stage, Tools};
use crate::tui::update::run;
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;
use std::sync::Arc;

/// Explores what is on the stage, or shows what is known of it. `back`: where it is left to.
pub(in crate::tui) fn open(app: &mut App, back: Screen) -> Vec<Effect> {
    let Some(stage) = &mut app.stage else { return Vec::new() };
    let Some(quest) = stage.quest() else { return Vec::new() };
    let mut effects = stage.rest();
    app.screen = Screen::Explore;
    if let Some(explore) = &mut app.explore
        && explore.quest.is_same(&quest)
    {
        explore.back = back;
        return effects;
    }
    if let Some(told) = app.known.find(&quest) {
        let counts = told.counted;
        let found = State::Found(Arc::clone(told));
        app.explore = Some(Explore { counts, ..Explore::new(quest, back, found) });
        return effects;
    }
    effects.extend(begin(app, Explore::new(quest, back, State::Searching(Search::default()))));
    effects
}

/// What is known of all interleavings of the program on the stage, for those who need it elsewhere. When that is nothing yet,
/// a search begins beside them, as if it had been asked for here; [`Known`](super::Known) has what it comes to when
/// [`Msg::Surveyed`](crate::tui::msg::Msg) has been taken in. Searches of other programs end.
pub(in crate::tui) fn ask(app: &mut App) -> (Option<Arc<Told>>, Vec<Effect>) {
    let Some(quest) = app.stage.as_ref().and_then(Stage::quest) else { return (None, Vec::new()) };
    if let Some(told) = app.known.find(&quest) {
        return (Some(Arc::clone(told)), Vec::new());
    }
    if app.explore.as_ref().is_some_and(|explore| explore.is_searching() && explore.quest.is_same(&quest)) {
        return (None, Vec::new());
    }
    let mut effects: Vec<Effect> = app.explore.as_mut().and_then(Explore::end_rehearsal).into_iter().collect();
    effects.extend(begin(app, Explore::new(quest, Screen::Stage, State::Searching(Search::default()))));
    (None, effects)
}

/// Begins to search.
fn begin(app: &mut App, explore: Explore) -> Vec<Effect> {
    let explorer = Box::new(explore.quest.explorer(explore.counts));
    let counts = explore.counts;
    app.explore = Some(explore);
    vec![Effect::Survey(explorer, counts)]
}

/// Searches again, perhaps for more.
fn again(app: &mut App, counts: bool) -> Vec<Effect> {
    let ended = app.explore.as_mut().and_then(Explore::end_rehearsal);
    let Some(Explore { quest, back, selected, real, .. }) = app.explore.take() else { return Vec::new() };
    let state = State::Searching(Search::default());
    let mut effects: Vec<Effect> = ended.into_iter().collect();
    effects.extend(begin(app, Explore { counts, real, selected, ..Explore::new(quest, back, state) }));
    effects
}

/// Esc: a search is stopped, a result is left.
pub(in crate::tui) fn leave(app: &mut App) -> Vec<Effect> {
    let Some(explore) = &mut app.explore else {
        app.screen = Screen::Stage;
        return Vec::new();
    };
    if let State::Searching(search) = &mut explore.state {
        if !std::mem::replace(&mut search.stopping, true) {
            return vec![Effect::StopSurvey];
        }
        // It takes too long to stop.
        app.screen = explore.back;
        app.explore = None;
        return vec![Effect::EndSurvey];
    }
    app.screen = explore.back;
    explore.end_rehearsal().into_iter().collect()
}

/// Carries out an action of the key table.
pub(in crate::tui) fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(explore) = &mut app.explore else { return Vec::new() };
    if explore.refuses(action) {
        return Vec::new();
    }
    match action {
        Action::Enter => return show(app),
        Action::Explore => {
            app.screen = Screen::Stage;
            let left = explore.is_searching().then_some(Effect::EndSurvey).or_else(|| explore.end_rehearsal());
            app.explore.take_if(|explore| explore.is_searching());
            return left.into_iter().collect();
        }
        Action::Restart => return again(app, false),
        Action::Count => return again(app, true),
        Action::CopyMoment => return copy(app),
        Action::RealRuns => return explore.rehearse(),
        Action::NextPane | Action::PreviousPane => {
            explore.focus = match explore.focus {
                Focus::Verdict => Focus::Ways,
                Focus::Ways => Focus::Verdict,
            };
        }
        Action::Up => go(app, -1),
        Action::Down => go(app, 1),
        Action::PageUp => go(app, -draw::page(app)),
        Action::PageDown => go(app, draw::page(app)),
        Action::Start => go(app, isize::MIN),
        Action::End => go(app, isize::MAX),
        _ => {}
    }
    Vec::new()
}

/// Moves the selection, or the verdict where it is longer than its box.
fn go(app: &mut App, by: isize) {
    let verdict = place(app).verdict;
    let lines = verdict.map_or(0, |area| verdict::lines(app, usize::from(area.width)).len());
    let Some(explore) = &mut app.explore else { return };
    match explore.focus {
        Focus::Ways => {
            let last = explore.told().map_or(0, |told| told.ways().saturating_sub(1));
            explore.selected = explore.selected.saturating_add_signed(by).min(last);
        }
        Focus::Verdict => {
            let last = lines.saturating_sub(verdict.map_or(0, |area| usize::from(area.height)));
            explore.scroll = explore.scroll.saturating_add_signed(by).min(last);
        }
    }
}

/// Puts the selected way on the stage.
fn show(app: &mut App) -> Vec<Effect> {
    let (Some(explore), Some(stage)) = (&mut app.explore, &mut app.stage) else { return Vec::new() };
    let Some(way) = explore.told().and_then(|told| told.way(&explore.quest, explore.selected)) else {
        return Vec::new();
    };
    app.screen = Screen::Stage;
    let mut effects: Vec<Effect> = explore.end_rehearsal().into_iter().collect();
    effects.extend(stage.show_way(way));
    effects
}

fn copy(app: &mut App) -> Vec<Effect> {
    let (Some(explore), Some(stage)) = (&app.explore, &mut app.stage) else { return Vec::new() };
    let Some(way) = explore.told().and_then(|told| told.way(&explore.quest, explore.selected)) else {
        return Vec::new();
    };
    stage.copy_way(&way, &mut Tools { words: &app.words, overlays: &mut app.overlays, digit: None })
}

/// The wheel moves through what is under it, a click selects, a click on what is selected puts it on the stage.
pub(in crate::tui) fn mouse(app: &mut App, event: MouseEvent) -> Vec<Effect> {
    let place = place(app);
    let at = (event.column, event.row).into();
    let over = |area: Option<Rect>| area.is_some_and(|area| area.contains(at));
    let (over_verdict, over_ways) = (over(place.verdict_frame), over(place.ways_frame));
    match event.kind {
        MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
            focus(app, over_verdict);
            go(app, if event.kind == MouseEventKind::ScrollUp { -1 } else { 1 });
        }
        MouseEventKind::Down(MouseButton::Left) => {
            if let Some(footer) = place.footer.filter(|area| area.contains(at)) {
                let action = footer_hit(footer, app, event.column);
                return action.map_or_else(Vec::new, |action| run(app, action, None));
            }
            if over_verdict || over_ways {
                focus(app, over_verdict);
            }
            let clicked =
                place.ways.filter(|area| area.contains(at)).and_then(|area| draw::way_at(app, area, event.row));
            return clicked.map_or_else(Vec::new, |way| click(app, way));
        }
        _ => {}
    }
    Vec::new()
}

fn focus(app: &mut App, verdict: bool) {
    if let Some(explore) = &mut app.explore {
        explore.focus = if verdict { Focus::Verdict } else { Focus::Ways };
    }
}

fn click(app: &mut App, way: usize) -> Vec<Effect> {
    match &mut app.explore {
        Some(explore) if explore.selected != way => {
            explore.selected = way;
            Vec::new()
        }
        _ => show(app),
    }
}

fn place(app: &App) -> Place {
    draw::place(app, Rect::new(0, 0, app.size.0, app.size.1))
}
