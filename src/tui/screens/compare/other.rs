//! Which program stands on the other side.

use super::{Compare, draw};
use crate::explore::Verdict as Explored;
use crate::scenario::{Scenario, Target, Verdict};
use crate::session::Options;
use crate::tui::app::{App, Errand, Screen};
use crate::tui::field::Field;
use crate::tui::loader::{Loaded, Request};
use crate::tui::msg::Effect;
use crate::tui::overlay::{Ask, Menu, Overlay, Purpose, Row, Topic};
use crate::tui::screens::stage::{Contender, Speed, Stage};
use crate::words::Lang;

/// Compares what is on the stage with the variant that goes best with it, or with a file that is asked for. `back`: where it
/// is left to.
pub(in crate::tui) fn open(app: &mut App, back: Screen) -> Vec<Effect> {
    let Some(contender) = app.stage.as_ref().and_then(Stage::contender) else { return Vec::new() };
    match counterpart(&contender.target) {
        Some(target) => {
            let mut effects = app.stage.as_mut().map_or_else(Vec::new, Stage::rest);
            effects.extend(load(app, &contender, target, back));
            effects
        }
        None => ask_file(app),
    }
}

/// The variant that the scenario names; else of one that goes wrong the first that is proved, of a proved one the first
/// that goes wrong; else the next.
fn counterpart(target: &Target) -> Option<String> {
    let Target::Variant { scenario, index } = target else { return None };
    let proved = |n: usize| scenario.variants.get(n).is_some_and(|v| v.expected.verdict == Verdict::Proved);
    let others = || (0..scenario.variants.len()).filter(|n| n != index);
    let named = scenario.variants.get(*index).and_then(|variant| variant.compare.as_deref());
    let named = named.and_then(|named| others().find(|n| scenario.variants.get(*n).is_some_and(|v| *v.id == *named)));
    let opposite = others().find(|n| proved(*n) != proved(*index));
    let after = others().find(|n| n > index).or_else(|| others().next());
    named.or(opposite).or(after).map(|n| name(scenario, n))
}

fn name(scenario: &Scenario, index: usize) -> String {
    let variant = scenario.variants.get(index).map_or("", |variant| &variant.id);
    format!("{}/{variant}", scenario.id)
}

/// Asks for the program of the other side, with the same parameters where it has them.
fn load(app: &mut App, left: &Contender, target: String, back: Screen) -> Vec<Effect> {
    app.errand = Some(Errand::Compare(back));
    let known = left.target.scenario().and_then(|scenario| {
        scenario.variants.iter().enumerate().find(|(n, _)| name(scenario, *n) == target).map(|(_, variant)| variant)
    });
    let has = |wanted: &str| {
        known.is_some_and(|variant| variant.settings.iter().any(|setting| &*setting.parameter.name == wanted))
    };
    let parameters = left.request.parameters.iter().filter(|(name, _)| has(name)).cloned().collect();
    vec![Effect::OpenOther(Request { target, parameters })]
}

/// The program of the left side, and where the screen is left to.
fn left(app: &App) -> Option<(Contender, Screen)> {
    match (&app.compare, app.screen) {
        (Some(compare), Screen::Compare) => {
            let [left, _] = &compare.sides;
            let mut left = left.clone();
            left.start.schedule.clone_from(&compare.run);
            Some((left, compare.back))
        }
        _ => Some((app.stage.as_ref()?.contender()?, Screen::Stage)),
    }
}

/// Whether every order of steps was looked at and nothing goes wrong in any: by an exploration, or by what the scenario
/// states. Under other rules than the usual ones that says nothing.
fn is_proved(app: &App, side: &Contender) -> bool {
    let options = &side.start.options;
    let usual = Options { seed: options.seed, abstract_time: options.abstract_time, ..Options::default() };
    usual == *options && side.start.inputs.is_empty() && draw::known(app, side) == Some(Explored::Proved)
}

/// The program of the other side is there: the runs can be made.
pub(in crate::tui) fn loaded(app: &mut App, loaded: Loaded) -> Vec<Effect> {
    let back = match app.errand.take() {
        Some(Errand::Compare(back)) => back,
        Some(Errand::CompareAgain(back)) if !is_shown(app, &loaded) => back,
        _ => return Vec::new(),
    };
    let Some((left, _)) = left(app) else { return Vec::new() };
    let losing = app.stage.as_ref().and_then(Stage::quest).filter(|quest| quest.title == left.title());
    let losing = losing.and_then(|quest| app.known.losing(&quest));
    let right = Contender::like(loaded, &left.start);
    let speed = app.stage.as_ref().map_or_else(Speed::default, Stage::speed);
    let sides = [left, right];
    let proved = sides.each_ref().map(|side| is_proved(app, side));
    let compare = Compare { proved, ..Compare::new(sides, losing, back, speed) };
    let duel = compare.duel();
    app.compare = Some(compare);
    app.screen = Screen::Compare;
    vec![Effect::Pair(Box::new(duel))]
}

/// Files have changed: the program of the other side is loaded again.
pub(in crate::tui) fn renew(app: &mut App) -> Vec<Effect> {
    let Some(compare) = app.compare.as_ref().filter(|_| app.screen == Screen::Compare) else { return Vec::new() };
    let request = compare.sides[1].request.clone();
    app.errand = Some(Errand::CompareAgain(compare.back));
    vec![Effect::OpenOther(request)]
}

/// The other side is this program, word for word.
fn is_shown(app: &App, loaded: &Loaded) -> bool {
    app.compare.as_ref().is_some_and(|compare| compare.sides[1].source.text == loaded.source.text)
}

/// `v`: the other variants of the scenario, or a file where there are none.
pub(super) fn menu(app: &mut App) {
    let Some(compare) = &app.compare else { return };
    let [left, right] = &compare.sides;
    let Some(scenario) = left.target.scenario().filter(|scenario| scenario.variants.len() > 1) else {
        ask_file(app);
        return;
    };
    let row = |index, lang: Lang| {
        let variant = scenario.variants.get(index)?;
        let chosen = right.title() == name(scenario, index);
        Some(Row { label: variant.id.to_string(), note: lang.text(&variant.title).to_owned(), chosen })
    };
    let menu = Menu::new(Topic::CompareWith, |words| {
        let rows = others(left).into_iter().filter_map(|index| row(index, words.lang()));
        (words.t("compare-menu"), rows.collect())
    });
    app.overlays.push(Overlay::Menu(menu));
}

/// The variants that the left side can be compared with.
fn others(left: &Contender) -> Vec<usize> {
    let Target::Variant { scenario, index } = &left.target else { return Vec::new() };
    (0..scenario.variants.len()).filter(|n| n != index).collect()
}

/// A row of that menu was picked.
pub(in crate::tui) fn pick(app: &mut App, row: usize) -> Vec<Effect> {
    let Some((left, back)) = left(app) else { return Vec::new() };
    let target = others(&left).get(row).and_then(|index| Some(name(left.target.scenario()?, *index)));
    target.map_or_else(Vec::new, |target| load(app, &left, target, back))
}

/// Asks for the file to compare with.
pub(in crate::tui) fn ask_file(app: &mut App) -> Vec<Effect> {
    app.overlays.push(Overlay::Ask(Ask { purpose: Purpose::CompareWith, field: Field::default() }));
    Vec::new()
}

/// A file was named.
pub(in crate::tui) fn with_file(app: &mut App, typed: &str) -> Vec<Effect> {
    let target = typed.trim().to_owned();
    let Some((left, back)) = left(app).filter(|_| !target.is_empty()) else { return Vec::new() };
    load(app, &left, target, back)
}
