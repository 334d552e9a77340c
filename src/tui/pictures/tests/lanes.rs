//! Lanes read as progress.

use super::super::lanes::{Stand, spots};
use super::super::testing::{ENGLISH, Run};
use super::targets;
use crate::event::{Action, ThreadState};
use crate::ids::{Step, ThreadId};
use crate::scenario::{Picture, Widget};
use proptest::prelude::*;

/// Which threads went to the left in the last step although they have not come by again.
fn went_back(run: &mut Run, picture: &Picture) -> Vec<(Step, ThreadId)> {
    let mut found = Vec::new();
    let mut before = Vec::new();
    run.history.seek(Step(0));
    loop {
        let now = run.scene(picture, ENGLISH, |scene| spots(scene, 100));
        for (was, is) in std::iter::zip::<&Vec<Stand>, _>(&before, &now) {
            // A gate that has come into being makes room for itself.
            if is.1 < was.1 && was.2.len() == is.2.len() && !comes_again(run, is) {
                found.push((run.history.at(), is.0));
            }
        }
        before = now;
        if run.history.at() >= run.history.last_step() {
            return found;
        }
        run.history.forward();
    }
}

/// True for a thread before a gate that has been at one before.
fn comes_again(run: &Run, (thread, _, times, at_gate): &Stand) -> bool {
    let view = run.history.model().thread(*thread).unwrap();
    let acquires = matches!(
        view.pending,
        Some(
            Action::Acquire { .. }
                | Action::Get { .. }
                | Action::Put { .. }
                | Action::BarrierWait { .. }
                | Action::EventWait { .. }
                | Action::Read { .. }
                | Action::Write { .. }
                | Action::Call { .. }
        )
    );
    let waits = matches!(view.state, ThreadState::Blocked { .. } | ThreadState::Waiting { .. });
    (acquires || waits) && !at_gate && times.iter().any(|times| *times > 0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nobody_goes_back_on_a_lane_but_for_another_round(
        target in prop::sample::select(targets()),
        seed in any::<u64>(),
    ) {
        let mut run = Run::random(&target, seed, 150);
        let asked = run.asked.clone();
        let gates: Picture = "lanes".parse().unwrap();
        let asked = Some(asked).filter(|asked| asked.widget == Widget::Lanes);
        for picture in asked.into_iter().chain([gates]) {
            let has_gates = run.scene(&picture, ENGLISH, |scene| {
                spots(scene, 100).first().is_some_and(|(_, _, times, _)| !times.is_empty())
            });
            if has_gates {
                let found = went_back(&mut run, &picture);
                prop_assert!(found.is_empty(), "{target} {picture}: {found:?}");
            }
        }
    }
}

/// Whoever comes back to a gate with a lock of something else comes by again all the same.
#[test]
fn another_round_may_begin_with_a_lock() {
    for seed in [1_113_867_635_585_592_994, 2_141_367_097_863_993_074] {
        let mut run = Run::random("bounded-buffer/swapped", seed, 150);
        assert_eq!(went_back(&mut run, &"lanes".parse().unwrap()), []);
    }
    // The consumer is through, holds the lock, and wants the second item.
    let run = Run::random("bounded-buffer/swapped", 1_113_867_635_585_592_994, 150);
    let before = run.at(17);
    let lane = |run: &Run| {
        run.picture("lanes", ENGLISH, (100, 6)).lines().find(|line| line.contains("consumer")).unwrap().to_owned()
    };
    assert!(lane(&before).contains("\u{2502}\u{2500}\u{2500}\u{2500}"), "{}", lane(&before));
    let then = before.at(18);
    assert!(lane(&then).contains("B\u{2717}\u{2502}") && lane(&then).contains("blocked: filled"), "{}", lane(&then));
}

#[test]
fn whoever_takes_the_lock_stays_at_the_gate_until_it_gives_it_back() {
    let run = Run::of("condition/notify-n", "v1/M6.A");
    let shown = run.picture("lanes gates=counter lanes=guest*", ENGLISH, (60, 10));
    assert!(shown.contains("A\u{25b8}\u{2502}") && shown.contains("0 waiting \u{25c2} A"), "{shown}");
    // Woken, with a ticket, the lock given back: through.
    let run = Run::of("condition/notify-n", "v1/M6.A3.M5.A2");
    let before = run.picture("lanes gates=counter lanes=guest*", ENGLISH, (60, 10));
    assert!(before.contains("A\u{25b8}\u{2502}"), "{before}");
    let run = Run::of("condition/notify-n", "v1/M6.A3.M5.A5");
    let after = run.picture("lanes gates=counter lanes=guest*", ENGLISH, (60, 10));
    let lane = after.lines().find(|line| line.contains("guest 0")).unwrap();
    assert!(lane.find("\u{2502}").unwrap() < lane.rfind('A').unwrap(), "{after}");
}
