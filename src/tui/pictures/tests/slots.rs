//! A car park.

use super::super::testing::{ENGLISH, Run};
use crate::ids::{ObjectId, Step, ThreadId};

#[test]
fn five_inside_and_two_wait() {
    let run = Run::of("parking/semaphore", "v1/M99.A.B.C.D.E.G.F");
    insta::assert_snapshot!(run.pictures("slots"));
}

#[test]
fn a_car_keeps_its_place() {
    let run = Run::of("parking/semaphore", "v1/M99.A9.B9.C9.D9.E9.G.F.A9.C9.F9");
    insta::assert_snapshot!(run.pictures("slots"));
}

#[test]
fn six_cars_in_five_places() {
    let run = Run::of("parking/unbounded-bug", "v1/M99.A.B3.C3.D3.E3.F3.G3");
    insta::assert_snapshot!(run.pictures("slots places=places inside=parked cars=car*"));
}

#[test]
fn the_semaphore_believes_in_a_place_more() {
    let run = Run::of("parking/bounded", "v1/M99.B.C.A3");
    insta::assert_snapshot!(run.pictures("slots cars=car*"));
}

#[test]
fn one_drives_on() {
    let changes = [("f\"car {number}\"", "f\"汽车 {number}\"")];
    let run = Run::of_changed("parking/try", &changes, "v1/M99.A.B.C.D.E.F99.G");
    insta::assert_snapshot!(run.pictures("slots"));
}

#[test]
fn more_places_than_can_be_drawn() {
    let changes = [("PLACES = 5", "PLACES = 300"), ("CARS = 7", "CARS = 60")];
    let run = Run::of_changed("parking/semaphore", &changes, "v1/M999.A.B.C.D.E.F.G");
    insta::assert_snapshot!(run.pictures("slots"));
}

/// One takes, another gives back: what the taker has is not certain any more, and when it is over it has nothing.
#[test]
fn a_permit_that_somebody_else_gives_back_is_nobodys() {
    let text = "from threading import Semaphore, Thread\nplaces = Semaphore(2)\n\n\ndef take():\n    places.acquire()\n    \
                print('in')\n\n\ndef give():\n    places.release()\n\n\nThread(target=take, name='car 0').start()\n\
                Thread(target=take, name='car 1').start()\nThread(target=give, name='guard').start()\n";
    let run = Run::of_text(text, "v1/M3.A.B.C");
    insta::assert_snapshot!(run.pictures("slots cars=car*"));
    let holds =
        |run: &Run| -> Vec<usize> { run.history.model().threads.iter().map(|thread| thread.holds.len()).collect() };
    assert_eq!(holds(&run), [0, 0, 0, 0]);
    assert_eq!(holds(&run.at(5)), [0, 1, 1, 0]);
    // The first car drives away without giving back: it is the one for which the guard did.
    let shown = Run::of_text(text, "v1/M3.A.B.C.A").picture("slots cars=car*", ENGLISH, (60, 8));
    assert!(shown.contains("1 of 2 free") && !shown.contains("given back"), "{shown}");
    // Without the guard it still stands there, and it is seen that it is over.
    let shown = Run::of_text(text, "v1/M3.A2").picture("slots cars=car*", ENGLISH, (60, 8));
    assert!(shown.contains("\u{2713} A car 0") && shown.contains("1 of 2 free"), "{shown}");
}

#[test]
fn a_car_that_has_come_to_a_bad_end_is_marked() {
    let text = "from threading import Semaphore, Thread\nplaces = Semaphore(2)\n\n\ndef take(n):\n    places.acquire()\n    \
                print(1 / n)\n\n\ndef crash():\n    print(1 / 0)\n\n\nfor n in range(2):\n    \
                Thread(target=take, args=(n,), name=f'car {n}').start()\nThread(target=crash, name='car 2').start()\n";
    insta::assert_snapshot!(Run::of_text(text, "v1/M3.A9.B.C9").pictures("slots cars=car*"));
}

/// A semaphore that began with nothing tells that something happened: nobody has it.
#[test]
fn a_signal_is_used_up() {
    let run = Run::of("rendezvous/meet", "v1/M9.A2.B9");
    assert!(run.history.model().threads.iter().all(|thread| thread.holds.is_empty()));
    let row = |run: &Run, object: u32| {
        let timeline = run.history.timeline();
        timeline.holder_row(ObjectId(object), Step(0)..Step(timeline.len()), 20)
    };
    assert!((0..2).all(|object| row(&run, object).iter().all(Option::is_none)));
    // A free place of a buffer is the producer's until the consumer gives it back, again and again.
    let run = Run::random("bounded-buffer/semaphores", 2, 60);
    let free = run.history.model().objects().find(|object| &*object.name == "free").unwrap().id;
    let letters: String =
        row(&run, free.0).iter().map(|holder| holder.map_or(" ".to_owned(), ThreadId::letter)).collect();
    insta::assert_snapshot!(letters);
}
