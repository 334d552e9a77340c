//! A signal.

use super::super::testing::{ENGLISH, Run};

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

/// Whoever is to go past a second time is before it until then, also when woken.
#[test]
fn who_has_been_woken_has_not_passed() {
    for seed in 0..5 {
        for step in 1..60 {
            let run = Run::random("traffic/boss", seed, 400).at(step);
            let asked = run.scene(&run.asked, ENGLISH, |scene| {
                let asks = |thread: &&crate::model::ThreadView| {
                    !thread.state.is_over() && matches!(thread.pending, Some(crate::event::Action::EventWait { .. }))
                };
                scene.model.threads.iter().filter(asks).count()
            });
            let shown = run.picture("light light=word cars=worker*", ENGLISH, (60, 10));
            let before = shown.split("before it: ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
            assert!(before.parse::<usize>().unwrap() >= asked, "{seed} {step}\n{shown}");
        }
    }
}
