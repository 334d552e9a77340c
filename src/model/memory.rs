//! What a thread remembers of the shared places it touched: the copy it has read and not stored back, and what its
//! stores have added.
//!
//! Together with [`Sight`], which knows whose copy is out of date, this shows a lost update before, while and after it
//! happens: both threads have read 3, both are about to store 2.
//!
//! | step | value | A's copy | B's copy |
//! |---|---|---|---|
//! | A reads | 3 | 3 | |
//! | B reads | 3 | 3 | 3 |
//! | B stores 2 | 2 | 3, out of date | |
//! | A stores 2: B's store is lost | 2 | | |
//!
//! Only the places that a thread touched last are remembered, at most [`PLACES_MAX`] of them.
//!
//! [`Sight`]: super::Sight

use crate::event::Text;
use crate::ids::{ObjectId, Step};

/// A thread remembers no more places than this.
pub const PLACES_MAX: usize = 16;

/// A variable, attribute, element or primitive, as one thread knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    pub object: ObjectId,
    /// The attribute or element; `None` for the whole.
    pub key: Option<Text>,
    /// The value that the thread has read there and not stored anything over since: its own copy.
    pub copy: Option<Text>,
    /// The line where it read it.
    pub line: u32,
    /// The last step in which it touched the place.
    pub step: Step,
    /// How many operations of the thread succeeded here; giving something back does not count, nor does telling others
    /// something.
    pub times: u32,
    /// What its stores have added to a whole number here, all together.
    pub added: i64,
    /// How many things it has put into a queue, list or deque, and how many it has taken out.
    pub puts: u32,
    pub gets: u32,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    places: Vec<Remembered>,
    /// A place to which the thread had added something was forgotten.
    forgot: bool,
}

impl Memory {
    /// The places the thread touched, in no order that means anything.
    #[must_use]
    pub fn places(&self) -> &[Remembered] {
        &self.places
    }

    /// What it remembers of this place.
    #[must_use]
    pub fn of(&self, object: ObjectId, key: Option<&Text>) -> Option<&Remembered> {
        self.places.iter().find(|place| place.object == object && place.key.as_ref() == key)
    }

    /// True when what it has added is no longer known of every place.
    #[must_use]
    pub const fn forgot(&self) -> bool {
        self.forgot
    }

    /// The place, made if it is new, touched in this step. Of too many the one goes that was touched longest ago, and
    /// rather one to which nothing was added.
    pub(super) fn touch(&mut self, object: ObjectId, key: Option<&Text>, step: Step) -> Option<&mut Remembered> {
        let known = self.places.iter().position(|place| place.object == object && place.key.as_ref() == key);
        let at = known.unwrap_or_else(|| {
            if self.places.len() >= PLACES_MAX {
                self.forget();
            }
            let key = key.cloned();
            let new = Remembered { object, key, copy: None, line: 0, step, times: 0, added: 0, puts: 0, gets: 0 };
            self.places.push(new);
            self.places.len() - 1
        });
        let place = self.places.get_mut(at)?;
        place.step = step;
        Some(place)
    }

    fn forget(&mut self) {
        let oldest = self.places.iter().enumerate().min_by_key(|(_, place)| (place.added != 0, place.step));
        if let Some(at) = oldest.map(|(at, _)| at) {
            self.forgot |= self.places.swap_remove(at).added != 0;
        }
    }

    /// The thread is over: nobody will store its copies back.
    pub(super) fn end(&mut self) {
        for place in &mut self.places {
            place.copy = None;
        }
    }
}

impl Remembered {
    /// The thread read this.
    pub(super) fn read(&mut self, value: &Text, line: u32) {
        self.copy = Some(value.clone());
        self.line = line;
    }

    /// The thread stored `new` over `old`. Gives back the copy it had, with the line where it had read it.
    pub(super) fn stored(&mut self, old: Option<&Text>, new: Option<&Text>) -> Option<(Text, u32)> {
        if let (Some(Text::Int(old)), Some(Text::Int(new))) = (old, new) {
            self.added = self.added.saturating_add(new.saturating_sub(*old));
        }
        self.copy.take().map(|copy| (copy, self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: ObjectId = ObjectId(0);

    #[test]
    fn a_copy_lasts_until_something_is_stored() {
        let mut memory = Memory::default();
        memory.touch(N, None, Step(1)).unwrap().read(&Text::Int(3), 7);
        assert_eq!(memory.of(N, None).unwrap().copy, Some(Text::Int(3)));
        let place = memory.touch(N, None, Step(2)).unwrap();
        assert_eq!(place.stored(Some(&Text::Int(3)), Some(&Text::Int(2))), Some((Text::Int(3), 7)));
        assert_eq!((place.copy.clone(), place.added), (None, -1));
    }

    #[test]
    fn the_places_are_bounded_and_those_with_sums_stay_longest() {
        let mut memory = Memory::default();
        let store = |memory: &mut Memory, id: u32, step: u32| {
            let place = memory.touch(ObjectId(id), None, Step(step)).unwrap();
            place.stored(Some(&Text::Int(1)), Some(&Text::Int(5)));
        };
        store(&mut memory, 0, 1);
        for id in 1..1000 {
            memory.touch(ObjectId(id), None, Step(id + 1)).unwrap().read(&Text::Int(0), 1);
        }
        assert_eq!(memory.places().len(), PLACES_MAX);
        assert_eq!(memory.of(N, None).unwrap().added, 4);
        assert!(!memory.forgot());
        for id in 1000..1020 {
            store(&mut memory, id, id + 1);
        }
        assert!(memory.forgot());
    }

    #[test]
    fn sums_do_not_overflow() {
        let mut memory = Memory::default();
        for _ in 0..3 {
            let place = memory.touch(N, None, Step(1)).unwrap();
            place.stored(Some(&Text::Int(i64::MIN)), Some(&Text::Int(i64::MAX)));
        }
        assert_eq!(memory.of(N, None).unwrap().added, i64::MAX);
    }
}
