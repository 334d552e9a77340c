//! All interleavings on the screen: the search, the verdict, and ways that are put on the stage.

use crate::tape::philosophers;
use crate::{Desk, loaded};
use insta::assert_snapshot;
use lockstep::event::{End, Schedule};
use lockstep::explore::{Phase, Progress, Stop, Verdict};
use lockstep::ids::{Step, ThreadId};
use lockstep::lang::{Parameters, compile};
use lockstep::session::{Control, Handle, Trial, Update, spawn};
use lockstep::source::Source;
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::loader::Loaded;
use lockstep::tui::screens::explore::{Sight, Told};
use lockstep::tui::screens::stage::{Stage, Status};
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{App, Effect, Msg, Screen};
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::sync::Arc;
use std::time::Duration;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 32), (200, 60), (40, 10)];

const RACE: &str = "\
from threading import Thread
n = 0
def work():
    global n
    n += 1
threads = [Thread(target=work), Thread(target=work)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";

fn race() -> Loaded {
    let source = Arc::new(Source::new("race.py", RACE));
    let compiled = compile(&source, &Parameters::default());
    let mut loaded = loaded("philosophers/naive");
    loaded.start.program = compiled.program.expect("it compiles");
    Loaded { source, tokens: compiled.tokens, ..loaded }
}

/// A stage with this program, nothing run yet.
fn desk(columns: u16, rows: u16, loaded: Loaded) -> Desk {
    let mut desk = Desk { app: App::new((columns, rows)), effects: Vec::new() };
    desk.send(Msg::Opened(Box::new(loaded)));
    desk
}

/// Does what the app asks of the explorer. True when it asked.
fn explore(desk: &mut Desk) -> bool {
    let mut asked = false;
    for effect in std::mem::take(&mut desk.effects) {
        if let Effect::Survey(explorer, counted) = effect {
            let mut found = explorer.run(&Progress::default());
            // How much it takes to know that is no business of the screen.
            found.states = 1234;
            found.reduced = true;
            desk.send(Msg::Surveyed(Ok(Arc::new(Told::of(&explorer, found, counted)))));
            asked = true;
        }
    }
    asked
}

/// The philosophers, explored.
fn explored(columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::with(columns, rows, philosophers());
    desk.press("x");
    assert!(explore(&mut desk));
    desk
}

fn stage(desk: &Desk) -> &Stage {
    desk.app.stage.as_ref().unwrap()
}

/// Plays the session until the screen is as wanted.
fn play(desk: &mut Desk, session: &mut Option<Handle>, wanted: impl Fn(&Desk) -> bool) {
    loop {
        for effect in std::mem::take(&mut desk.effects) {
            match effect {
                Effect::Begin(start) => *session = Some(spawn(*start)),
                Effect::Send(Control::Restart(start)) if session.is_none() => *session = Some(spawn(*start)),
                Effect::Send(control) => session.as_ref().unwrap().controls.send(control).unwrap(),
                _ => {}
            }
        }
        if wanted(desk) {
            return;
        }
        let update = session.as_ref().unwrap().updates.recv_timeout(Duration::from_mins(1));
        desk.send(Msg::Update(update.unwrap_or_else(|_| panic!("nothing happens any more:\n{}", desk.screen()))));
    }
}

/// The shortest way to the deadlock on the stage, at its beginning.
fn witness() -> (Desk, Option<Handle>) {
    let mut desk = explored(120, 32);
    desk.effects.clear();
    desk.press("<Enter>");
    let mut session = None;
    play(&mut desk, &mut session, |desk| stage(desk).status() == Status::Witness);
    (desk, session)
}

#[test]
fn a_search_shows_how_far_it_is() {
    for keys in ["", "L"] {
        let mut desk = Desk::with(80, 24, philosophers());
        desk.press(keys);
        desk.press("x");
        assert!(desk.app.moves());
        let mib = 1024 * 1024;
        let sight = Sight { states: 1000, open: 7, bytes: 16 * mib, ..Sight::default() };
        desk.send(Msg::Surveying(sight));
        let elapsed = Duration::from_millis(2500);
        desk.send(Msg::Surveying(Sight { states: 1_250_000, open: 13_201, bytes: 512 * mib, elapsed, ..sight }));
        assert_snapshot!(format!("explore_searching_{}", desk.app.words.lang()), desk.screen());
        desk.send(Msg::Surveying(Sight { phase: Phase::Shortening, elapsed, ..sight }));
        assert!(!desk.screen().contains("500,000"), "each phase has a rate of its own");
    }
}

#[test]
fn the_verdict_and_the_ways() {
    for (columns, rows) in SIZES {
        let mut desk = explored(columns, rows);
        assert!(!desk.app.moves());
        assert_snapshot!(format!("explore_bug_en_{columns}x{rows}"), desk.screen());
        desk.press("L");
        assert_snapshot!(format!("explore_bug_zh_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn outcomes_are_counted_on_request() {
    let mut desk = desk(80, 24, race());
    desk.press("x");
    assert!(explore(&mut desk));
    assert!(desk.screen().contains("PROVED"));
    desk.press("<Down>p");
    assert!(explore(&mut desk), "the question is another one");
    assert_snapshot!("explore_counted_en_80x24", desk.screen());
    desk.app.glyph_set = GlyphSet::Ascii;
    // The other language calls itself by its own name.
    let screen = desk.screen().replace("中文", "");
    assert!(screen.is_ascii(), "{screen}");
    desk.press("p");
    assert!(!explore(&mut desk), "that is known");
}

#[test]
fn real_threads_run_beside_it() {
    let mut desk = desk(80, 24, race());
    desk.press("x");
    assert!(explore(&mut desk));
    let found = desk.app.explore.as_ref().unwrap().told().unwrap().exploration.outcomes.clone();
    desk.press("w");
    let Some(Effect::Rehearse(rehearsal)) = desk.effects.pop() else { panic!("nothing is run") };
    assert_eq!(rehearsal.runs, 1000);
    for place in [1, 1, 0] {
        let globals = found[place].outcome.globals.iter().map(|(name, value)| (name.as_str().into(), value.clone()));
        let schedule = found[place].witness.schedule.clone();
        let trial = Trial { end: End::Finished, failed: false, globals: globals.collect(), schedule };
        desk.send(Msg::Ran(Some(Ok(rehearsal.judge(trial)))));
    }
    assert_snapshot!("explore_real_en_80x24", desk.screen());
    let strange = Trial { end: End::Deadlock, failed: false, globals: Vec::new(), schedule: Schedule::default() };
    desk.send(Msg::Ran(Some(Ok(rehearsal.judge(strange)))));
    assert!(desk.screen().contains("is not among the explored"), "{}", desk.screen());
    // w stops it, and what comes late is not counted; w again goes on.
    desk.press("w");
    assert!(matches!(desk.effects.pop(), Some(Effect::EndRehearsal)));
    desk.send(Msg::Ran(None));
    desk.press("w");
    let Some(Effect::Rehearse(rehearsal)) = desk.effects.pop() else { panic!("nothing is run") };
    assert_eq!(rehearsal.runs, 1000);
    desk.send(Msg::Ran(Some(Err("no more threads".to_owned()))));
    desk.send(Msg::Ran(None));
    assert!(desk.screen().contains("no more threads"), "{}", desk.screen());
    // Leaving ends it.
    desk.press("w<Esc>");
    assert!(matches!(desk.effects.pop(), Some(Effect::EndRehearsal)));
}

#[test]
fn escape_stops_a_search_and_then_leaves_it() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.press("x<Esc>");
    assert!(matches!(desk.effects.last(), Some(Effect::StopSurvey)));
    assert!(desk.screen().contains("NOT FINISHED"), "{}", desk.screen());
    desk.press("<Esc>");
    assert!(matches!(desk.effects.last(), Some(Effect::EndSurvey)));
    assert_eq!(desk.app.screen, Screen::Stage);
    assert!(!desk.app.moves());
}

#[test]
fn what_is_known_by_then_is_shown() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.press("x<Esc>");
    let Some(Effect::Survey(explorer, _)) =
        desk.effects.iter().find(|effect| matches!(effect, Effect::Survey(..))).cloned()
    else {
        panic!("nothing is explored");
    };
    let progress = Progress::default();
    progress.cancel();
    let mut found = explorer.run(&progress);
    (found.verdict, found.stop, found.open, found.states) =
        (Verdict::NotFinished, Some(Stop::Cancelled), 13_201, 500_000);
    found.bugs.clear();
    found.outcomes.clear();
    desk.send(Msg::Surveyed(Ok(Arc::new(Told::of(&explorer, found, false)))));
    let screen = desk.screen();
    for words in ["NOT FINISHED", "500,000 states, 13,201 still open", "not a proof", "Stopped by Esc"] {
        assert!(screen.contains(words), "{words} is not in\n{screen}");
    }
    desk.effects.clear();
    desk.press("<Enter>y<Esc>");
    assert_eq!(desk.app.screen, Screen::Stage);
    desk.press("x");
    assert!(desk.screen().contains("Stopped by Esc"), "it is still known");
    desk.press("r");
    assert!(explore(&mut desk));
    assert!(desk.screen().contains("BUG"));
}

#[test]
fn a_way_is_followed_from_its_beginning() {
    let mut desk = explored(120, 32);
    // Somebody has read on in the program, further right as well, and selected a thread.
    desk.press("<Esc><Down><Tab><PageDown>");
    desk.effects.clear();
    let before = desk.screen();
    desk.press("x<Enter>");
    let mut session = None;
    play(&mut desk, &mut session, |desk| stage(desk).status() == Status::Witness);
    let stands = |desk: &Desk| {
        let model = stage(desk).model();
        let thread = model.last.unwrap_or(ThreadId::MAIN);
        assert_eq!(
            (stage(desk).thread(), stage(desk).line()),
            (thread, model.thread(thread).unwrap().line),
            "{before}"
        );
    };
    stands(&desk);
    desk.press("n");
    stands(&desk);
    desk.press("<Home>");
    stands(&desk);
}

#[test]
fn a_mistake_of_ours_is_said() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.press("x");
    desk.send(Msg::Surveyed(Err("index out of bounds".to_owned())));
    let screen = desk.screen();
    assert!(screen.contains("FAILED") && screen.contains("index out of bounds"), "{screen}");
    desk.press("<Enter>p<Esc>");
}

#[test]
fn a_result_is_kept_while_the_question_is_the_same() {
    let mut desk = explored(80, 24);
    desk.press("<Esc>");
    assert_eq!(desk.app.screen, Screen::Stage);
    desk.press("x");
    assert!(!explore(&mut desk) && desk.screen().contains("BUG"));
    // The size of a step is another question.
    desk.press("xa<Down><Enter>");
    let restart = desk.effects.drain(..).find_map(|effect| match effect {
        Effect::Send(Control::Restart(start)) => Some(start),
        _ => None,
    });
    desk.send(Msg::Update(Update::Reset(Arc::new(*restart.expect("it begins again")))));
    desk.press("x");
    assert!(explore(&mut desk));
    assert!(desk.screen().lines().next().unwrap().contains("line"));
}

#[test]
fn enter_puts_the_witness_on_the_stage() {
    let (mut desk, mut session) = witness();
    assert_eq!(stage(&desk).model().step, Step(0));
    assert_eq!(stage(&desk).history().last_step(), Step(6));
    assert_eq!(stage(&desk).no_return(), Some(Step(6)));
    assert_snapshot!("witness_begin_en_120x32", desk.screen());
    desk.press("llllll");
    assert_snapshot!("witness_no_return_en_120x32", desk.screen());
    assert!(desk.screen().contains("From here on nothing can save it"));
    desk.press("x");
    assert!(!explore(&mut desk) && desk.screen().contains("BUG"), "x goes back to the result");
    desk.press("x");
    // Another choice before the point of no return: the run can be saved.
    desk.press("h2");
    play(&mut desk, &mut session, |desk| stage(desk).model().step == Step(6));
    assert_eq!(stage(&desk).no_return(), None);
    assert_eq!(stage(&desk).status(), Status::Paused);
    // Another seed leads elsewhere.
    desk.press("R");
    play(&mut desk, &mut session, |desk| stage(desk).status() == Status::Paused && stage(desk).model().step == Step(0));
    assert_eq!(stage(&desk).no_return(), None);
}

#[test]
fn the_same_way_begins_again() {
    let (mut desk, mut session) = witness();
    desk.press("G");
    assert_eq!(stage(&desk).status(), Status::Deadlock);
    desk.press("r");
    play(&mut desk, &mut session, |desk| stage(desk).status() == Status::Witness);
    assert_eq!(stage(&desk).model().step, Step(0));
    // What is of interest on the way: whoever jumps comes to the point of no return as well.
    for _ in 0..6 {
        desk.press("<S-Right>");
    }
    assert_eq!(stage(&desk).model().step, Step(6));
}

#[test]
fn a_way_is_copied_as_a_line() {
    let mut desk = explored(80, 24);
    desk.press("y");
    let copied = desk.effects.iter().find_map(|effect| match effect {
        Effect::Copy(line) => Some(line.clone()),
        _ => None,
    });
    let line = copied.expect("something is copied");
    assert!(line.starts_with("philosophers/naive ") && line.ends_with(" @6"), "{line}");
}

#[test]
fn the_gallery_explores_what_is_selected_and_remembers() {
    let mut desk = Desk { app: App::new((120, 32)), effects: Vec::new() };
    desk.app.gallery.go_to("philosophers/naive");
    desk.press("x");
    let Some(Effect::Open(request)) = desk.effects.pop() else { panic!("nothing is opened") };
    desk.send(Msg::Opened(Box::new(loaded(&request.target))));
    assert_eq!(desk.app.screen, Screen::Explore);
    assert!(explore(&mut desk));
    desk.press("<Esc>");
    assert_eq!(desk.app.screen, Screen::Gallery);
    let screen = desk.screen();
    assert!(screen.contains("Explored just now. BUG: deadlock after 6 steps"), "{screen}");
}

#[test]
fn another_program_ends_the_search() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.press("x");
    desk.effects.clear();
    desk.send(Msg::Opened(Box::new(race())));
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::EndSurvey)));
    assert_eq!(desk.app.screen, Screen::Stage);
    desk.send(Msg::Surveyed(Err("late".to_owned())));
    assert!(desk.app.explore.is_none());
}

#[test]
fn the_mouse_selects_scrolls_and_opens() {
    let mut desk = explored(80, 24);
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.contains("finished")).unwrap();
    let mouse = |desk: &mut Desk, kind| {
        let row = u16::try_from(row).unwrap();
        desk.send(Msg::Mouse(MouseEvent { kind, column: 10, row, modifiers: KeyModifiers::NONE }));
    };
    let marked = |desk: &Desk| {
        let screen = desk.screen();
        screen.lines().position(|line| line.contains('▸')).unwrap()
    };
    mouse(&mut desk, MouseEventKind::Down(MouseButton::Left));
    assert_eq!(marked(&desk), row);
    mouse(&mut desk, MouseEventKind::ScrollDown);
    assert_eq!(marked(&desk), row + 1);
    mouse(&mut desk, MouseEventKind::Down(MouseButton::Left));
    desk.effects.clear();
    mouse(&mut desk, MouseEventKind::Down(MouseButton::Left));
    assert_eq!(desk.app.screen, Screen::Stage);
    assert!(matches!(desk.effects[..], [Effect::Send(Control::Restart(_))]));
}

#[test]
fn without_colours_the_verdict_is_a_sign_and_a_word() {
    let mut desk = explored(120, 32);
    desk.app.theme_name = ThemeName::Mono;
    assert!(desk.is_colourless());
    assert!(desk.screen().lines().next().unwrap().ends_with("✗ BUG"));
}

#[test]
fn no_size_is_too_small() {
    for columns in [1, 2, 5, 19, 39, 40, 59, 60, 71, 72, 110] {
        for rows in [1, 2, 5, 9, 10, 13, 14, 17, 18, 22, 28] {
            let mut desk = Desk::with(columns, rows, philosophers());
            desk.press("x");
            desk.screen();
            explore(&mut desk);
            for keys in ["", "L<Down>", "<Down><Down><Down>", "<Tab><Down>", "?"] {
                desk.press(keys);
                desk.screen();
            }
        }
    }
}
