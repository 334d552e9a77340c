//! Seats around a table.

use super::super::testing::{ENGLISH, Run};
use std::fmt::Write;

#[test]
fn everybody_has_one_fork() {
    let run = Run::of("philosophers/naive", "v1/M99.A.B.C");
    insta::assert_snapshot!(run.pictures("ring forks=forks*"));
}

#[test]
fn one_eats() {
    let run = Run::of("philosophers/naive", "v1/M99.A2");
    insta::assert_snapshot!(run.pictures("ring"));
}

#[test]
fn nobody_has_come_yet() {
    let run = Run::of("philosophers/naive", "v1/M1");
    insta::assert_snapshot!(run.pictures("ring"));
}

#[test]
fn a_waiter_in_the_middle() {
    let run = Run::of("philosophers/waiter", "v1/M99.A.B.A.C");
    insta::assert_snapshot!(run.pictures("ring forks=forks* middle=waiter"));
}

#[test]
fn a_list_of_who_eats() {
    let run = Run::of("philosophers/condition", "v1/M99.A5.B2");
    insta::assert_snapshot!(run.pictures("ring state=eating middle=table"));
}

#[test]
fn a_bowl_and_a_fork_for_three() {
    let run = Run::of("philosophers/noodles", "v1/M99.A2.B2.C");
    insta::assert_snapshot!(run.pictures("ring seats=Ming,Hong,Gang forks=noodles,fork"));
    let run = Run::of("philosophers/noodles", "v1/M99.A3");
    insta::assert_snapshot!("one_has_the_bowl_and_the_fork", run.pictures("ring seats=Ming,Hong,Gang"));
}

#[test]
fn a_seat_belongs_to_whoever_is_named() {
    let run = Run::of("philosophers/noodles", "v1/M1");
    insta::assert_snapshot!(run.pictures("ring seats=Ming,Hong,Gang"));
    // The others come first, and nobody sits down in their place.
    let run = Run::of("philosophers/noodles", "v1/M99");
    let shown = run.picture("ring seats=Nobody,Gang,Ming", ENGLISH, (60, 10));
    assert!(shown.contains("( ) Nobody") && shown.contains("C Gang") && shown.contains("A Ming"), "{shown}");
    let list = run.picture("ring seats=Nobody,Gang,Ming", ENGLISH, (60, 3));
    assert!(list.contains("( ) Nobody"), "{list}");
}

/// In a small window, too: between the seats, or in the list.
#[test]
fn what_nobody_has_is_seen_at_every_size() {
    let runs = [
        ("philosophers/naive", "ring", ["v1/M99", "v1/M99.A", "v1/M99.A.B"]),
        ("philosophers/noodles", "ring seats=Ming,Hong,Gang forks=noodles,fork", ["v1/M99", "v1/M99.A", "v1/M99.A2"]),
    ];
    let mut hidden = String::new();
    for n in [2, 3, 4, 5, 6, 8, 12, 14] {
        for (target, picture, schedules) in &runs {
            for schedule in schedules {
                let count = format!("N = {n}");
                let changes = [("N = 3", &*count), ("\"Hypatia\"]", "\"Hypatia\"] * 3")];
                let changes = if target.ends_with("naive") { &changes[..] } else { &[] };
                let run = Run::of_changed(target, changes, schedule);
                let forks = run.scene(&picture.parse().unwrap(), ENGLISH, super::super::ring::free);
                for size in [(28, 18), (40, 10), (40, 16), (60, 10), (60, 16), (100, 40)] {
                    let shown = run.picture(picture, ENGLISH, size);
                    let plain = shown.replace('·', " ");
                    let words: Vec<&str> = plain.split_whitespace().collect();
                    for fork in forks.iter().filter(|fork| !fork.split_whitespace().all(|part| words.contains(&part))) {
                        writeln!(hidden, "{target} {n} {schedule} {size:?} {fork}\n{}", shown.trim_end()).unwrap();
                    }
                }
            }
        }
    }
    assert_eq!(hidden, "");
}

#[test]
fn from_two_to_twelve_seats() {
    let mut all = String::new();
    for n in [2, 4, 5, 6, 8, 12, 14] {
        let count = format!("N = {n}");
        let changes = [
            ("N = 3", &*count),
            ("\"Plato\", \"Kant\", \"Hegel\"", "\"柏拉图\", \"康德\", \"黑格尔\""),
            ("\"Hypatia\"]", "\"Hypatia\"] * 3"),
        ];
        let run = Run::of_changed("philosophers/naive", &changes, "v1/M99.A2.C.D");
        for size in [(40, 10), (60, 16), (100, 40)] {
            let picture = run.picture("ring", ENGLISH, size);
            writeln!(all, "---- {n} {size:?}\n{}", picture.trim_end()).unwrap();
        }
    }
    insta::assert_snapshot!(all);
}
