//! A set laid out exactly as CPython's (`Objects/setobject.c`), because the order in which a set is shown is the order of its
//! table: open addressing, a few neighbours are looked at before the next jump, removed members leave a mark.

use crate::vm::Value;
use smallvec::SmallVec;

/// A member and its hash.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub hash: i64,
    pub key: Value,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Slot {
    Unused,
    /// There was a member here.
    Removed,
    Used(Member),
}

/// The members of a `set` or `frozenset`.
#[derive(Clone, Debug)]
pub struct Set {
    /// A power of two of them.
    table: Vec<Slot>,
    /// Used and removed slots.
    fill: usize,
    used: usize,
    /// Where `pop` looks next.
    finger: usize,
}

impl Default for Set {
    fn default() -> Set {
        Set { table: vec![Slot::Unused; MIN_SIZE], fill: 0, used: 0, finger: 0 }
    }
}

const MIN_SIZE: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

/// The slots to look at for a hash, without end.
struct Probe {
    mask: usize,
    start: usize,
    /// Distance from `start`, and up to which one to go before jumping.
    step: usize,
    steps: usize,
    perturb: u64,
}

impl Probe {
    fn new(hash: i64, mask: usize) -> Probe {
        let perturb = hash.cast_unsigned();
        let start = low_bits(perturb, mask);
        Probe { mask, start, step: 0, steps: neighbours(start, mask), perturb }
    }

    fn next(&mut self) -> usize {
        if self.step > self.steps {
            self.perturb >>= PERTURB_SHIFT;
            let jump = (self.start as u64).wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb);
            self.start = low_bits(jump, self.mask);
            self.steps = neighbours(self.start, self.mask);
            self.step = 0;
        }
        self.step += 1;
        self.start + self.step - 1
    }
}

const fn neighbours(start: usize, mask: usize) -> usize {
    if start + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 }
}

#[expect(clippy::cast_possible_truncation, reason = "the mask keeps it in range")]
const fn low_bits(n: u64, mask: usize) -> usize {
    (n & mask as u64) as usize
}

impl Set {
    #[must_use]
    pub fn new() -> Set {
        Set::default()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.used
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    const fn mask(&self) -> usize {
        self.table.len() - 1
    }

    /// The slot of the member that has this hash and is the `same`.
    #[must_use]
    pub fn find(&self, hash: i64, mut same: impl FnMut(Value) -> bool) -> Option<usize> {
        let mut probe = Probe::new(hash, self.mask());
        loop {
            let slot = probe.next();
            match self.table[slot] {
                Slot::Unused => return None,
                Slot::Used(member) if member.hash == hash && same(member.key) => return Some(slot),
                Slot::Used(_) | Slot::Removed => {}
            }
        }
    }

    /// All slots whose members have this hash.
    #[must_use]
    pub fn candidates(&self, hash: i64) -> SmallVec<[usize; 4]> {
        let mut found = SmallVec::new();
        let mut probe = Probe::new(hash, self.mask());
        loop {
            let slot = probe.next();
            match self.table[slot] {
                Slot::Unused => return found,
                // A jump may come by the same slot again.
                Slot::Used(member) if member.hash == hash && !found.contains(&slot) => found.push(slot),
                Slot::Used(_) | Slot::Removed => {}
            }
        }
    }

    /// What is in this slot.
    #[must_use]
    pub fn member(&self, slot: usize) -> Option<Member> {
        match self.table.get(slot) {
            Some(Slot::Used(member)) => Some(*member),
            _ => None,
        }
    }

    /// Adds a member that is not there yet: where the last one was removed on the way to an unused slot, else there.
    pub fn insert_new(&mut self, hash: i64, key: Value) {
        let mut probe = Probe::new(hash, self.mask());
        let mut removed = None;
        let unused = loop {
            let slot = probe.next();
            match self.table[slot] {
                Slot::Unused => break slot,
                Slot::Removed => removed = Some(slot),
                Slot::Used(_) => {}
            }
        };
        self.used += 1;
        self.table[removed.unwrap_or(unused)] = Slot::Used(Member { hash, key });
        if removed.is_some() {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.grow();
        }
    }

    /// Removes what is in this slot.
    pub fn remove(&mut self, slot: usize) -> Option<Member> {
        let member = self.member(slot)?;
        self.table[slot] = Slot::Removed;
        self.used -= 1;
        Some(member)
    }

    /// Removes some member: the next one after the last that was popped.
    pub fn pop(&mut self) -> Option<Member> {
        if self.used == 0 {
            return None;
        }
        let mut slot = self.finger & self.mask();
        loop {
            if let Some(member) = self.remove(slot) {
                self.finger = slot + 1;
                return Some(member);
            }
            slot = (slot + 1) & self.mask();
        }
    }

    pub fn clear(&mut self) {
        let finger = self.finger;
        *self = Set { finger, ..Set::default() };
    }

    /// The first member at or after slot `from`, with its slot.
    #[must_use]
    pub fn next(&self, from: usize) -> Option<(usize, Member)> {
        (from..self.table.len()).find_map(|slot| Some((slot, self.member(slot)?)))
    }

    /// The members in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Member> {
        self.table.iter().filter_map(|slot| match slot {
            Slot::Used(member) => Some(*member),
            Slot::Unused | Slot::Removed => None,
        })
    }

    /// The table: a member, or why there is none (`true`: there was one).
    pub(in crate::vm) fn layout(&self) -> impl Iterator<Item = Result<Member, bool>> {
        self.table.iter().map(|slot| match slot {
            Slot::Used(member) => Ok(*member),
            Slot::Removed => Err(true),
            Slot::Unused => Err(false),
        })
    }

    /// Where `pop` looks next.
    pub(in crate::vm) const fn finger(&self) -> usize {
        self.finger
    }

    /// A copy as `set.copy()` makes it: the layout may change.
    #[must_use]
    pub fn copied(&self) -> Set {
        let mut copy = Set::new();
        copy.reserve(self.used);
        if copy.mask() == self.mask() && self.fill == self.used {
            copy.table.clone_from(&self.table);
        } else {
            for member in self.iter() {
                copy.insert_clean(member);
            }
        }
        copy.fill = self.used;
        copy.used = self.used;
        copy
    }

    /// Makes room before `more` members are merged in from another set or a dict.
    pub fn reserve(&mut self, more: usize) {
        if more > 0 && (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// After a bulk removal: drops the marks if there are many.
    pub fn tidy(&mut self) {
        if self.fill - self.used > self.mask() / 5 {
            self.grow();
        }
    }

    fn grow(&mut self) {
        self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
    }

    fn resize(&mut self, at_least: usize) {
        let mut size = MIN_SIZE;
        while size <= at_least {
            size *= 2;
        }
        let members: Vec<Member> = self.iter().collect();
        self.table = vec![Slot::Unused; size];
        self.fill = self.used;
        for member in members {
            self.insert_clean(member);
        }
    }

    /// Puts a member in a table without removed slots; the counts are the caller's.
    fn insert_clean(&mut self, member: Member) {
        let mut probe = Probe::new(member.hash, self.mask());
        loop {
            let slot = probe.next();
            if self.table[slot] == Slot::Unused {
                self.table[slot] = Slot::Used(member);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_of(members: &[i64]) -> Set {
        let mut set = Set::new();
        for n in members {
            if set.find(*n, |key| key == Value::Int(*n)).is_none() {
                set.insert_new(*n, Value::Int(*n));
            }
        }
        set
    }

    fn order(set: &Set) -> Vec<i64> {
        set.iter().map(|member| member.hash).collect()
    }

    /// The expected orders were printed by CPython 3.11.
    #[test]
    fn order_is_that_of_cpython() {
        assert_eq!(order(&set_of(&[3, 1, 2])), [1, 2, 3]);
        assert_eq!(order(&set_of(&[10, 20, 30, 40, 50, 60, 70])), [70, 40, 10, 50, 20, 60, 30]);
        assert_eq!(order(&set_of(&[100, 33, 17, 9, 8, 1, 0, 1000, 65])), [0, 33, 1, 65, 100, 8, 9, 1000, 17]);
        let squares: Vec<i64> = (0..40).map(|n| n * n * 37 % 1009).collect();
        assert_eq!(
            order(&set_of(&squares)),
            [
                0, 3, 391, 394, 782, 529, 402, 148, 283, 796, 925, 927, 673, 674, 929, 804, 37, 555, 173, 942, 441,
                189, 960, 323, 199, 203, 333, 847, 592, 979, 603, 350, 739, 240, 242, 755, 756, 889, 123, 253
            ]
        );
        assert_eq!(order(&set_of(&[10, 20, 30, 40, 50]).copied()), [50, 20, 40, 10, 30]);
    }

    /// Negative numbers are removals of their complement.
    #[test]
    fn places_of_removed_members_are_used_again() {
        let changes = [
            39, -23, 33, -30, -16, 10, -31, 24, 36, 13, -12, 24, 4, 39, 8, 0, -14, -11, 18, 12, 13, -13, 24, 23, 9, 21,
            38, -39, 21, -23, -31, 11, 11, -2, -23, 1, 26, -38, 28, -12, 12, -16, 29, -23, -17, 6, -24, 2, 5, -33, 9,
            34, 20, -6, -20, -11, -6, -35, 2, 38,
        ];
        let mut set = Set::new();
        for change in changes {
            let n = if change < 0 { !change } else { change };
            match set.find(n, |key| key == Value::Int(n)) {
                Some(slot) if change < 0 => {
                    set.remove(slot);
                }
                None if change >= 0 => set.insert_new(n, Value::Int(n)),
                _ => {}
            }
        }
        assert_eq!(order(&set), [0, 1, 2, 4, 6, 8, 9, 12, 13, 18, 20, 21, 24, 26, 28, 29, 33, 36, 38, 39]);
    }

    #[test]
    fn members_are_popped_in_order_and_leave_no_trace() {
        let mut set = set_of(&[5, 3, 9, 1]);
        let popped: Vec<i64> = std::iter::from_fn(|| set.pop()).map(|member| member.hash).collect();
        assert_eq!(popped, [9, 3, 5, 1]);
        assert!(set.is_empty() && set.find(5, |_| true).is_none());
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let mut set = Set::new();
        for n in 0..30 {
            set.insert_new(4, Value::Int(n));
        }
        assert_eq!(set.candidates(4).len(), 30);
        let slot = set.find(4, |key| key == Value::Int(29)).unwrap();
        set.remove(slot);
        assert_eq!(set.find(4, |key| key == Value::Int(29)), None);
        assert_eq!(set.len(), 29);
    }
}
