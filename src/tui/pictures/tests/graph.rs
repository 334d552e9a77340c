//! Threads and objects.

use super::super::testing::{ENGLISH, Look, Run};
use crate::ids::ThreadId;
use crate::tui::theme::ThemeName;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

#[test]
fn a_net_of_waits() {
    let run = Run::of("philosophers/naive", "v1/M99.A.B");
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn three_in_a_circle() {
    let run = Run::of("philosophers/naive", "v1/M99.A.B.C");
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn two_in_a_circle() {
    let run = Run::of("deadlock/opposite", "v1/M99.A2.B2");
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn whoever_is_not_in_the_circle_stands_beside_it() {
    // As the pane is in windows of 120x32 and 80x24, and where there is no room for boxes.
    let words = "graph objects=noodles,fork threads=Ming,Hong,Gang";
    for (schedule, gang) in [("v1/M99.A2.B2", "C Gang waits for noodles"), ("v1/M3.A2.B2", "C Gang \u{25b8} ready")] {
        for size in [(50, 10), (78, 8), (50, 4)] {
            let run = Run::of("philosophers/noodles", schedule);
            let shown = run.picture(words, ENGLISH, size);
            assert!(shown.contains("A circle of waits"), "{shown}");
            assert!(shown.contains("Ming") || size.1 == 4, "{shown}");
            assert!(
                shown.contains(gang) || gang.contains("ready") && shown.contains("Gang"),
                "{size:?} {gang}\n{shown}"
            );
        }
    }
    insta::assert_snapshot!(Run::of("philosophers/noodles", "v1/M99.A2.B2").pictures(words));
}

#[test]
fn a_lock_says_how_many_times_it_was_taken() {
    let words = "graph objects=lock threads=payer";
    let run = Run::of("deadlock/rlock", "v1/M9.A2");
    insta::assert_snapshot!(run.pictures(words));
    let given_back = Run::of("deadlock/rlock", "v1/M9.A5").picture(words, ENGLISH, (60, 8));
    assert!(given_back.contains("A payer") && !given_back.contains("x2"), "{given_back}");
    // In a circle, and where that is a list.
    let text = "from threading import Lock, RLock, Thread\na = RLock()\nb = Lock()\n\n\ndef first():\n    with a, a, b:\n        \
                pass\n\n\ndef second():\n    with b, a:\n        pass\n\n\nThread(target=first).start()\n\
                Thread(target=second).start()\n";
    let run = Run::of_text(text, "v1/M9.A2.B");
    for size in [(60, 10), (60, 4)] {
        let shown = run.picture("graph", ENGLISH, size);
        assert!(shown.contains("a x2"), "{shown}");
    }
}

#[test]
fn one_waits_for_itself() {
    let run = Run::of("deadlock/self", "v1/M99.A");
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn a_circle_that_a_time_out_ends() {
    // While somebody else can run, time does not pass.
    let idle = "name=\"second\").start()\nThread(target=idle, name=\"idle\").start()";
    let changes = [("name=\"second\").start()", idle), ("def work", "def idle():\n    print(1)\n\n\ndef work")];
    let run = Run::of_changed("deadlock/timeout", &changes, "v1/M99.A.B");
    let small = run.picture("graph", ENGLISH, (50, 10));
    assert!(small.contains("A circle of waits, until a time-out"), "{small}");
}

#[test]
fn many_in_a_circle() {
    let changes = [("N = 3", "N = 40"), ("\"Hypatia\"]", "\"Hypatia\"] * 8")];
    let each: Vec<String> = (1..=40).map(|n| ThreadId(n).letter()).collect();
    let run = Run::of_changed("philosophers/naive", &changes, &format!("v1/M999.{}", each.join(".")));
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn a_circle_through_a_join() {
    let text = "\
from threading import Lock, Thread
lock = Lock()
def work():
    with lock:
        print('never')
worker = Thread(target=work, name='worker')
with lock:
    worker.start()
    worker.join()
";
    let run = Run::of_text(text, "v1/M99.A99");
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn semaphores_conditions_events_and_names_in_chinese() {
    let changes = [("car {number}", "红色轿车 {number}"), ("places", "车位")];
    let run = Run::of_changed("parking/semaphore", &changes, "v1/M99.A.B.C.D.E.G.F");
    insta::assert_snapshot!("a_semaphore", run.pictures("graph"));
    let run = Run::of("condition/correct", "v1/M99.A3.B3.C");
    insta::assert_snapshot!("a_condition", run.pictures("graph"));
    let run = Run::of("traffic/wait", "v1/M99.A.B");
    insta::assert_snapshot!("an_event", run.pictures("graph"));
}

#[test]
fn threads_and_values() {
    let run = Run::of("counter/race", "v1/M4.A2.B2");
    insta::assert_snapshot!(run.pictures("graph"));
}

#[test]
fn a_thousand_threads() {
    let text = "\
from threading import Lock, Thread
lock = Lock()
other = Lock()
def work():
    with lock:
        with other:
            pass
with other:
    for n in range(1000):
        Thread(target=work).start()
    lock.acquire()
";
    let run = Run::of_text(text, "v1/M1003.A.M");
    insta::assert_snapshot!(run.pictures("graph"));
    let run = Run::of_text(text, "v1/M1002.A");
    insta::assert_snapshot!("a_thousand_wait", run.pictures("graph"));
}

#[test]
fn going_back_is_the_picture_of_then() {
    let then = Run::of("philosophers/naive", "v1/M99.A").picture("graph", ENGLISH, (60, 12));
    let back = Run::of("philosophers/naive", "v1/M99.A.B.C").at(4).picture("graph", ENGLISH, (60, 12));
    assert_eq!(back, then);
}

#[test]
fn whoever_moved_is_emphasised_without_colours_too() {
    let run = Run::of("philosophers/naive", "v1/M99.A.B");
    for name in [ThemeName::Mono, ThemeName::Ansi] {
        let look = Look { theme: name, ..ENGLISH };
        let buffer = run.drawn(&run.asked, look, Rect::new(0, 0, 60, 14));
        let bold = |letter: &str| {
            let of_name = |cells: &[ratatui::buffer::Cell]| cells[0].symbol() == letter && cells[1].symbol() == " ";
            let found = buffer.content.windows(2).find(|cells| of_name(cells));
            found.is_some_and(|cells| cells[0].modifier.contains(Modifier::BOLD))
        };
        assert!(bold("B"), "{name:?}");
        // Where everybody is bold, the mark says it.
        let text = run.picture(&run.asked.to_string(), look, (60, 14));
        assert!(text.contains("▸( ) B Kant") && text.contains(" ( ) A Plato"), "{text}");
    }
}
