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
