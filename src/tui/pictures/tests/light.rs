//! A signal.

use super::super::testing::Run;

#[test]
fn red() {
    let run = Run::of("traffic/wait", "v1/M99.B.A");
    insta::assert_snapshot!(run.pictures("light light=green cars=car*"));
}

#[test]
fn green() {
    let run = Run::of("traffic/wait", "v1/M99.A.B.C99.B");
    insta::assert_snapshot!(run.pictures("light cars=car*"));
}

#[test]
fn one_looks_now_and_then() {
    let run = Run::of("traffic/poll", "v1/M99.A.B.C3.B99");
    insta::assert_snapshot!(run.pictures("light cars=car*"));
}

#[test]
fn one_slips_through_on_red() {
    let changes = [("car {number}\"", "汽车 {number}\"")];
    let run = Run::of_changed("traffic/toggle", &changes, "v1/M99.A.B.C.A.C2.B");
    insta::assert_snapshot!(run.pictures("light cars=汽车*"));
}

#[test]
fn the_boss_says_it_twice() {
    let run = Run::of("traffic/boss", "v1/M99.A.B.C3.A.B");
    insta::assert_snapshot!(run.pictures("light cars=worker*"));
}
