//! Garbage collection: mark and sweep over the heap.
//!
//! It happens between instructions, when enough was allocated since the last time; how much is enough depends on what
//! was left then. Both are counted, not measured, so every run collects at the same moments.

use super::Vm;
use super::machine::Machine;
use super::op::Advance;
use super::value::Ref;

/// At least this much is allocated between two collections.
const MIN_FRESH_BYTES: u64 = 4 << 20;

/// Marked slots, one bit each, and those still to be looked into.
struct Marks {
    bits: Vec<u64>,
    open: Vec<Ref>,
}

impl Marks {
    fn add(&mut self, at: Ref) {
        let (word, bit) = (at.0 as usize / 64, 1u64 << (at.0 % 64));
        if let Some(bits) = self.bits.get_mut(word)
            && *bits & bit == 0
        {
            *bits |= bit;
            self.open.push(at);
        }
    }
}

impl Vm {
    /// Frees what nothing refers to. `running` adds the roots of the thread that is taken out.
    fn collect(&mut self, running: &super::thread::Thread) {
        let mut marks = Marks { bits: vec![0; self.heap.slots().div_ceil(64)], open: Vec::new() };
        for value in self.globals.iter().chain(&self.tables.consts).chain([&self.running_object]) {
            if let Some(at) = value.as_ref() {
                marks.add(at);
            }
        }
        running.each_reference(&mut |at| marks.add(at));
        for thread in self.threads.iter().flatten() {
            thread.each_reference(&mut |at| marks.add(at));
        }
        while let Some(at) = marks.open.pop() {
            self.heap.get(at).each_reference(&mut |next| marks.add(next));
        }
        self.journal.collected = true;
        self.forget_primitives(&marks.bits);
        self.heap.sweep(&marks.bits);
        self.collect_at = MIN_FRESH_BYTES.max(self.heap.bytes());
    }
}

impl Machine<'_> {
    /// Collects; an answer when the program's data has outgrown its limit.
    pub(super) fn collect_garbage(&mut self) -> Option<Advance> {
        if self.nested {
            // Values in natives' variables are no roots.
            return None;
        }
        // Making the objects and looking for those to keep took its time, too.
        let cost = self.vm.heap.fresh_bytes() / 16 + 4 * self.vm.heap.slots() as u64;
        self.vm.fuel = self.vm.fuel.saturating_sub(i64::try_from(cost).unwrap_or(i64::MAX));
        self.vm.collect(&self.t);
        let limit = self.vm.limits.memory_bytes;
        self.vm.collect_at = self.vm.collect_at.min(limit.saturating_sub(self.vm.heap.bytes()).max(limit / 16));
        (self.vm.heap.bytes() + self.vm.kept_bytes > limit).then_some(Advance::OutOfMemory { limit })
    }
}

/// When the first collection happens.
pub(super) const FIRST: u64 = MIN_FRESH_BYTES;
