//! Which steps are shown, and when: a function of the recording alone, so that the same film comes out everywhere.
//!
//! A step takes half a second, or what it is told to take. A run that would last longer than two minutes that way is
//! played faster: so fast that it lasts two minutes. Where that is too fast for the eye, a picture stands for several
//! steps, as when a run is played in the terminal. But what goes wrong is always shown, and stays for a while.

use crate::detect::Marks;
use crate::ids::Step;
use crate::model::History;

/// A step takes this long, in microseconds, when nobody says otherwise.
const STEP_US: u64 = 500_000;
/// All steps together take this long at most, when nobody says otherwise.
const TOTAL_US: u64 = 120_000_000;
/// Between two pictures.
const PICTURE_US: u64 = 100_000;
/// How long the beginning stays, and a finding, besides the step itself.
const FIRST_US: u64 = 500_000;
const FINDING_US: u64 = 2_500_000;
/// More markers than these are no help.
const MARKS_MAX: usize = 40;

/// How fast a film goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Steps per second; above 0.
    pub speed: Option<f64>,
}

/// A picture of the film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// When it is shown, from the beginning, in microseconds.
    pub at_us: u64,
    pub step: Step,
    pub mark: Option<Mark>,
}

/// Why somebody might want to stop at a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Something was found.
    Finding,
    /// A thread was held up, or came to its end.
    Note,
}

impl Pace {
    /// How long a step takes.
    fn step_us(self, steps: u32) -> u64 {
        match self.speed.filter(|speed| *speed > 0.0) {
            // Steps of less than a microsecond are not told apart.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(speed) => ((1_000_000.0 / speed).round() as u64).max(1),
            None => STEP_US.min(TOTAL_US / u64::from(steps.max(1))).max(1),
        }
    }

    /// The pictures of this run, in order. The first one is that of step 0, the last one that of the last step.
    pub fn frames(self, history: &History) -> impl Iterator<Item = Frame> {
        let last = history.last_step();
        let step_us = self.step_us(last.0);
        let stride = u32::try_from(PICTURE_US.div_ceil(step_us)).unwrap_or(u32::MAX).max(1);
        let marks = marks(history);
        let (mut next, mut held_us) = (Some(0), 0);
        let mut marks_left = marks.into_iter().peekable();
        std::iter::from_fn(move || {
            let step = Step(next?);
            let mark = marks_left.next_if(|(marked, _)| *marked == step).map(|(_, mark)| mark);
            let at_us = u64::from(step.0) * step_us + held_us;
            held_us += match mark {
                _ if step == Step(0) => FIRST_US,
                Some(Mark::Finding) => FINDING_US,
                _ => 0,
            };
            let regular = (step.0 / stride).saturating_add(1).saturating_mul(stride);
            let marked = marks_left.peek().map_or(u32::MAX, |(marked, _)| marked.0);
            next = (step < last).then(|| regular.min(marked).min(last.0));
            Some(Frame { at_us, step, mark })
        })
    }
}

/// The steps with markers: those at which something was found, then as many kinds of others as there is room for.
fn marks(history: &History) -> Vec<(Step, Mark)> {
    let steps_with = |wanted: Marks| {
        let last = history.last_step().0;
        (0..=last).map(Step).filter(move |step| history.marks(*step).intersects(wanted)).take(MARKS_MAX + 1)
    };
    let mut marks: Vec<(Step, Mark)> =
        steps_with(Marks::FINDING).take(MARKS_MAX).map(|step| (step, Mark::Finding)).collect();
    for wanted in [Marks::END, Marks::BLOCK] {
        let new = steps_with(wanted).filter(|step| !marks.iter().any(|(marked, _)| marked == step));
        let new: Vec<_> = new.map(|step| (step, Mark::Note)).collect();
        if marks.len() + new.len() > MARKS_MAX {
            break;
        }
        marks.extend(new);
    }
    marks.sort_by_key(|(step, _)| *step);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_are_played_so_fast_that_they_end() {
        let pace = Pace::default();
        assert_eq!(pace.step_us(0), STEP_US);
        assert_eq!(pace.step_us(240), STEP_US);
        assert_eq!(pace.step_us(1000), 120_000);
        assert_eq!(pace.step_us(u32::MAX), 1);
        assert_eq!(Pace { speed: Some(8.0) }.step_us(1_000_000), 125_000);
        assert_eq!(Pace { speed: Some(0.0) }.step_us(10), STEP_US);
    }
}
