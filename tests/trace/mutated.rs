//! Traces that make sense, changed at random: whatever comes of it, the reader keeps its promises and nothing panics.

use crate::promises::hold;
use crate::{broken, roundtrip, worlds};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;

/// One change.
#[derive(Clone, Debug)]
enum Change {
    FlipBit {
        at: Index,
        bit: u8,
    },
    PutByte {
        at: Index,
        byte: u8,
    },
    DropBytes {
        at: Index,
        count: usize,
    },
    DropLine {
        at: Index,
    },
    RepeatLine {
        at: Index,
        to: Index,
    },
    SwapLines {
        at: Index,
        with: Index,
    },
    /// A number in a line becomes another one.
    Renumber {
        at: Index,
        which: Index,
        number: u64,
    },
    PutLine {
        at: Index,
        line: &'static str,
    },
    CutOff {
        at: Index,
    },
}

const LINES: [&str; 6] = [
    r#"{"record":"cut","step":0}"#,
    r#"{"record":"cut","step":2}"#,
    r#"{"record":"input","text":null}"#,
    r#"{"record":"lost","count":18446744073709551615}"#,
    "",
    "\u{1b}[2J",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let number = prop_oneof![0..9u64, any::<u64>(), Just(u64::from(u32::MAX)), Just(u64::MAX)];
    prop_oneof![
        1 => (at(), 0..8u8).prop_map(|(at, bit)| Change::FlipBit { at, bit }),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::PutByte { at, byte }),
        1 => (at(), 1..40usize).prop_map(|(at, count)| Change::DropBytes { at, count }),
        1 => at().prop_map(|at| Change::DropLine { at }),
        1 => (at(), at()).prop_map(|(at, to)| Change::RepeatLine { at, to }),
        1 => (at(), at()).prop_map(|(at, with)| Change::SwapLines { at, with }),
        3 => (at(), at(), number).prop_map(|(at, which, number)| Change::Renumber { at, which, number }),
        2 => (at(), prop::sample::select(LINES.to_vec())).prop_map(|(at, line)| Change::PutLine { at, line }),
        1 => at().prop_map(|at| Change::CutOff { at }),
    ]
}

fn changed(bytes: &[u8], change: &Change) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.is_empty() {
        return bytes;
    }
    match change {
        Change::FlipBit { at, bit } => {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        Change::PutByte { at, byte } => bytes.insert(at.index(bytes.len()), *byte),
        Change::DropBytes { at, count } => {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + count).min(bytes.len()));
        }
        Change::CutOff { at } => bytes.truncate(at.index(bytes.len())),
        _ => {
            let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            // The header is broken by the other changes.
            let place = |at: &Index, count: usize| (1 + at.index(count.max(2) - 1)).min(count - 1);
            let count = lines.len();
            match change {
                Change::DropLine { at } => drop(lines.remove(place(at, count))),
                Change::RepeatLine { at, to } => lines.insert(place(to, count), lines[place(at, count)].clone()),
                Change::SwapLines { at, with } => lines.swap(place(at, count), place(with, count)),
                Change::PutLine { at, line } => lines.insert(place(at, count), line.as_bytes().to_vec()),
                Change::Renumber { at, which, number } => {
                    let line = &mut lines[place(at, count)];
                    *line = renumbered(line, *which, *number);
                }
                _ => {}
            }
            bytes = lines.join(&b'\n');
        }
    }
    bytes
}

fn renumbered(line: &[u8], which: Index, number: u64) -> Vec<u8> {
    let text = String::from_utf8_lossy(line);
    let digit = |c: char| c.is_ascii_digit();
    let places: Vec<usize> =
        text.match_indices(digit).map(|(at, _)| at).filter(|at| *at == 0 || !text[..*at].ends_with(digit)).collect();
    let Some(at) = (!places.is_empty()).then(|| places[which.index(places.len())]) else { return line.to_vec() };
    let rest = text[at..].trim_start_matches(digit);
    format!("{}{number}{rest}", &text[..at]).into_bytes()
}

/// Some real runs of different kinds, in both worlds.
static REAL: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let targets = worlds::targets();
    let some = targets.iter().step_by(3).map(|target| worlds::simulated(target).bytes);
    let live = targets.iter().step_by(11).map(|target| worlds::live(target).bytes);
    // Short ones are broken in more places.
    some.chain(live).filter(|bytes| bytes.len() < 60_000).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn real_traces_that_were_changed_do_no_harm(which: Index, changes in vec(change(), 1..6)) {
        let bytes = changes.iter().fold(REAL[which.index(REAL.len())].clone(), |bytes, change| changed(&bytes, change));
        hold(&bytes);
    }

    #[test]
    fn odd_traces_that_were_changed_do_no_harm(
        header in roundtrip::header(), records in roundtrip::records(), changes in vec(change(), 0..6)
    ) {
        let bytes = roundtrip::written(&header, &records);
        let bytes = changes.iter().fold(bytes, |bytes, change| changed(&bytes, change));
        hold(&bytes);
    }

    #[test]
    fn packed_traces_that_were_changed_do_no_harm(which: Index, changes in vec(change(), 1..3)) {
        let bytes = broken::packed(&REAL[which.index(REAL.len())]);
        let bytes = changes.iter().fold(bytes, |bytes, change| changed(&bytes, change));
        hold(&bytes);
    }

    #[test]
    fn no_bytes_do_any_harm(bytes in vec(any::<u8>(), 0..300), lines in "(\\{\"[a-z_]{1,9}\":[0-9\"a-z\\[\\]{},:]{0,40}\n?){0,5}") {
        hold(&bytes);
        hold(&[&roundtrip::written(&crate::samples::header(), &[])[..], lines.as_bytes(), &bytes].concat());
    }
}

#[test]
fn unchanged_traces_keep_the_promises() {
    REAL.iter().for_each(|bytes| assert!(hold(bytes)));
}
