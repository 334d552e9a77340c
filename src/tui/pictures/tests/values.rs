//! Registers, accounts, buffers, lanes.

use super::super::testing::{ASCII, CHINESE, ENGLISH, Run};
use crate::ids::ThreadId;
use crate::tui::theme::ThemeName;
use insta::assert_snapshot;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

const SMALL: (u16, u16) = (40, 10);
/// As the pane is beside a program in a window of 120x32.
const LOW: (u16, u16) = (118, 5);
const LARGE: (u16, u16) = (100, 40);

/// The picture in all looks and sizes, one below the other.
fn all(run: &Run, picture: &str) -> String {
    let mut shown = String::new();
    for (name, look) in [("en", ENGLISH), ("zh safe", CHINESE), ("ascii", ASCII)] {
        for size in [SMALL, LOW, LARGE] {
            let (width, height) = size;
            writeln!(shown, "---- {name} {width}x{height}").unwrap();
            // What is left empty below is not worth its rows.
            writeln!(shown, "{}", run.picture(picture, look, size).trim_end()).unwrap();
        }
    }
    shown
}

const COUNTER: &str = "register value=n threads=Thread-*";
const PETERSON: &str = "register value=flag,turn,inside threads=Ada,Bob";
const TRANSFER: &str = "account accounts=alex,bella locks=self.lock*alex*,self.lock*bella* threads=to*";
const CONDITION: &str = "buffer boxes=buffer producers=producer* consumers=consumer*";

#[test]
fn registers() {
    // Three threads have read 3, one of them stores 2, another one stores over it.
    assert_snapshot!("register_before", all(&Run::of("counter/race", "v1/M4.A.B.C"), COUNTER));
    assert_snapshot!("register_old", all(&Run::of("counter/race", "v1/M4.A.B.B"), COUNTER));
    assert_snapshot!("register_lost", all(&Run::of("counter/race", "v1/M4.A.B.B.A"), COUNTER));
    assert_snapshot!("register_locked", all(&Run::of("counter/locked", "v1/M4.A.A"), COUNTER));
    assert_snapshot!("register_peterson", all(&Run::of("peterson/late", "v1/M3.A.B.A.B.A.B"), PETERSON));
}

#[test]
fn accounts() {
    assert_snapshot!("account_deadlock", all(&Run::of("deadlock/transfer", "v1/M2.A.B"), TRANSFER));
    assert_snapshot!("account_on_the_way", all(&Run::of("deadlock/transfer", "v1/M2.A4"), TRANSFER));
}

#[test]
fn buffers() {
    assert_snapshot!("buffer_condition", all(&Run::random("condition/correct", 3, 14), CONDITION));
    assert_snapshot!("buffer_waiting", all(&Run::random("condition/two-conditions", 5, 12), CONDITION));
    assert_snapshot!("buffer_semaphores", all(&Run::random("bounded-buffer/semaphores", 2, 9), "buffer"));
    assert_snapshot!("buffer_queue", all(&Run::of_text(QUEUE, "v1/M4"), "buffer"));
}

#[test]
fn lanes() {
    assert_snapshot!("lanes_hikers", all(&Run::of_text(HIKERS, "v1/M3.A.B"), "lanes"));
    assert_snapshot!("lanes_rendezvous", all(&Run::random("rendezvous/meet", 3, 5), "lanes"));
    let readers = "lanes gates=room,page lanes=reader*,writer";
    assert_snapshot!("lanes_readers", all(&Run::random("readers-writers/counted", 3, 14), readers));
    assert_snapshot!(
        "lanes_guests",
        all(&Run::random("condition/notify-n", 4, 22), "lanes gates=counter lanes=guest*")
    );
    assert_snapshot!("lanes_without_gates", all(&Run::random("counter/race", 4, 7), "lanes"));
}

const QUEUE: &str = "\
from queue import Queue
from threading import Thread

buns = Queue(maxsize=5)


def eat():
    buns.get()


for bun in ['plum', 'leek', 'pork']:
    buns.put(bun)
Thread(target=eat, name='guest').start()
";

const HIKERS: &str = "\
from threading import Barrier, Thread

hut = Barrier(3)
top = Barrier(3)


def hike():
    hut.wait()
    top.wait()


for name in ['Ada', 'Bob', 'Cem']:
    Thread(target=hike, name=name).start()
";

/// What a student is to see of a lost update, also when going back.
#[test]
fn a_lost_update_is_told_where_it_happens() {
    let run = Run::of("counter/race", "v1/M4.A.B.B.A");
    assert!(run.picture(COUNTER, ENGLISH, SMALL).contains("A never saw 2: what B stored is lost."));
    let run = run.at(7);
    let shown = run.picture(COUNTER, ENGLISH, SMALL);
    assert!(shown.contains("3 ! old") && !shown.contains("lost"), "{shown}");
    let shown = run.at(5).picture(COUNTER, ENGLISH, SMALL);
    assert!(!shown.contains("old"), "{shown}");
}

/// What the picture names has a place before the program has made it.
#[test]
fn what_does_not_exist_yet_has_an_empty_place() {
    let transfer = Run::of("deadlock/transfer", "v1/M").at(0);
    assert_snapshot!("account_at_first", all(&transfer, TRANSFER));
    let run = Run::of("condition/correct", "v1/M").at(0);
    assert_snapshot!("buffer_at_first", all(&run, CONDITION));
    // What is not named has none, and a pattern is no name.
    for picture in ["buffer", "buffer boxes=buf*"] {
        assert!(!run.picture(picture, ENGLISH, SMALL).contains("buf"));
    }
    // The others keep their places when one more comes.
    let text = "from threading import Thread\n\n\ndef work():\n    global a, b\n    a = b = 1\n\n\nb = 7\na = 5\n\
                Thread(target=work).start()\n";
    let run = Run::of_text(text, "v1/M1");
    let shown = run.picture("account accounts=a,b,c", ENGLISH, (80, 10));
    let first = shown.lines().next().unwrap();
    let at = |name: &str| first.find(name).unwrap();
    assert!(at(" a ") < at(" b ") && at(" b ") < at(" c ") && !shown.contains("in all"), "{shown}");
}

/// Asleep at a condition, asleep with the lock, blocked: three signs.
#[test]
fn a_sleeper_is_not_told_like_one_who_is_blocked() {
    let text = "from threading import Condition, Thread\nfrom time import sleep\nalex = 5\nenough = Condition()\n\n\n\
                def take():\n    global alex\n    with enough:\n        while alex < 10:\n            enough.wait()\n        \
                alex -= 10\n\n\ndef put():\n    global alex\n    with enough:\n        sleep(1)\n        alex += 10\n        \
                enough.notify()\n\n\nThread(target=take, name='take').start()\nThread(target=put, name='put').start()\n\
                Thread(target=put, name='more').start()\n";
    let sleeps = Run::of_text(text, "v1/M3.A3.B2");
    let shown = sleeps.picture("account accounts=alex locks=enough threads=take,put,more", ENGLISH, SMALL);
    assert!(shown.contains("held by B \u{263e} \u{25cc} A") && shown.contains("\u{263e} sleeping"), "{shown}");
    let run = Run::of_text(text, "v1/M4.A3.B");
    assert_snapshot!("account_monitor", all(&run, "account accounts=alex locks=enough threads=take,put,more"));
}

/// Of long values the middle goes; whose copy it is and that it is old stay.
#[test]
fn long_copies_are_cut_in_their_middle() {
    let text = "from threading import Thread\npage = 'It was a bright cold day in April, and the clocks were striking thirteen.'\n\
                readers = 0\n\n\ndef read():\n    global readers\n    readers = readers + 1\n    print(page)\n\n\n\
                def write():\n    global page\n    page = 'Call me Ishmael. Some years ago, never mind how long precisely, I went.'\n\n\n\
                Thread(target=read, name='reader 0').start()\nThread(target=write, name='writer').start()\n";
    let run = Run::of_text(text, "v1/M9.A3.B");
    let picture = "register value=page,readers threads=reader*,writer";
    assert_snapshot!("register_long", all(&run, picture));
    for (look, old) in [(ENGLISH, "old"), (CHINESE, "\u{8fc7}\u{671f}")] {
        for size in [SMALL, (50, 10), (78, 8), LARGE] {
            let shown = run.picture(picture, look, size);
            let row = shown.lines().find(|line| line.contains("page = ")).unwrap();
            let old = if size == SMALL { " ! " } else { old };
            assert!(row.contains(old) && row.contains("'I") && shown.contains("reader 0"), "{shown}");
        }
    }
    let gate = run.picture("lanes gates=page lanes=reader*,writer", ENGLISH, (60, 8));
    assert!(gate.contains("Call me") && gate.contains("long preci"), "{gate}");
}

#[test]
fn elements_and_entries_have_copies_and_balances_too() {
    let text = "from threading import Thread\nd = {'x': 5, 'y': 7}\n\n\ndef pay():\n    d['x'] -= 1\n    d['y'] += 1\n\n\n\
                Thread(target=pay).start()\nThread(target=pay).start()\n";
    let run = Run::of_text(text, "v1/M2.A2.B");
    let shown = run.picture("account", ENGLISH, SMALL);
    assert!(shown.contains(" x ") && shown.contains(" 4 ") && shown.contains("11 in all"), "{shown}");
    assert!(shown.contains("12 at first: 1 on the way"), "{shown}");
    let shown = run.picture("register", ENGLISH, (60, 12));
    assert!(shown.contains("d['x']") && shown.contains("d['x'] = 4"), "{shown}");
}

#[test]
fn hundreds_of_threads_leave_the_picture_whole() {
    let text = "from threading import Barrier, Thread\nN = 300\nn = N\ngate = Barrier(N)\n\n\ndef work():\n    global n\n    \
                n = n - 1\n    gate.wait()\n\n\nfor i in range(N):\n    Thread(target=work).start()\n";
    let last = ThreadId(250).letter();
    let run = Run::of_text(text, &format!("v1/M301.{last}"));
    for picture in ["register", "account", "lanes"] {
        for size in [SMALL, LOW, LARGE] {
            let shown = run.picture(picture, ENGLISH, size);
            assert!(
                shown.contains("more") && shown.contains(&format!("\u{25b8}{last}")),
                "{picture} {size:?}\n{shown}"
            );
        }
    }
}

#[test]
fn hundreds_of_items_are_counted() {
    let text = "from queue import Queue\nfrom threading import Thread\nq = Queue()\n\n\ndef work():\n    q.get()\n\n\n\
                Thread(target=work).start()\nfor i in range(400):\n    q.put(i)\n";
    let shown = Run::of_text(text, "v1/M401").picture("buffer", ENGLISH, SMALL);
    assert!(shown.contains("400 items") && shown.contains("+395"), "{shown}");
}

#[test]
fn what_moved_is_bold_and_nothing_has_a_colour_without_colours() {
    let pictures = [
        (Run::of("counter/race", "v1/M4.A.B.B"), COUNTER),
        (Run::of("deadlock/transfer", "v1/M2.A.B"), TRANSFER),
        (Run::random("condition/correct", 3, 14), CONDITION),
        (Run::of_text(HIKERS, "v1/M3.A.B"), "lanes"),
    ];
    for (run, picture) in &pictures {
        let picture = picture.parse().unwrap();
        let area = Rect::new(0, 0, 60, 12);
        for cell in &run.drawn(&picture, ENGLISH, area).content {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{cell:?}");
        }
        let look = super::super::testing::Look { theme: ThemeName::Ansi, ..ENGLISH };
        let coloured = run.drawn(&picture, look, area);
        let is_last = |cell: &&ratatui::buffer::Cell| cell.symbol() == "B" && cell.modifier.contains(Modifier::BOLD);
        let cells: Vec<_> = coloured.content.iter().filter(is_last).collect();
        assert!(cells.iter().all(|cell| cell.fg != Color::Reset), "{picture}: {cells:?}");
        assert!(!cells.is_empty() || picture.widget == crate::scenario::Widget::Buffer, "{picture}");
    }
}
