//! Lines that say again what a line before them said.
//!
//! Programs do the same things over and over, and most lines of a trace differ from one before them in nothing but the
//! three numbers at their front:
//!
//! ```text
//! {"seq":512,"step":170,"at":1700000,  "thread":1,"line":7,"choice":"A","event":"did","action":"acquire", …
//!  the stamp                           the rest, known since event 236
//! ```
//!
//! So the rest of a line is remembered together with what it came to. Finding it again is many times faster than reading
//! it, and its texts are shared: however long the trace, they are in memory once. Nothing else changes: the same rest
//! after such a stamp means the same, and whatever looks otherwise is read as ever.

use super::Record;
use super::decode::{self, Reason};
use crate::event::{Choice, Event};
use crate::ids::{Nanos, Seq, Step};
use crate::said::Said;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Places in the table; a power of two.
const PLACES: usize = 1 << 14;
/// Longer rests are not remembered.
const REST_BYTES_MAX: usize = 512;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Recall {
    places: Vec<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    rest: Box<[u8]>,
    event: Event,
    choice: Option<Choice>,
}

/// What a line came to.
pub(super) struct Recalled {
    pub(super) record: Record,
    /// It was known: its texts are in memory already.
    pub(super) known: bool,
}

impl Recall {
    /// Reads a line.
    pub(super) fn record(&mut self, line: &[u8]) -> Result<Recalled, Reason> {
        let Some((stamp, rest)) = stamp(line).filter(|(_, rest)| rest.len() <= REST_BYTES_MAX) else {
            return Ok(Recalled { record: read(line)?, known: false });
        };
        let place = place_of(rest);
        if let Some(Some(known)) = self.places.get(place)
            && *known.rest == *rest
        {
            let event = Event { seq: stamp.seq, step: stamp.step, at: stamp.at, ..known.event.clone() };
            return Ok(Recalled { record: Record::Event { event, choice: known.choice }, known: true });
        }
        let record = read(line)?;
        if let Record::Event { event, choice } = &record {
            if self.places.is_empty() {
                self.places.resize_with(PLACES, || None);
            }
            self.places[place] = Some(Known { rest: rest.into(), event: event.clone(), choice: *choice });
        }
        Ok(Recalled { record, known: false })
    }
}

fn read(line: &[u8]) -> Result<Record, Reason> {
    let line = std::str::from_utf8(line).map_err(|_| Said::new("broken-utf8"))?;
    decode::record(line)
}

fn place_of(rest: &[u8]) -> usize {
    usize::try_from(FxBuildHasher.hash_one(rest) % PLACES as u64).unwrap_or(0)
}

/// What stands at the front of an event.
#[derive(Clone, Copy, Debug)]
struct Stamp {
    seq: Seq,
    step: Step,
    at: Nanos,
}

/// The stamp of a line that begins as ours do, and the rest of the line.
fn stamp(line: &[u8]) -> Option<(Stamp, &[u8])> {
    let (seq, line) = number(line.strip_prefix(b"{\"seq\":")?)?;
    let (step, line) = number(line.strip_prefix(b",\"step\":")?)?;
    let (at, line) = number(line.strip_prefix(b",\"at\":")?)?;
    let rest = line.strip_prefix(b",")?;
    let stamp = Stamp { seq: Seq(seq.try_into().ok()?), step: Step(step.try_into().ok()?), at: Nanos(at) };
    Some((stamp, rest))
}

/// A number as JSON writes it, and what follows. Of numbers with more digits than fit nothing is said.
fn number(text: &[u8]) -> Option<(u64, &[u8])> {
    let length = text.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(length);
    if !(1..20).contains(&length) || (length > 1 && digits[0] == b'0') {
        return None;
    }
    Some((digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = r#""thread":0,"line":3,"event":"value","object":0,"value":"x"}"#;

    #[test]
    fn a_rest_means_the_same_after_any_stamp() {
        let mut recall = Recall::default();
        for (number, stamp) in
            ["{\"seq\":0,\"step\":0,\"at\":0,", "{\"seq\":70,\"step\":7,\"at\":18446744073709551615,"]
                .into_iter()
                .chain(["{\"seq\":71,\"step\":7,\"at\":99,", "{ \"seq\":71,\"step\":7,\"at\":99,"])
                .enumerate()
        {
            let line = format!("{stamp}{REST}");
            let recalled = recall.record(line.as_bytes()).unwrap();
            assert_eq!(recalled.record, decode::record(&line).unwrap());
            assert_eq!(recalled.known, number == 2, "{line}");
        }
    }

    #[test]
    fn what_is_no_json_is_none_after_a_known_rest_either() {
        let mut recall = Recall::default();
        recall.record(format!("{{\"seq\":0,\"step\":0,\"at\":0,{REST}").as_bytes()).unwrap();
        for stamp in
            ["{\"seq\":01,\"step\":0,\"at\":0,", "{\"seq\":-1,\"step\":0,\"at\":0,", "{\"seq\":,\"step\":0,\"at\":0,"]
                .into_iter()
                .chain(["{\"seq\":1e0,\"step\":0,\"at\":0,", "{\"seq\":4294967296,\"step\":0,\"at\":0,"])
        {
            let line = format!("{stamp}{REST}");
            assert!(decode::record(&line).is_err());
            assert!(recall.record(line.as_bytes()).is_err(), "{line}");
        }
    }
}
