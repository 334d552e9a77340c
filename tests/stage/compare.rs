//! Two variants side by side: from the stage and from the gallery, at every size.

use crate::styles::THEMES;
use crate::{Desk, loaded};
use insta::assert_snapshot;
use lockstep::explore::Progress;
use lockstep::lang::{Parameters, compile};
use lockstep::report::diff::Paired;
use lockstep::scenario::Target;
use lockstep::source::Source;
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::loader::{Loaded, Request};
use lockstep::tui::screens::stage::Status;
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{App, Effect, Msg, Screen};
use lockstep::words::Lang;
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 32), (200, 60), (40, 10)];

/// A file of one's own.
fn file(name: &str, text: &str) -> Loaded {
    let source = Arc::new(Source::new(name, text));
    let compiled = compile(&source, &Parameters::default());
    let mut loaded = loaded("counter/race");
    loaded.start.program = compiled.program.unwrap();
    loaded.target = Target::File { path: PathBuf::from(name), source: Arc::clone(&source) };
    loaded.request = Request { target: name.to_owned(), parameters: Vec::new() };
    Loaded { source, tokens: compiled.tokens, ..loaded }
}

/// Does what the app asks for: loads the other side, and makes the runs.
pub(crate) fn serve(desk: &mut Desk) {
    while !desk.effects.is_empty() {
        for effect in std::mem::take(&mut desk.effects) {
            match effect {
                Effect::Open(request) => desk.send(Msg::Opened(Box::new(loaded(&request.target)))),
                Effect::OpenOther(request) => {
                    let other = match request.target.as_str() {
                        "other.py" => file("other.py", "print('b')\n"),
                        target => loaded(target),
                    };
                    desk.send(Msg::OtherOpened(Box::new(other)));
                }
                Effect::Pair(duel) => {
                    desk.send(Msg::Paired(Ok(Box::new(Paired::of(duel.run(&Progress::default()))))));
                }
                _ => {}
            }
        }
    }
}

fn on_stage(columns: u16, rows: u16, loaded: Loaded) -> Desk {
    let mut desk = Desk { app: App::new((columns, rows)), effects: Vec::new() };
    desk.send(Msg::Opened(Box::new(loaded)));
    desk.effects.clear();
    desk
}

/// The program on the stage beside the one that goes best with it.
fn compared(columns: u16, rows: u16, target: &str) -> Desk {
    let mut desk = on_stage(columns, rows, loaded(target));
    desk.press("d");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Compare);
    desk
}

#[test]
fn the_first_difference_at_every_size() {
    for (columns, rows) in SIZES {
        let mut desk = compared(columns, rows, "deadlock/opposite");
        for lang in Lang::ALL {
            assert_eq!(desk.app.words.lang(), lang);
            assert_snapshot!(format!("compare_{lang}_{columns}x{rows}"), desk.screen());
            desk.press("L");
        }
    }
}

/// Every variant beside the one that goes best with it.
fn pairs(columns: u16, rows: u16) -> impl Iterator<Item = (String, Desk)> {
    let catalogue = lockstep::scenario::Catalogue::embedded();
    let names: Vec<String> = catalogue
        .scenarios()
        .iter()
        .flat_map(|scenario| scenario.variants.iter().map(|variant| format!("{}/{}", scenario.id, variant.id)))
        .collect();
    names.into_iter().map(move |name| {
        let desk = compared(columns, rows, &name);
        (name, desk)
    })
}

#[test]
fn nothing_that_is_told_is_cut_in_a_small_window() {
    // The boxes with the sentences are the lowest ones; below them stands how both compare.
    let cut = |screen: &str| {
        let lines: Vec<&str> = screen.lines().collect();
        let told = lines.iter().rposition(|line| line.starts_with('├')).unwrap_or(0);
        lines[told + 1..lines.len() - 1].iter().any(|line| line.contains('…'))
    };
    for (name, mut desk) in pairs(80, 24) {
        for _ in Lang::ALL {
            desk.press("g");
            for _ in 0..30 {
                assert!(!cut(&desk.screen()), "{name}:\n{}", desk.screen());
                desk.press("<Right>");
            }
            desk.press("G");
            assert!(!cut(&desk.screen()), "{name}:\n{}", desk.screen());
            desk.press("L");
        }
    }
}

#[test]
fn the_first_difference_is_one_to_the_reader() {
    for (name, mut desk) in pairs(200, 60) {
        for (left, right) in [("Left: ", " Right: "), ("左边：", "右边：")] {
            let screen = desk.screen();
            let line = screen.lines().find(|line| line.contains(left) && line.contains(right));
            if let Some((left, right)) = line.and_then(|line| line.split_once(left)?.1.split_once(right)) {
                assert_ne!(left.trim(), right.trim(), "{name}:\n{screen}");
            }
            desk.press("L");
        }
    }
}

#[test]
fn the_whole_way_in_a_small_window() {
    let mut desk = compared(80, 24, "counter/race");
    assert_snapshot!("compare_counter_first", desk.screen());
    desk.press("g");
    assert_snapshot!("compare_counter_beginning", desk.screen());
    desk.press("<Enter><S-Right>");
    assert_snapshot!("compare_counter_held_up", desk.screen());
    desk.press("G");
    assert_snapshot!("compare_counter_end", desk.screen());
    // Back to where the left one was over, then one step before that.
    desk.press("<S-Left><Left>");
    assert!(desk.screen().contains("choice 17 of"), "{}", desk.screen());
}

#[test]
fn a_small_window_shows_one_side_at_a_time() {
    let mut desk = compared(60, 16, "philosophers/naive");
    assert_snapshot!("compare_small_both", desk.screen());
    desk.press("<Tab>");
    assert_snapshot!("compare_small_left", desk.screen());
    desk.press("<Tab>");
    assert_snapshot!("compare_small_right", desk.screen());
    desk.press("<Tab>");
    assert!(desk.screen().contains("Right: C cannot go on here: A holds forks[0]."), "{}", desk.screen());
    assert!(desk.screen().contains("C takes forks[2]. End:"), "{}", desk.screen());
    desk.app.size = (30, 6);
    assert!(desk.screen().starts_with("First difference, choice 6."), "{}", desk.screen());
}

#[test]
fn ascii_is_ascii_and_mono_has_no_colours() {
    let mut desk = compared(120, 32, "counter/race");
    desk.app.glyph_set = GlyphSet::Ascii;
    assert_snapshot!("compare_ascii", desk.screen());
    let screen = desk.screen().replace("中文", "");
    assert!(screen.is_ascii(), "{screen}");
    desk.app.glyph_set = GlyphSet::Unicode;
    for (theme, name) in THEMES {
        desk.app.theme_name = theme;
        assert_eq!(desk.is_colourless(), theme == ThemeName::Mono);
        assert_snapshot!(format!("compare_{name}"), desk.styled());
    }
}

#[test]
fn the_other_side_is_the_fix_or_what_it_mends() {
    for (target, other) in [
        ("counter/race", "counter/locked"),
        ("counter/locked", "counter/race"),
        ("philosophers/waiter", "philosophers/naive"),
    ] {
        let mut desk = on_stage(80, 24, loaded(target));
        desk.press("d");
        let asked = desk.effects.iter().find_map(|effect| match effect {
            Effect::OpenOther(request) => Some(request.target.clone()),
            _ => None,
        });
        assert_eq!(asked.as_deref(), Some(other), "{target}");
    }
}

#[test]
fn another_variant_is_picked_and_the_sides_are_exchanged() {
    let mut desk = compared(120, 32, "counter/race");
    desk.press("v");
    assert_snapshot!("compare_menu", desk.screen());
    desk.press("<Up><Enter>");
    serve(&mut desk);
    assert!(desk.screen().contains("counter/race | counter/temp"), "{}", desk.screen());
    desk.press("x");
    assert!(desk.screen().contains("counter/temp | counter/race"), "{}", desk.screen());
    desk.press("v<Esc>x");
    assert!(desk.screen().contains("counter/race | counter/temp"), "{}", desk.screen());
}

#[test]
fn the_run_on_the_stage_is_followed_and_then_the_shortest_that_goes_wrong() {
    let mut desk = Desk::with(120, 32, crate::tape::philosophers());
    desk.effects.clear();
    desk.press("d");
    serve(&mut desk);
    desk.press("g");
    assert!(desk.screen().contains("Both sides follow the run that was on the stage."), "{}", desk.screen());
    desk.press("s");
    assert!(desk.screen().contains("RUNNING"), "{}", desk.screen());
    serve(&mut desk);
    desk.press("g");
    assert!(desk.screen().contains("shortest schedule on which the left one goes wrong"), "{}", desk.screen());
    desk.press("s");
    serve(&mut desk);
    desk.press("g<Esc>");
    assert_eq!(desk.app.screen, Screen::Stage);
}

#[test]
fn from_the_gallery_and_back_to_it() {
    let mut desk = Desk { app: App::new((120, 32)), effects: Vec::new() };
    desk.press("d");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Compare);
    desk.press("<Esc>");
    assert_eq!(desk.app.screen, Screen::Gallery);
    desk.app.asks_first = false;
    desk.press("<Enter>");
    serve(&mut desk);
    assert_ne!(desk.app.screen, Screen::Compare, "opening something later does not compare it");
}

#[test]
fn a_file_of_ones_own_is_compared_with_another() {
    let mut desk = on_stage(80, 24, file("mine.py", "print('a')\n"));
    desk.press("d");
    assert_snapshot!("compare_ask", desk.screen());
    desk.press("<Esc>d");
    desk.press("other.py<Enter>");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Compare);
    assert!(desk.screen().contains("mine.py | other.py"), "{}", desk.screen());
    assert!(desk.screen().contains("Left: M prints 'a'. Right: M prints 'b'."), "{}", desk.screen());
    // The same program twice never parts.
    desk.press("o");
    desk.press("counter/race<Enter>");
    serve(&mut desk);
    assert!(desk.screen().contains("mine.py | counter/race"), "{}", desk.screen());
}

#[test]
fn playing_stops_where_something_is_new_and_at_the_end() {
    let mut desk = compared(80, 24, "deadlock/opposite");
    desk.press("g ");
    assert!(desk.app.moves());
    for _ in 0..200 {
        desk.send(Msg::Tick(Duration::from_millis(100)));
    }
    assert!(!desk.app.moves());
    assert!(desk.screen().contains("choice 5 of"), "{}", desk.screen());
    desk.press("G ");
    assert!(!desk.app.moves(), "there is nothing more to be played");
}

#[test]
fn a_moment_of_a_side_is_copied() {
    let mut desk = compared(120, 32, "deadlock/opposite");
    let line = |desk: &mut Desk| {
        let copied = desk.effects.drain(..).find_map(|effect| match effect {
            Effect::Copy(line) => Some(line),
            _ => None,
        });
        desk.press("<Esc>");
        copied.unwrap()
    };
    desk.press("y");
    assert_eq!(line(&mut desk), "deadlock/opposite seed=7 v1/M2.A2.B1 @5");
    desk.press("<Tab><Tab>y");
    assert_eq!(line(&mut desk), "deadlock/ordered seed=7 v1/M2.A2 @4");
}

#[test]
fn leaving_early_gives_the_runs_up() {
    let mut desk = on_stage(80, 24, loaded("counter/race"));
    desk.press("d");
    let other = loaded("counter/locked");
    desk.send(Msg::OtherOpened(Box::new(other)));
    assert_snapshot!("compare_making", desk.screen());
    // Nothing is there to be walked through yet.
    desk.press("<Right>Gxyv<Esc> <Tab><Up>");
    desk.effects.clear();
    desk.press("<Esc>");
    assert!(matches!(desk.effects[..], [Effect::EndPair]));
    assert_eq!(desk.app.screen, Screen::Stage);
    desk.send(Msg::Paired(Err("late".to_owned())));
    assert_ne!(desk.app.stage.as_ref().unwrap().status(), Status::Playing);
}

#[test]
fn a_mistake_of_ours_is_told() {
    let mut desk = on_stage(80, 24, loaded("counter/race"));
    desk.press("d");
    desk.send(Msg::OtherOpened(Box::new(loaded("counter/locked"))));
    desk.send(Msg::Paired(Err("row 7".to_owned())));
    assert!(desk.screen().contains("row 7"), "{}", desk.screen());
    desk.press("<Right><Left>Gx<Esc>");
    assert_eq!(desk.app.screen, Screen::Stage);
}

#[test]
fn the_wheel_moves_both_programs_and_a_click_looks_at_a_side() {
    let mut desk = compared(80, 24, "counter/race");
    let mouse = |kind, column, row| Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    for _ in 0..30 {
        desk.send(mouse(MouseEventKind::ScrollUp, 5, 5));
    }
    let screen = desk.screen();
    assert!(screen.lines().nth(2).unwrap().contains(" 1 # "), "{screen}");
    desk.send(mouse(MouseEventKind::Down(MouseButton::Left), 60, 5));
    desk.press("y");
    let copied =
        desk.effects.iter().any(|effect| matches!(effect, Effect::Copy(line) if line.starts_with("counter/locked")));
    assert!(copied);
}

#[test]
fn what_is_opened_meanwhile_takes_its_place() {
    let mut desk = compared(80, 24, "counter/race");
    desk.press("g ");
    assert!(desk.app.moves());
    desk.send(Msg::Opened(Box::new(loaded("philosophers/naive"))));
    assert_eq!(desk.app.screen, Screen::Stage);
    assert!(desk.app.compare.is_none() && !desk.app.moves());
}

#[test]
fn real_threads_are_followed_in_the_simulator() {
    let mut desk = Desk::live(120, 32);
    desk.more(crate::tape::philosophers());
    desk.press("d");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Compare);
    desk.press("G");
    assert!(desk.screen().contains("In the end: left deadlock, right finished."), "{}", desk.screen());
}
