//! Hashes of built-in values, equal to those of CPython 3.12 with `PYTHONHASHSEED=0`: they decide the order in which a set
//! is shown, and must be the same on every machine.

/// `SipHash` with one compression and three finalisation rounds and a zero key (Aumasson and Bernstein, "`SipHash`: a fast
/// short-input PRF"), as CPython hashes strings and bytes.
#[must_use]
pub fn bytes(data: &[u8]) -> i64 {
    if data.is_empty() {
        return 0;
    }
    let mut state = State {
        v0: 0x736f_6d65_7073_6575,
        v1: 0x646f_7261_6e64_6f6d,
        v2: 0x6c79_6765_6e65_7261,
        v3: 0x7465_6462_7974_6573,
    };
    let (words, rest) = data.as_chunks::<8>();
    for word in words {
        state.absorb(u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    last[7] = data.len().to_le_bytes()[0];
    state.absorb(u64::from_le_bytes(last));
    state.v2 ^= 0xff;
    for _ in 0..3 {
        state.round();
    }
    avoid_minus_one((state.v0 ^ state.v1 ^ state.v2 ^ state.v3).cast_signed())
}

/// The hash of a string: of its characters, each as wide as the widest of them needs (1, 2 or 4 bytes).
#[must_use]
pub fn text(text: &str) -> i64 {
    if text.is_ascii() {
        return bytes(text.as_bytes());
    }
    let widest = text.chars().max().map_or(0, u32::from);
    let width = match widest {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    };
    let data: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes().into_iter().take(width)).collect();
    bytes(&data)
}

struct State {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl State {
    fn absorb(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.v0 ^= word;
    }

    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v2 = self.v2.rotate_left(32);
    }
}

/// -1 is how C functions report an error, so no hash is -1.
#[must_use]
pub const fn avoid_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The prime that numbers are hashed modulo: 2^61 - 1.
const MODULUS: u64 = (1 << 61) - 1;

/// The hash of an int.
#[must_use]
pub const fn int(n: i64) -> i64 {
    let magnitude = (n.unsigned_abs() % MODULUS).cast_signed();
    avoid_minus_one(if n < 0 { -magnitude } else { magnitude })
}

/// The hash of a float: that of the equal int, if there is one (`_Py_HashDouble`).
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "each part taken is below 2^28")]
pub fn float(x: f64) -> i64 {
    if x.is_nan() {
        return 0;
    }
    if x.is_infinite() {
        return if x > 0.0 { 314_159 } else { -314_159 };
    }
    let (mut fraction, mut exponent) = frexp(x.abs());
    let mut hash: u64 = 0;
    while fraction != 0.0 {
        hash = ((hash << 28) & MODULUS) | (hash >> 33);
        fraction *= 268_435_456.0;
        exponent -= 28;
        let part = fraction as u64;
        fraction -= fraction.trunc();
        hash += part;
        if hash >= MODULUS {
            hash -= MODULUS;
        }
    }
    let turn = exponent.rem_euclid(61);
    let hash = ((hash << turn) & MODULUS) | (hash >> (61 - turn));
    let hash = hash.cast_signed();
    avoid_minus_one(if x < 0.0 { -hash } else { hash })
}

/// `x` (finite, not negative) as a fraction in `[0.5, 1)` times a power of two.
#[must_use]
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 {
        return (0.0, 0);
    }
    let bits = x.to_bits();
    let stored = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    if stored == 0 {
        let (fraction, exponent) = frexp(x * 18_014_398_509_481_984.0);
        return (fraction, exponent - 54);
    }
    (f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52), stored - 1022)
}

/// The hash of a tuple with members of these hashes (xxHash, as `Objects/tupleobject.c` uses it).
#[must_use]
pub fn tuple(members: impl ExactSizeIterator<Item = i64>) -> i64 {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    let length = members.len() as u64;
    let mut hash = PRIME_5;
    for member in members {
        hash = hash.wrapping_add(member.cast_unsigned().wrapping_mul(PRIME_2));
        hash = hash.rotate_left(31).wrapping_mul(PRIME_1);
    }
    hash = hash.wrapping_add(length ^ (PRIME_5 ^ 0x0035_d373));
    if hash == u64::MAX { 1_546_275_796 } else { hash.cast_signed() }
}

/// The hash of a frozenset with members of these hashes: independent of their order.
#[must_use]
pub fn frozenset(members: impl ExactSizeIterator<Item = i64>) -> i64 {
    let length = members.len() as u64;
    let mut hash: u64 = 0;
    for member in members {
        let member = member.cast_unsigned();
        hash ^= (member ^ 0x055b_4db3 ^ (member << 16)).wrapping_mul(3_644_798_167);
    }
    hash ^= (length + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX { 590_923_713 } else { hash.cast_signed() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_cpython() {
        assert_eq!(int(-1), -2);
        assert_eq!(int(i64::MAX), 3);
        assert_eq!(int(i64::MIN), -4);
        assert_eq!(float(1.0), 1);
        assert_eq!(float(-1.0), -2);
        assert_eq!(float(0.5), 1_152_921_504_606_846_976);
        assert_eq!(float(2.75), 1_729_382_256_910_270_466);
        assert_eq!(float(1e300), 1_224_995_262_755_759_164);
        assert_eq!(float(5e-324), 16_777_216);
        assert_eq!(text("abc"), -4_594_863_902_769_663_758);
        assert_eq!(text("中文"), 501_833_946_989_431_548);
        assert_eq!(text("é"), 6_047_309_291_227_476_195);
        assert_eq!(text("😀 is wide"), -428_306_973_764_778_042);
        assert_eq!(text(""), 0);
        assert_eq!(tuple([1, 2, 3].into_iter()), 529_344_067_295_497_451);
        assert_eq!(tuple(std::iter::empty()), 5_740_354_900_026_072_187);
        assert_eq!(frozenset([1, 2, 3].into_iter()), -272_375_401_224_217_160);
    }
}
