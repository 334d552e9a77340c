//! Which threads' steps are made in a state: all of them, or as many as reduction finds enough.
//!
//! Before a block is expanded, each of its states is asked for. Where fewer threads are chosen and none of their steps
//! leads on, to a state that is met in the next layer or later, the state comes back into its layer for the others.

use super::expand::Lookup;
use super::layer::{Head, MARKED, Segment, Who};
use super::parts::PartId;
use super::run::Run;
use crate::event::Candidate;

/// Threads, one bit each.
pub(super) type Mask = u32;

impl Run<'_> {
    /// The threads whose steps are enough in this state, some of those that can make one; `None`: all of them.
    fn choose(&mut self, vector: &[PartId], enabled: Mask) -> Option<Mask> {
        if !self.reduces {
            return None;
        }
        self.reducer.choose(&self.known.learned, &self.known.parts, vector, enabled)
    }

    /// Chooses for the states of a block that have not been expanded yet.
    pub(super) fn choose_all(&mut self, segments: &mut [Segment]) {
        if !self.search.reduces || !self.remembers() {
            return;
        }
        for segment in segments {
            for item in 0..segment.heads.len() {
                let head = segment.heads[item];
                let threads = segment.width - self.known.parts.first_thread();
                if head.who == Who::Everyone && !head.entangled && threads <= MARKED as usize {
                    let enabled = self.enabled(head, segment.vector(item));
                    if let Some(chosen) = self.choose(segment.vector(item), enabled).filter(|chosen| *chosen != enabled)
                    {
                        segment.heads[item].who = Who::Among(chosen);
                    }
                }
            }
        }
        if self.reducer.is_useless() {
            self.known.learned.refuse();
        }
    }

    /// The threads that can make a step.
    fn enabled(&mut self, head: Head, vector: &[PartId]) -> Mask {
        let mut enabled = 0;
        for thread in 0..u32::try_from(vector.len() - self.known.parts.first_thread()).unwrap_or(0) {
            match self.expander().look(vector, thread) {
                Lookup::Idle => {}
                Lookup::Ways(ways) => enabled |= Mask::from(!ways.is_empty()) << thread,
                Lookup::Unknown => return self.candidates(head),
            }
        }
        enabled
    }

    fn candidates(&mut self, head: Head) -> Mask {
        let world = self.paths.world(head.node, self.known.memo.choices(), false);
        let mut candidates: Vec<Candidate> = Vec::new();
        world.candidates(&mut candidates);
        self.paths.keep(head.node, world);
        candidates.iter().fold(0, |mask, candidate| mask | 1 << candidate.thread.0)
    }

    /// The states of a block that are stuck with what was chosen: they are put back for everybody else.
    pub(super) fn stuck(&self, segments: &[Segment]) -> Option<Segment> {
        if !self.search.reduces {
            return None;
        }
        let mut stuck = Segment::new(self.known.parts.width());
        for (number, segment) in segments.iter().enumerate() {
            for (item, head) in segment.heads.iter().enumerate() {
                if let Who::Among(chosen) = head.who
                    && !self.advanced.contains(&(number, item))
                {
                    let head = Head { who: Who::Except(chosen), first: false, ..*head };
                    stuck.push(head, segment.vector(item));
                }
            }
        }
        Some(stuck).filter(|stuck| !stuck.heads.is_empty())
    }
}
