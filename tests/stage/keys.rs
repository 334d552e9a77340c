//! Keys and the mouse: what they change, and what they ask the session for.

use crate::tape::{cut, forgotten, philosophers};
use crate::{Desk, loaded};
use lockstep::event::{Alternative, Candidate};
use lockstep::ids::{Step, ThreadId};
use lockstep::session::{Breakpoint, Control, Pause, Stop, Update};
use lockstep::tui::screens::stage::{Pane, Stage, Status};
use lockstep::tui::{Effect, Msg, Screen};
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::sync::Arc;
use std::time::Duration;

fn stage(desk: &Desk) -> &Stage {
    desk.app.stage.as_ref().unwrap()
}

fn step(desk: &Desk) -> u32 {
    stage(desk).model().step.0
}

/// The philosophers after so many steps, nothing recorded after them.
fn after(steps: u32) -> Desk {
    let mut desk = Desk::with(120, 32, cut(&philosophers(), steps).0);
    desk.effects.clear();
    desk
}

/// All of the philosophers, looked at after so many steps.
fn past(steps: u32) -> Desk {
    let mut desk = Desk::with(120, 32, philosophers());
    desk.press("g");
    for _ in 0..steps {
        desk.press("l");
    }
    desk.effects.clear();
    desk
}

#[test]
fn the_top_line_tells_a_circle_from_a_wait_in_vain() {
    let circle = Desk::with(120, 32, philosophers());
    assert_eq!(stage(&circle).status(), Status::Deadlock);
    let in_vain = Desk::with(120, 32, forgotten());
    assert_eq!(stage(&in_vain).status(), Status::Stuck);
    assert!(in_vain.screen().lines().next().is_some_and(|line| line.contains("STUCK")));
}

fn click(desk: &mut Desk, column: u16, row: u16) {
    let kind = MouseEventKind::Down(MouseButton::Left);
    desk.send(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

/// Where this text stands on the screen.
fn find(desk: &Desk, text: &str) -> (u16, u16) {
    let screen = desk.screen();
    for (row, line) in screen.lines().enumerate() {
        if let Some(at) = line.find(text) {
            let column = unicode_width::UnicodeWidthStr::width(&line[..at]);
            return (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
        }
    }
    panic!("{text} is not on the screen:\n{screen}");
}

#[test]
fn opening_a_program_begins_a_session() {
    let desk = Desk::new(80, 24);
    assert!(matches!(desk.effects[..], [Effect::Begin(_)]));
    assert_eq!(desk.app.screen, Screen::Stage);
}

#[test]
fn a_step_along_the_tape_asks_nobody() {
    let mut desk = past(2);
    desk.press("l");
    assert_eq!(step(&desk), 3);
    assert!(desk.told().is_empty());
}

#[test]
fn a_step_at_the_end_of_the_tape_asks_the_session() {
    let mut desk = after(4);
    desk.press("<Right>");
    assert!(matches!(desk.told()[..], [Control::Run { from: Step(4), count: 1 }]));
    desk.steps(cut(&philosophers(), 4).1);
    assert_eq!(step(&desk), 6);
}

#[test]
fn the_recorded_choice_only_moves_the_cursor_and_another_one_forks_time() {
    let mut desk = past(3);
    desk.press("1");
    assert_eq!(step(&desk), 4);
    assert!(desk.told().is_empty());
    desk.press("3");
    let expected = Candidate { thread: ThreadId(3), alternative: Alternative::Go };
    match desk.told()[..] {
        [Control::Choose { from: Step(4), choice }] => assert_eq!(choice, expected),
        ref other => panic!("{other:?}"),
    }
    desk.send(Msg::Update(Update::Truncated { to: Step(4) }));
    assert_eq!(stage(&desk).history().last_step(), Step(4));
    assert_eq!(stage(&desk).finding_count(), 0);
}

#[test]
fn who_cannot_run_is_explained() {
    let mut desk = past(6);
    desk.press("1");
    assert!(desk.told().is_empty());
    assert!(desk.screen().contains("A cannot run now: it is blocked: B holds forks[1]."));
}

#[test]
fn a_thread_is_selected_and_run_with_enter() {
    let mut desk = after(3);
    desk.press("<Down><Down><Enter>");
    match desk.told()[..] {
        [Control::Choose { choice, .. }] => assert_eq!(choice, Candidate::go(ThreadId(2))),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn events_of_interest_are_found_on_the_tape_and_asked_for_beyond_it() {
    let mut desk = past(0);
    let mut seen = Vec::new();
    while step(&desk) < 6 {
        desk.press("<S-Right>");
        seen.push(step(&desk));
    }
    assert!(seen.len() < 6 || seen == [1, 2, 3, 4, 5, 6], "{seen:?}");
    desk.press("<S-Left>");
    assert_eq!(step(&desk), seen[seen.len() - 2]);
    let mut desk = after(4);
    desk.press("<S-Right>");
    assert!(matches!(desk.told()[..], [Control::Until { from: Step(4), stop: Stop::Interest(_) }]));
}

#[test]
fn the_next_line_of_the_selected_thread_is_asked_for() {
    let mut desk = after(4);
    desk.press("e");
    assert!(matches!(desk.told()[..], [Control::Until { from: Step(4), stop: Stop::Line(ThreadId(1)) }]));
    let mut desk = past(3);
    desk.press("<Down>e");
    assert_eq!(step(&desk), 4, "A comes to line 13 in step 4");
}

#[test]
fn playing_makes_steps_as_time_passes() {
    let mut desk = past(0);
    desk.press(" ");
    let start = step(&desk);
    assert!(desk.app.moves());
    assert!(desk.app.take_changed());
    desk.send(Msg::Tick(Duration::from_millis(10)));
    assert!(!desk.app.take_changed(), "no step is due after 10 ms");
    desk.send(Msg::Tick(Duration::from_millis(300)));
    assert!(desk.app.take_changed());
    assert_eq!(step(&desk), start + 1);
    desk.press(" ");
    assert!(!desk.app.moves());
    assert_eq!(stage(&desk).status(), Status::Past);
}

#[test]
fn playing_stops_at_a_recorded_breakpoint() {
    let mut desk = past(0);
    desk.press("b<Down><Enter>13<Enter>");
    assert!(matches!(&desk.told()[..], [Control::Breakpoints(all)] if all == &[Breakpoint::Line(13)]));
    desk.press("++++++++ ");
    desk.send(Msg::Tick(Duration::from_secs(5)));
    assert_eq!(step(&desk), 4);
    assert!(!desk.app.moves());
}

#[test]
fn running_to_the_end_is_stopped_by_space() {
    let mut desk = after(4);
    desk.press("G");
    assert!(matches!(desk.told()[..], [Control::Until { stop: Stop::End, .. }]));
    assert_eq!(stage(&desk).status(), Status::Running);
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Stop]));
    desk.send(Msg::Update(Update::Idle { at: Step(4), pause: Pause::Stopped }));
    assert_eq!(stage(&desk).status(), Status::Paused);
}

#[test]
fn a_line_of_input_is_asked_for_and_sent() {
    let mut desk = after(4);
    let asking = Update::AwaitingInput { at: Step(4), thread: ThreadId(0), prompt: "Name? ".into() };
    desk.send(Msg::Update(asking));
    assert!(desk.screen().contains("Name?"));
    desk.press("世界<Enter>");
    assert!(matches!(&desk.told()[..], [Control::Input { line: Some(line) }] if &**line == "世界"));
}

#[test]
fn a_run_to_the_end_goes_on_after_a_line_of_input() {
    let mut desk = after(4);
    desk.press("G");
    desk.told();
    desk.send(Msg::Update(Update::AwaitingInput { at: Step(4), thread: ThreadId(0), prompt: "Name? ".into() }));
    desk.send(Msg::Update(Update::Idle { at: Step(4), pause: Pause::Input }));
    desk.press("x<Enter>");
    let told = desk.told();
    assert!(matches!(told[..], [Control::Input { .. }, Control::Until { stop: Stop::End, .. }]), "{told:?}");
    assert_eq!(stage(&desk).status(), Status::Running);
}

#[test]
fn the_moment_is_copied_up_to_the_cursor() {
    let mut desk = past(5);
    desk.press("y");
    assert!(
        matches!(&desk.effects[..], [Effect::Copy(text)] if text == "philosophers/naive seed=7 v1/M3.A1.B1 @5"),
        "{:?}",
        desk.effects
    );
    assert!(desk.screen().contains("v1/M3.A1.B1"));
}

#[test]
fn a_search_goes_to_the_event() {
    let mut desk = past(0);
    desk.press("/forks[[1]<Enter>");
    desk.press("/");
    desk.press("<C-u>takes forks[1<Enter>");
    assert_eq!(step(&desk), 5);
    assert_eq!(stage(&desk).focus(), Pane::Events);
    desk.press("/<C-u>nothing like it<Enter>");
    assert_eq!(step(&desk), 5);
    assert!(desk.screen().contains("nothing like it"));
}

#[test]
fn another_seed_is_the_next_one() {
    let mut desk = after(4);
    desk.press("R");
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.seed == 8));
    desk.press("r");
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.seed == 7));
    let start = Arc::new(loaded("philosophers/naive").start);
    desk.send(Msg::Update(Update::Reset(start)));
    assert_eq!(step(&desk), 0);
}

#[test]
fn another_variant_is_opened() {
    let mut desk = after(4);
    desk.press("v<Down><Enter>");
    assert!(matches!(&desk.effects[..], [Effect::Open(request)] if request.target == "philosophers/ordered"));
}

#[test]
fn a_program_without_a_file_is_not_edited() {
    let mut desk = after(4);
    desk.press("E");
    assert!(desk.effects.is_empty());
    assert!(desk.screen().contains("no file to edit"));
}

#[test]
fn a_click_on_a_thread_steps_it() {
    let mut desk = after(3);
    let (column, row) = find(&desk, "Kant  ");
    click(&mut desk, column, row);
    assert!(matches!(&desk.told()[..], [Control::Choose { choice, .. }] if *choice == Candidate::go(ThreadId(2))));
}

#[test]
fn a_click_on_the_timeline_seeks() {
    let mut desk = past(6);
    let (column, row) = find(&desk, "▏");
    // Four columns for each step; the label's edge is one column before the first.
    click(&mut desk, column + 1 + 4 * 3 + 1, row);
    assert_eq!(step(&desk), 3);
    assert_eq!(stage(&desk).focus(), Pane::Timeline);
}

#[test]
fn a_click_in_the_footer_runs_the_key() {
    let mut desk = past(6);
    let (column, row) = find(&desk, "Back");
    click(&mut desk, column, row);
    assert_eq!(step(&desk), 5);
}

#[test]
fn a_click_on_a_tab_shows_it() {
    let mut desk = past(6);
    let (column, row) = find(&desk, "Findings 1");
    click(&mut desk, column, row);
    assert_eq!(stage(&desk).focus(), Pane::Findings);
    assert!(desk.screen().contains("Deadlock of 3 threads"));
}

#[test]
fn with_the_mouse_off_clicks_mean_nothing() {
    let mut desk = past(6);
    let place = find(&desk, "Back");
    desk.app.mouse = false;
    click(&mut desk, place.0, place.1);
    assert_eq!(step(&desk), 6);
}

#[test]
fn a_thousand_threads_scroll_and_the_stepped_one_stays_in_view() {
    use lockstep::event::{Event, EventKind, ThreadInfo, ThreadState};
    use lockstep::ids::{Nanos, Seq};
    let mut batch = lockstep::session::Batch::default();
    for id in 0..1000 {
        let info = ThreadInfo { name: format!("worker-{id}").into(), daemon: false, parent: None };
        for kind in [EventKind::Thread(Arc::new(info.clone())), EventKind::State(ThreadState::Ready)] {
            let seq = Seq(u32::try_from(batch.events.len()).unwrap());
            batch.events.push(Event { seq, step: Step(0), at: Nanos(0), thread: ThreadId(id), line: 5, kind });
        }
    }
    let mut desk = Desk::with(120, 32, batch);
    assert!(!desk.screen().contains("worker-777"));
    for _ in 0..777 {
        desk.press("<Down>");
    }
    assert!(desk.screen().contains("worker-777"));
}

#[test]
fn who_holds_what_is_read_beside_the_mark_that_there_are_more_threads() {
    use lockstep::event::{Action, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, ThreadInfo, ThreadState};
    use lockstep::ids::{Nanos, ObjectId, Seq};
    let mut batch = lockstep::session::Batch::default();
    let mut tell = |thread: u32, kind: EventKind| {
        let seq = Seq(u32::try_from(batch.events.len()).unwrap());
        batch.events.push(Event { seq, step: Step(0), at: Nanos(0), thread: ThreadId(thread), line: 5, kind });
    };
    tell(0, EventKind::Thread(Arc::new(ThreadInfo { name: "MainThread".into(), daemon: false, parent: None })));
    let state = ObjectState::Lock { owner: Some(ThreadId(0)), depth: 1 };
    let name = "a_lock_with_a_name_that_is_too_long_for_every_column_of_the_table";
    let (id, object) = (ObjectId(0), ObjectKind::Lock);
    tell(0, EventKind::Object(Arc::new(ObjectInfo { id, kind: object, name: name.into(), line: 1, state })));
    for id in 1..40 {
        let info = ThreadInfo { name: format!("worker-{id}").into(), daemon: false, parent: None };
        tell(id, EventKind::Thread(Arc::new(info)));
        tell(id, EventKind::Pending(Action::Acquire { object: ObjectId(0), blocking: true, timeout: None }));
        tell(id, EventKind::State(ThreadState::Blocked { on: ObjectId(0) }));
    }
    for size in [(80, 24), (120, 32), (40, 10)] {
        let mut desk = Desk::with(size.0, size.1, batch.clone());
        for _ in 0..20 {
            let screen = desk.screen();
            let rows = screen.lines().filter(|line| line.contains("✗ blocked"));
            let hidden: Vec<_> = rows.filter(|row| !row.contains("◂ M")).collect();
            assert!(hidden.is_empty(), "{hidden:?}\n{screen}");
            desk.press("<Down>");
        }
    }
}

#[test]
fn a_digit_for_a_thread_that_is_not_there_yet_is_answered() {
    let mut desk = past(0);
    desk.press("2");
    assert!(desk.told().is_empty());
    assert!(desk.screen().contains("Thread 2 (B) does not exist yet."), "{}", desk.screen());
    desk.press("L2");
    assert!(desk.screen().contains("线程 2（B）还不存在。"), "{}", desk.screen());
    let mut desk = past(6);
    desk.press("9");
    assert!(desk.screen().contains("There is no thread 9 (I) in this run."), "{}", desk.screen());
}

#[test]
fn steps_typed_faster_than_the_session_answers_are_made_one_after_the_other() {
    let (first, second) = cut(&cut(&philosophers(), 2).0, 1);
    let mut desk = Desk::with(120, 32, first);
    desk.told();
    desk.press("000");
    assert_eq!(desk.told().len(), 1, "one question at a time");
    desk.steps(second);
    assert!(matches!(&desk.told()[..], [Control::Choose { from: Step(2), .. }]), "the second one from there on");
}

#[test]
fn a_failed_session_says_so_and_the_run_can_be_started_again() {
    let mut desk = after(4);
    desk.press("G");
    assert!(desk.screen().contains("RUNNING"));
    desk.send(Msg::Update(Update::Failed("step 7".into())));
    desk.send(Msg::SessionGone);
    desk.press("<Esc>");
    for keys in ["G", "<Right>", " ", "1"] {
        desk.told();
        desk.press(keys);
        assert!(desk.told().is_empty(), "{keys}: nobody is there to be asked");
        assert!(!desk.screen().contains("RUNNING") && !desk.screen().contains("PLAYING"), "{keys}");
        assert!(desk.screen().contains("has lost this run"), "{keys}:\n{}", desk.screen());
    }
    desk.press("r");
    assert!(matches!(&desk.effects[..], [Effect::Begin(_)]));
    assert_eq!(step(&desk), 0);
}

#[test]
fn the_ends_of_long_lines_can_be_seen() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.press("g");
    let before = desk.screen();
    desk.press("]");
    assert!(desk.screen().contains("…d(target=philosophe"), "{}", desk.screen());
    desk.press("[[");
    assert_eq!(desk.screen(), before);
}

#[test]
fn playing_stops_where_something_goes_wrong_and_shows_what() {
    let mut desk = past(0);
    desk.press(" ");
    for _ in 0..12 {
        desk.send(Msg::Tick(Duration::from_secs(1)));
    }
    assert!(!stage(&desk).is_playing());
    assert_eq!(step(&desk), 6);
    assert!(desk.screen().contains("Deadlock of 3 threads"), "{}", desk.screen());
    desk.press("<Right>");
    assert!(desk.screen().contains("Left steps back out of it"), "{}", desk.screen());
    desk.press("<Left>");
    assert_eq!(step(&desk), 5);
}
