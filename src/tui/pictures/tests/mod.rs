//! What holds for every picture.

mod graph;
mod lanes;
mod light;
mod ring;
mod slots;
mod values;

use super::testing::{ASCII, CHINESE, ENGLISH, Run, shown};
use crate::ids::Step;
use crate::scenario::{Catalogue, Picture, Widget};
use proptest::prelude::*;
use ratatui::layout::Rect;

/// Every variant of every scenario, as the command line calls it.
fn targets() -> Vec<String> {
    let catalogue = Catalogue::embedded();
    let variants = catalogue
        .scenarios()
        .iter()
        .flat_map(|scenario| scenario.variants.iter().map(move |variant| format!("{}/{}", scenario.id, variant.id)));
    variants.collect()
}

/// What the embedded scenarios name is there; what nothing has is told once the main thread is over.
#[test]
fn names_that_nothing_has_are_known() {
    for target in targets() {
        let run = Run::random(&target, 5, 400);
        let absent = run.scene(&run.asked, ENGLISH, |scene| scene.absent().join(", "));
        assert_eq!(absent, "", "{target}");
    }
    let run = Run::of("philosophers/naive", "v1/M99.A.B");
    let picture: Picture = "ring seats=Nobody*,Plato forks=spoon,forks*".parse().unwrap();
    assert_eq!(run.scene(&picture, ENGLISH, |scene| scene.absent().join(", ")), "Nobody*, spoon");
    assert_eq!(run.at(1).scene(&picture, ENGLISH, |scene| scene.absent().len()), 0);
    // Whoever nobody fits the names of sits there all the same, with what they have.
    let shown = Run::of("philosophers/naive", "v1/M99.A.B").picture("ring seats=Nobody*", ENGLISH, (60, 14));
    assert!(shown.contains("A Plato") && shown.contains("B Kant") && shown.contains("C Hegel"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// Any prefix of any run, drawn by any widget into any area: nothing panics, nothing is drawn outside, and going
    /// back gives the same picture.
    #[test]
    fn a_picture_stays_inside_and_follows_the_cursor(
        target in prop::sample::select(targets()),
        seed in any::<u64>(),
        steps in 0usize..120,
        widget in prop::sample::select(Widget::ALL.to_vec()),
        (width, height) in (0u16..130, 0u16..50),
    ) {
        let mut run = Run::random(&target, seed, steps);
        let area = Rect::new(0, 0, width, height);
        let default: Picture = widget.name().parse().unwrap();
        for picture in [default, run.asked.clone()] {
            for look in [ENGLISH, CHINESE, ASCII] {
                let last = run.history.last_step();
                run.history.seek(last);
                let mut forth = Vec::new();
                for step in (0..=last.0).rev().step_by(7) {
                    run.history.seek(Step(step));
                    forth.push(shown(&run.drawn(&picture, look, area)));
                }
                run.history.seek(Step(0));
                let steps: Vec<u32> = (0..=last.0).rev().step_by(7).collect();
                for (step, before) in steps.iter().zip(&forth).rev() {
                    while run.history.at() < Step(*step) {
                        run.history.forward();
                    }
                    prop_assert_eq!(&shown(&run.drawn(&picture, look, area)), before);
                }
            }
        }
    }
}
