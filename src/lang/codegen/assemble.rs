//! The assembler of one code object: instructions with labels, protected regions, the depth of the operand stack.

use crate::lang::code::Handler;
use crate::lang::instr::Instr;
use crate::source::Span;

/// A place to jump to, bound or yet to be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(usize);

#[derive(Clone, Copy, Debug, Default)]
struct Landing {
    at: Option<u32>,
    /// The depth with which jumps arrive.
    depth: Option<u32>,
}

/// A region whose exceptions go to a handler. It can be interrupted: the code that leaves it (`return` through a
/// `finally`) is not protected by it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    handler: Label,
    depth: u32,
    /// How many regions are around it.
    level: usize,
}

struct Entry {
    start: u32,
    end: u32,
    region: Region,
}

/// Instructions under construction.
#[derive(Default)]
pub(super) struct Assembler {
    pub(super) instrs: Vec<Instr>,
    pub(super) spans: Vec<Span>,
    /// Where the next instructions come from.
    pub(super) span: Span,
    landings: Vec<Landing>,
    /// Instructions whose target is still a label.
    patches: Vec<(usize, Label)>,
    /// The open regions, the innermost last, each with the instruction where its current piece began.
    open: Vec<(Region, u32)>,
    entries: Vec<Entry>,
    depth: u32,
    max_depth: u32,
    /// False after a jump, until a label is bound.
    reachable: bool,
}

impl Assembler {
    pub(super) fn new() -> Assembler {
        Assembler { reachable: true, ..Assembler::default() }
    }

    pub(super) fn here(&self) -> u32 {
        u32::try_from(self.instrs.len()).unwrap_or(u32::MAX)
    }

    pub(super) const fn depth(&self) -> u32 {
        self.depth
    }

    pub(super) const fn reachable(&self) -> bool {
        self.reachable
    }

    /// Appends an instruction. Code that nothing reaches is left out.
    pub(super) fn emit(&mut self, instr: Instr) {
        if !self.reachable {
            return;
        }
        let (takes, leaves) = instr.effect();
        debug_assert!(self.depth >= takes, "{instr:?} takes {takes} of {}", self.depth);
        self.instrs.push(instr);
        self.spans.push(self.span);
        self.depth = self.depth.saturating_sub(takes) + leaves;
        self.max_depth = self.max_depth.max(self.depth);
        if instr.leaves() {
            self.reachable = false;
        }
    }

    /// Appends a jump (made with any target) to a label.
    pub(super) fn jump(&mut self, instr: Instr, label: Label) {
        if !self.reachable {
            return;
        }
        let (takes, leaves) = instr.jump_effect();
        self.arrive(label, self.depth.saturating_sub(takes) + leaves);
        self.patches.push((self.instrs.len(), label));
        let span = self.span;
        if let (Instr::JumpForward(_), Some(last)) = (instr, self.spans.last()) {
            // It has no line of its own.
            self.span = *last;
        }
        self.emit(instr);
        self.span = span;
    }

    fn arrive(&mut self, label: Label, depth: u32) {
        let landing = &mut self.landings[label.0];
        debug_assert!(landing.depth.is_none_or(|known| known == depth), "{:?} but {depth}", landing.depth);
        landing.depth = Some(depth);
        self.max_depth = self.max_depth.max(depth);
    }

    pub(super) fn label(&mut self) -> Label {
        self.landings.push(Landing::default());
        Label(self.landings.len() - 1)
    }

    /// Binds a label to the next instruction.
    pub(super) fn bind(&mut self, label: Label) {
        let here = self.here();
        if self.reachable {
            self.arrive(label, self.depth);
        }
        let landing = &mut self.landings[label.0];
        landing.at = Some(here);
        if let Some(depth) = landing.depth {
            self.depth = depth;
            self.reachable = true;
        }
    }

    /// Starts a region protected by `handler`, which will find `depth` operands and the exception.
    pub(super) fn protect(&mut self, handler: Label, depth: u32) {
        let region = Region { handler, depth, level: self.open.len() };
        self.open.push((region, self.here()));
    }

    /// Ends the innermost region.
    pub(super) fn end_protect(&mut self) {
        if let Some((region, start)) = self.open.pop() {
            self.close(region, start);
        }
    }

    /// Interrupts the innermost region: what follows is not protected by it until [`Assembler::resume_regions`].
    pub(super) fn suspend_region(&mut self) -> Option<Region> {
        let (region, start) = self.open.pop()?;
        self.close(region, start);
        Some(region)
    }

    /// Takes up suspended regions again; the one suspended last comes first.
    pub(super) fn resume_regions(&mut self, regions: Vec<Region>) {
        let here = self.here();
        self.open.extend(regions.into_iter().rev().map(|region| (region, here)));
    }

    fn close(&mut self, region: Region, start: u32) {
        let end = self.here();
        if start < end {
            self.arrive(region.handler, region.depth + 1);
            self.entries.push(Entry { start, end, region });
        }
    }

    /// Puts the targets in. Returns the instructions' exception table and the size of the stack.
    pub(super) fn finish(&mut self) -> (Vec<Handler>, u32) {
        for (at, label) in std::mem::take(&mut self.patches) {
            let target = self.landings[label.0].at.unwrap_or_default();
            self.instrs[at] = self.instrs[at].with_target(target);
        }
        self.entries.sort_by_key(|entry| (std::cmp::Reverse(entry.region.level), entry.start));
        let handlers = self.entries.iter().map(|entry| Handler {
            start: entry.start,
            end: entry.end,
            target: self.landings[entry.region.handler.0].at.unwrap_or_default(),
            depth: entry.region.depth,
        });
        (handlers.collect(), self.max_depth)
    }
}
