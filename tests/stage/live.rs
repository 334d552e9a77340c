//! Real threads on the stage. What they did is made by hand: nothing here depends on time.

use crate::Desk;
use crate::tape::{cut, gil, gil_before_a_fork, philosophers, real_deadlock, real_wait};
use insta::assert_snapshot;
use lockstep::event::{Choice, End, Event, EventKind, ThreadState};
use lockstep::ids::{ObjectId, Step, ThreadId};
use lockstep::session::{Batch, Breakpoint, Control, LiveOptions, Pause, Stop, Update};
use lockstep::source::Source;
use lockstep::tui::screens::stage::{Stage, Status, World};
use lockstep::tui::{App, Effect, Msg, Screen, Watched};
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::sync::Arc;
use std::time::Duration;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 32)];

fn stage(desk: &Desk) -> &Stage {
    desk.app.stage.as_ref().unwrap()
}

fn step(desk: &Desk) -> u32 {
    stage(desk).model().step.0
}

fn idle(desk: &mut Desk, at: u32, pause: Pause) {
    desk.send(Msg::Update(Update::Idle { at: Step(at), pause }));
}

/// Held before the first operation, as a run begins.
fn begun(columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::live(columns, rows);
    desk.more(cut(&real_deadlock(), 0).0);
    idle(&mut desk, 0, Pause::Done);
    desk
}

/// So many steps of the deadlock are recorded, and the threads run on.
fn at_large(steps: u32) -> Desk {
    let mut desk = begun(120, 32);
    desk.press(" ");
    let after = cut(&real_deadlock(), steps).0;
    desk.more(cut(&after, 0).1);
    desk.effects.clear();
    desk
}

/// They hang.
fn hanging(columns: u16, rows: u16) -> Desk {
    let mut desk = begun(columns, rows);
    desk.press(" ");
    desk.more(cut(&real_deadlock(), 0).1);
    idle(&mut desk, 4, Pause::Ended(End::Deadlock));
    desk
}

/// The screen in both languages.
fn both(name: &str, columns: u16, rows: u16, desk: &mut Desk) {
    assert_snapshot!(format!("{name}_en_{columns}x{rows}"), desk.screen());
    desk.press("L");
    assert_snapshot!(format!("{name}_zh_{columns}x{rows}"), desk.screen());
}

#[test]
fn the_worlds_are_chosen_from_a_menu() {
    for (columns, rows) in SIZES {
        let mut desk = Desk::with(columns, rows, cut(&philosophers(), 4).0);
        desk.press("w");
        assert_snapshot!(format!("world_menu_en_{columns}x{rows}"), desk.screen());
        desk.press("<Esc>Lw");
        assert_snapshot!(format!("world_menu_zh_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn another_world_is_another_start_of_the_same_program() {
    let mut desk = Desk::with(120, 32, cut(&philosophers(), 4).0);
    for (keys, wanted) in [("w<Down><Enter>", Some(false)), ("w<Down><Down><Enter>", Some(true))] {
        desk.press(keys);
        let told = desk.told();
        let [Control::Restart(start)] = &told[..] else { panic!("{told:?}") };
        assert_eq!(start.live.as_ref().map(|live| live.show_gil), wanted);
        assert!(start.live.as_ref().is_some_and(|live| live.paused && live.pace == Duration::from_millis(500)));
        assert_eq!(start.seed, 7);
    }
    let mut desk = begun(120, 32);
    assert_eq!(stage(&desk).world(), World::Threads);
    desk.press("w<Up><Enter>");
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.live.is_none()));
}

#[test]
fn lines_to_stop_at_and_the_arrangement_of_panes_outlast_a_change_of_world() {
    let mut desk = Desk::with(120, 32, cut(&philosophers(), 4).0);
    desk.press("b<Down><Enter>13<Enter><Tab><Tab>w<Down><Enter>");
    let focus = stage(&desk).focus();
    let told = desk.told();
    let Some(Control::Restart(start)) = told.last() else { panic!("{told:?}") };
    desk.send(Msg::Update(Update::Reset(Arc::new((**start).clone()))));
    assert!(matches!(&desk.told()[..], [Control::Breakpoints(all)] if all == &[Breakpoint::Line(13)]));
    assert_eq!((stage(&desk).focus(), stage(&desk).world()), (focus, World::Threads));
    assert!(stage(&desk).breaks().has_line(13));
}

#[test]
fn a_run_of_real_threads_begins_held_up() {
    for (columns, rows) in SIZES {
        let mut desk = begun(columns, rows);
        assert_eq!(stage(&desk).status(), Status::Paused);
        both("live_begun", columns, rows, &mut desk);
    }
}

#[test]
fn the_top_line_says_how_real_threads_run() {
    for (columns, rows) in SIZES {
        let mut desk = begun(columns, rows);
        desk.press("+ ");
        desk.more(cut(&cut(&real_wait(), 5).0, 0).1);
        assert_eq!(stage(&desk).status(), Status::Playing);
        both("live_playing", columns, rows, &mut desk);
    }
}

#[test]
fn where_a_program_runs_is_said_also_where_there_is_little_room() {
    for keys in ["", "<Left>", "<Home>"] {
        let mut desk = hanging(80, 24);
        desk.press(keys);
        let screen = desk.screen();
        let top = screen.lines().next().unwrap_or_default();
        assert!(top.contains("real threads") && top.contains("step "), "{keys}: {top}");
    }
}

#[test]
fn space_opens_and_closes_the_gate() {
    let mut desk = begun(120, 32);
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Run { count: u32::MAX, .. }]));
    assert!(!desk.app.moves(), "the threads wake the interface, no clock has to");
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Stop]));
    assert_eq!(stage(&desk).status(), Status::Paused);
    // Before the last one has come to the gate it is opened again.
    desk.press(" ");
    idle(&mut desk, 0, Pause::Stopped);
    assert_eq!(stage(&desk).status(), Status::Playing);
    desk.press(" ");
    desk.told();
    idle(&mut desk, 0, Pause::Stopped);
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Run { count: u32::MAX, .. }]));
}

#[test]
fn plus_and_minus_change_the_pace() {
    let mut desk = at_large(2);
    desk.press("+");
    assert!(matches!(desk.told()[..], [Control::Pace(pace)] if pace == Duration::from_millis(200)));
    assert!(desk.screen().contains("pace 0.2 s"));
    desk.press("++++++++");
    assert!(matches!(desk.told().last(), Some(Control::Pace(Duration::ZERO))));
    assert!(desk.screen().contains("full speed"));
    assert!(desk.screen().contains("as long as it takes now."));
    desk.press("<Tab> ");
    idle(&mut desk, 2, Pause::Stopped);
    desk.press(" ");
    assert!(desk.screen().contains("The threads run."), "too fast to be told one by one:\n{}", desk.screen());
    desk.press(" ");
    idle(&mut desk, 2, Pause::Stopped);
    assert!(desk.screen().contains("M starts B"), "{}", desk.screen());
}

#[test]
fn looking_back_stops_nobody() {
    let mut desk = at_large(2);
    desk.press("<Left>");
    assert_eq!((step(&desk), stage(&desk).status()), (1, Status::Past));
    desk.more(cut(&real_deadlock(), 2).1);
    assert!(desk.told().is_empty());
    assert_eq!((step(&desk), stage(&desk).history().last_step()), (1, Step(4)));
    desk.press("<Right>");
    assert_eq!(step(&desk), 2);
    for keys in ["G", "f<Left>f", "<End>"] {
        desk.press("<Home>");
        assert_eq!(step(&desk), 0);
        desk.press(keys);
        assert_eq!(step(&desk), 4, "{keys}");
    }
    assert!(desk.told().is_empty());
}

#[test]
fn a_step_lets_one_operation_through_whoever_comes_first() {
    let mut desk = begun(120, 32);
    desk.press("l");
    assert!(matches!(desk.told()[..], [Control::Run { from: Step(0), count: 1 }]));
    assert!(desk.screen().contains("whichever thread comes first"));
    desk.more(cut(&cut(&real_deadlock(), 1).0, 0).1);
    idle(&mut desk, 1, Pause::Done);
    assert!(desk.screen().contains("M starts A"), "{}", desk.screen());
    // Whoever comes to wait has made no step.
    let mut desk = begun(120, 32);
    desk.more(cut(&cut(&real_deadlock(), 3).0, 0).1);
    idle(&mut desk, 3, Pause::Done);
    desk.press("l");
    let waits = |event: &Event| matches!(event.kind, EventKind::State(ThreadState::Blocked { .. }));
    let mut blocked = real_wait().events.into_iter().find(waits).unwrap();
    (blocked.step, blocked.kind) = (Step(3), EventKind::State(ThreadState::Blocked { on: ObjectId(0) }));
    desk.more(Batch { events: vec![blocked], choices: Vec::new() });
    assert!(desk.screen().contains("B wants forks[0], but A has held it"), "{}", desk.screen());
    desk.told();
    // While they run, it holds them up first.
    desk.press(" l");
    let told = desk.told();
    assert!(matches!(told[..], [Control::Run { .. }, Control::Stop, Control::Run { count: 1, .. }]), "{told:?}");
}

#[test]
fn the_next_line_and_the_next_event_let_the_threads_run_until_then() {
    let mut desk = begun(120, 32);
    desk.press("e");
    assert!(matches!(desk.told()[..], [Control::Until { stop: Stop::Line(ThreadId(0)), .. }]));
    assert_eq!(stage(&desk).status(), Status::Playing);
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Stop]));
    idle(&mut desk, 0, Pause::Stopped);
    desk.press("<S-Right>");
    assert!(matches!(desk.told()[..], [Control::Until { stop: Stop::Interest(_), .. }]));
}

#[test]
fn what_is_the_simulators_is_declined_with_a_sentence() {
    let cases = [
        ("1", "Real threads choose for themselves.", "真实线程自己决定谁先走。"),
        ("<Enter>", "Real threads choose for themselves.", "真实线程自己决定谁先走。"),
        ("s", "scheduled by the operating system.", "真实线程由操作系统调度。"),
        ("a", "interrupted wherever it happens.", "真实线程随时可能被打断。"),
        ("R", "no seed among real threads", "真实线程没有种子可换"),
    ];
    for (keys, english, chinese) in cases {
        let mut desk = at_large(2);
        desk.press(keys);
        assert!(desk.screen().contains(english), "{keys}:\n{}", desk.screen());
        assert!(desk.screen().contains("Press w for the simulator"), "{keys}");
        desk.press("L");
        desk.press(keys);
        assert!(desk.screen().contains(chinese), "{keys}:\n{}", desk.screen());
        assert!(desk.effects.is_empty() && desk.app.overlays.is_empty(), "{keys}");
    }
    let mut desk = at_large(2);
    desk.press("1");
    both("live_declined", 120, 32, &mut desk);
}

#[test]
fn keys_meant_for_a_new_run_do_not_reach_the_old_one() {
    let mut desk = at_large(2);
    desk.press(" ");
    idle(&mut desk, 2, Pause::Stopped);
    desk.press("r");
    let told = desk.told();
    let Some(Control::Restart(start)) = told.last() else { panic!("{told:?}") };
    desk.press(" l");
    assert!(desk.told().is_empty());
    desk.send(Msg::Update(Update::Reset(Arc::new((**start).clone()))));
    assert_eq!(stage(&desk).status(), Status::Paused);
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Run { count: u32::MAX, .. }]));
}

#[test]
fn a_click_on_a_thread_selects_it_and_says_that_it_chooses_for_itself() {
    let mut desk = at_large(2);
    let row = desk.screen().lines().position(|line| line.contains("B Kant")).unwrap();
    let kind = MouseEventKind::Down(MouseButton::Left);
    let row = u16::try_from(row).unwrap();
    desk.send(Msg::Mouse(MouseEvent { kind, column: 60, row, modifiers: KeyModifiers::NONE }));
    assert_eq!(stage(&desk).thread(), ThreadId(2));
    assert!(desk.screen().contains("choose for themselves") && desk.effects.is_empty());
}

#[test]
fn an_answer_to_a_key_gives_way_to_what_the_threads_do() {
    let mut desk = begun(120, 32);
    desk.press(" 1");
    let mut rest = cut(&real_wait(), 0).1;
    for step in 1..=7 {
        let (next, later) = split(&rest, step);
        desk.more(next);
        rest = later;
        assert_eq!(desk.screen().contains("choose for themselves"), step < 6, "{step}:\n{}", desk.screen());
    }
}

/// The first step of a batch, and the rest.
fn split(batch: &Batch, step: u32) -> (Batch, Batch) {
    let at = batch.events.partition_point(|event| event.step.0 <= step);
    let part = |events: &[Event], choices: &[Choice]| Batch { events: events.to_vec(), choices: choices.to_vec() };
    (part(&batch.events[..at], &batch.choices[..1]), part(&batch.events[at..], &batch.choices[1..]))
}

#[test]
fn what_went_wrong_is_shown_also_when_the_step_was_known_before() {
    let mut desk = at_large(3);
    let (first, mut last) = split(&cut(&real_deadlock(), 3).1, 4);
    let (begun, rest) = first.events.split_at(1);
    desk.more(Batch { events: begun.to_vec(), choices: first.choices });
    last.events.splice(0..0, rest.iter().cloned());
    desk.more(last);
    assert!(desk.screen().contains("Deadlock of 2 threads"), "{}", desk.screen());
}

#[test]
fn a_deadlock_of_real_threads_is_named_and_can_be_left() {
    for (columns, rows) in SIZES {
        let mut desk = hanging(columns, rows);
        assert_eq!(stage(&desk).status(), Status::Hangs);
        both("live_hangs", columns, rows, &mut desk);
    }
    let mut desk = hanging(120, 32);
    for keys in [" ", "l", "G"] {
        desk.press(keys);
        assert!(desk.screen().contains("The threads hang."), "{keys}");
    }
    desk.told();
    desk.press("r");
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.live.is_some()));
    desk.press("+r");
    let told = desk.told();
    let Some(Control::Restart(start)) = told.last() else { panic!("{told:?}") };
    let pace = start.live.as_ref().map(|live| live.pace);
    assert_eq!(pace, Some(Duration::from_millis(200)), "the pace stays");
    desk.press("q");
    assert!(matches!(desk.told()[..], [Control::Quit]), "hanging threads do not outlast the stage");
    assert_eq!(desk.app.screen, Screen::Gallery);
}

#[test]
fn the_recording_is_played_at_the_pace_and_goes_over_into_the_run() {
    let mut desk = at_large(3);
    desk.press(" ");
    idle(&mut desk, 3, Pause::Stopped);
    desk.told();
    desk.press("g ");
    assert_eq!(step(&desk), 1);
    assert!(desk.app.moves());
    desk.send(Msg::Tick(Duration::from_millis(400)));
    assert_eq!(step(&desk), 1);
    desk.send(Msg::Tick(Duration::from_millis(200)));
    assert_eq!(step(&desk), 2);
    assert!(desk.told().is_empty());
    desk.send(Msg::Tick(Duration::from_secs(1)));
    assert_eq!(step(&desk), 3);
    desk.send(Msg::Tick(Duration::from_secs(1)));
    assert!(matches!(desk.told()[..], [Control::Run { count: u32::MAX, .. }]));
    assert_eq!((stage(&desk).status(), desk.app.moves()), (Status::Playing, false));
}

#[test]
fn waits_have_taken_time_and_others_have_come_to_something_meanwhile() {
    let mut desk = begun(120, 32);
    desk.press(" ");
    desk.more(cut(&real_wait(), 0).1);
    assert!(desk.screen().contains("B takes forks[1]. B has waited 0.036 s for that."), "{}", desk.screen());
    desk.press("<Left><Left><Left>");
    let told = "A takes forks[1]. Next B wants forks[1], but A has held it since line 13: B is blocked.";
    assert!(desk.screen().contains(told), "{}", desk.screen());
}

#[test]
fn the_lock_of_the_interpreter_is_called_by_its_name() {
    let mut desk = Desk::live(120, 32);
    desk.press(" ");
    desk.more(gil());
    assert!(desk.screen().contains("M takes the GIL. A waits for the GIL, which M has."), "{}", desk.screen());
    desk.press("L");
    assert!(desk.screen().contains("M 拿到了 GIL。A 在等 GIL，它在 M 手里。"), "{}", desk.screen());
}

#[test]
fn what_to_press_is_said_until_it_is_pressed_though_the_lock_of_the_interpreter_is_passed_on() {
    let mut desk = Desk::live(120, 32);
    desk.more(gil());
    idle(&mut desk, 1, Pause::Done);
    assert!(desk.screen().contains("held before their first operation"), "{}", desk.screen());
    desk.press(" ");
    desk.more(cut(&real_deadlock(), 1).1);
    assert!(!desk.screen().contains("held before their first operation"), "{}", desk.screen());
}

#[test]
fn who_waits_for_the_lock_of_the_interpreter_does_not_seem_to_wait_for_what_comes_after_it() {
    let mut desk = Desk::live(120, 32);
    desk.press(" ");
    desk.more(gil_before_a_fork());
    let screen = desk.screen();
    let row = screen.lines().find(|line| line.contains("blocked")).unwrap();
    assert!(row.contains("acquire the GIL ◂ M") && !row.contains("forks[0]"), "{row}");
}

#[test]
fn the_schedule_is_the_one_that_the_simulator_can_follow() {
    let mut desk = begun(120, 32);
    desk.more(cut(&real_deadlock(), 0).1);
    // The end of the run is noted.
    desk.effects.retain(|effect| !matches!(effect, Effect::Keep(_)));
    desk.press("y");
    assert!(
        matches!(&desk.effects[..], [Effect::Copy(text)] if text == "philosophers/naive seed=7 v1/M2.A1.B1 @4"),
        "{:?}",
        desk.effects
    );
    assert!(desk.screen().contains("makes the same steps in the simulator"));
}

#[test]
fn a_line_of_input_stops_only_who_wants_it() {
    let mut desk = at_large(2);
    let asking = Update::AwaitingInput { at: Step(2), thread: ThreadId(0), prompt: "Name? ".into() };
    desk.send(Msg::Update(asking));
    assert!(desk.screen().contains("Name?"));
    desk.press("x<Enter>");
    assert!(matches!(&desk.told()[..], [Control::Input { line: Some(line) }] if &**line == "x"));
    assert_eq!(stage(&desk).status(), Status::Playing);
}

#[test]
fn a_changed_program_stays_in_its_world() {
    let mut desk = begun(120, 32);
    desk.send(Msg::Opened(Box::new(crate::loaded("philosophers/ordered"))));
    assert!(matches!(&desk.effects[..], [Effect::Begin(start)] if start.live.as_ref().is_some_and(|live| live.paused)));
    assert_eq!(stage(&desk).world(), World::Threads);
}

/// This has happened in a program that is none of ours, and its threads run on.
fn watched(batch: Batch) -> Desk {
    let mut app = App::new((80, 24));
    let source = Source::new("philosophers.rs", "fn main() {\n    let fork = Mutex::new(());\n}\n");
    app.stage = Some(Stage::watching(Watched {
        title: "philosophers.rs".into(),
        source: Arc::new(source),
        tokens: Vec::new(),
        picture: None,
        pace: Duration::ZERO,
        paused: false,
    }));
    app.screen = Screen::Stage;
    let mut desk = Desk { app, effects: Vec::new() };
    desk.more(batch);
    desk
}

#[test]
fn a_run_of_another_program_can_be_watched_and_held_up_but_not_changed() {
    let mut desk = watched(real_wait());
    assert_eq!((step(&desk), stage(&desk).status()), (7, Status::Playing));
    for keys in ["r", "R", "v", "w", "E", "o", "y"] {
        desk.press(keys);
        assert!(desk.screen().contains("This run belongs to a program of its own"), "{keys}");
        assert!(desk.effects.is_empty() && desk.app.overlays.is_empty(), "{keys}");
    }
    desk.press("- ");
    let told = desk.told();
    assert!(matches!(told[..], [Control::Pace(_), Control::Stop]), "{told:?}");
    idle(&mut desk, 7, Pause::Stopped);
    desk.press("<Left>");
    assert_snapshot!("watched_80x24", desk.screen());
    desk.press("q");
    assert!(matches!(desk.effects[..], [Effect::Quit]), "there is nothing else to go to");
}

#[test]
fn when_another_program_hangs_only_leaving_ends_it() {
    let mut desk = watched(real_deadlock());
    idle(&mut desk, 4, Pause::Ended(End::Deadlock));
    assert!(desk.screen().contains("they really hang now. Esc ends them."), "{}", desk.screen());
    desk.press(" ");
    assert!(desk.screen().contains("Esc ends them"), "{}", desk.screen());
    assert!(desk.effects.is_empty());
}

#[test]
fn options_that_let_threads_run_at_once_are_followed() {
    let mut desk = Desk { app: App::new((120, 32)), effects: Vec::new() };
    let mut loaded = crate::loaded("philosophers/naive");
    loaded.start.live = Some(LiveOptions { pace: Duration::from_millis(30), ..LiveOptions::default() });
    desk.send(Msg::Opened(Box::new(loaded)));
    assert_eq!(stage(&desk).status(), Status::Playing);
    assert!(desk.screen().contains("pace 0.03 s"), "{}", desk.screen());
}
