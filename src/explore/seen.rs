//! The digests of the states that were seen: an open-addressing table, sixteen bytes a place.
//!
//! Only the digest of a state is kept (P. Wolper and D. Leroy, "Reliable hashing without collision detection", CAV 1993);
//! with 128 bits of it, that two of a thousand million states share one is less likely than 10^-20.

/// A set of digests.
#[derive(Debug)]
pub(super) struct Seen {
    /// 0 is an empty place. A power of two of them.
    places: Vec<u128>,
    len: usize,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { places: vec![0; 1 << 10], len: 0 }
    }
}

impl Seen {
    /// Adds a digest; true when it is new.
    pub(super) fn insert(&mut self, digest: u128) -> bool {
        let digest = digest.max(1);
        if self.len * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let place = self.place_of(digest);
        if self.places[place] == digest {
            return false;
        }
        self.places[place] = digest;
        self.len += 1;
        true
    }

    pub(super) fn contains(&self, digest: u128) -> bool {
        self.places[self.place_of(digest.max(1))] != 0
    }

    /// How many bytes the table takes, and would take while it grows.
    pub(super) fn bytes(&self) -> u64 {
        self.places.len() as u64 * 16
    }

    /// Where the digest is, or would be put.
    #[expect(clippy::cast_possible_truncation, reason = "the mask keeps it in range")]
    fn place_of(&self, digest: u128) -> usize {
        let mask = self.places.len() - 1;
        let mut place = (digest >> 64) as usize & mask;
        while self.places[place] != 0 && self.places[place] != digest {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let larger = vec![0; self.places.len() * 2];
        for digest in std::mem::replace(&mut self.places, larger) {
            if digest != 0 {
                let place = self.place_of(digest);
                self.places[place] = digest;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_new_once() {
        let mut seen = Seen::default();
        let digest = |n: u128| n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        for n in 0..20_000 {
            assert!(seen.insert(digest(n)));
        }
        for n in 0..20_000 {
            assert!(!seen.insert(digest(n)));
        }
        assert!(seen.contains(digest(7)) && !seen.contains(digest(30_000)));
        assert!(seen.bytes() >= 20_000 * 16);
    }
}
