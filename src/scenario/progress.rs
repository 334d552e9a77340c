//! What somebody has done with which program, kept as a text that a person can read and edit.
//!
//! ```text
//! # one line for each program; whatever is not understood stays as it is
//! counter/race explored predicted=2/3 run challenge:assertion=4/3
//! counter/locked skipped
//! ```
//!
//! A line begins with the program, as it is called on the command line; white space, `%` and `#` in it are written as `%20`,
//! `%25` and `%23`. The words after it, in any order:
//!
//! | word | means |
//! |---|---|
//! | `run` | a run of it was seen to its end |
//! | `explored` | all its interleavings were looked at |
//! | `predicted=R/Q` | of its Q questions, R were answered rightly |
//! | `skipped` | its questions were passed over |
//! | `challenge:OBJECTIVE=MOVES/PAR` | the objective was reached with so many moves; PAR is `-` where nobody knows it |
//!
//! A word that is not known, or says something impossible, is kept where it is and counts for nothing. Several instances
//! write into one file: each adds what is new to what is there by then ([`Progress::merge`]), and of two entries the better
//! one stays.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

/// What was done, by program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    rows: Vec<Row>,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    /// A comment, an empty line.
    Other(String),
    /// No program has two of them.
    Entry(String, Done),
}

/// What was done with one program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// A run was seen to its end.
    pub run: bool,
    pub explored: bool,
    /// The questions were passed over.
    pub skipped: bool,
    pub predicted: Option<Score>,
    /// By objective.
    pub challenges: BTreeMap<String, Best>,
    /// Words that are not understood, each once.
    others: Vec<String>,
}

/// How many questions were answered rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    pub right: u32,
    /// At least 1, and at least as many as are right.
    pub of: u32,
}

/// The fewest moves with which an objective was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    pub moves: u32,
    /// Fewer are not possible; `None` when nobody knows.
    pub par: Option<u32>,
}

/// A word that is not understood, and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    pub line: usize,
    pub word: String,
}

impl Done {
    /// An objective was reached.
    #[must_use]
    pub fn is_solved(&self) -> bool {
        !self.challenges.is_empty()
    }

    /// The questions need not be asked again.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.skipped || self.predicted.is_some()
    }

    fn add(&mut self, other: &Done) {
        self.run |= other.run;
        self.explored |= other.explored;
        self.skipped |= other.skipped;
        if let Some(score) = other.predicted {
            self.predicted = Some(self.predicted.map_or(score, |before| before.better(score)));
        }
        for (objective, best) in &other.challenges {
            let better = self.challenges.get(objective).map_or(*best, |before| before.better(*best));
            self.challenges.insert(objective.clone(), better);
        }
        for word in &other.others {
            if !self.others.contains(word) {
                self.others.push(word.clone());
            }
        }
    }

    /// Takes a word of a line; false when it is not understood.
    fn read(&mut self, word: &str) -> bool {
        let found = match word.split_once('=') {
            None => match word {
                "run" => Done { run: true, ..Done::default() },
                "explored" => Done { explored: true, ..Done::default() },
                "skipped" => Done { skipped: true, ..Done::default() },
                _ => return false,
            },
            Some(("predicted", score)) => match score.split_once('/').and_then(Score::read) {
                Some(score) => Done { predicted: Some(score), ..Done::default() },
                None => return false,
            },
            Some(_) => {
                // The objective may have a `=` in it.
                let objective = word.strip_prefix("challenge:").and_then(|rest| rest.rsplit_once('='));
                match objective.and_then(|(objective, best)| Some((plain(objective), Best::read(best)?))) {
                    Some(reached) => Done { challenges: [reached].into(), ..Done::default() },
                    None => return false,
                }
            }
        };
        self.add(&found);
        true
    }

    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for (word, holds) in [("explored", self.explored), ("run", self.run), ("skipped", self.skipped)] {
            words.extend(holds.then(|| word.to_owned()));
        }
        words.extend(self.predicted.map(|score| format!("predicted={}/{}", score.right, score.of)));
        for (objective, best) in &self.challenges {
            let par = best.par.map_or_else(|| "-".to_owned(), |par| par.to_string());
            words.push(format!("challenge:{}={}/{par}", escaped(objective), best.moves));
        }
        words.extend(self.others.iter().cloned());
        words
    }
}

impl Score {
    fn read((right, of): (&str, &str)) -> Option<Score> {
        let score = Score { right: right.parse().ok()?, of: of.parse().ok()? };
        (score.of > 0 && score.right <= score.of).then_some(score)
    }

    /// The one with the larger part right; of equal parts the one over more questions.
    fn better(self, other: Score) -> Score {
        let part = |a: Score, b: Score| u64::from(a.right) * u64::from(b.of);
        let key = (part(self, other), self.of);
        if key < (part(other, self), other.of) { other } else { self }
    }
}

impl Best {
    fn read(text: &str) -> Option<Best> {
        let (moves, par) = text.split_once('/')?;
        let par = if par == "-" { None } else { Some(par.parse().ok()?) };
        Some(Best { moves: moves.parse().ok()?, par })
    }

    /// Fewer moves are better. The par that is known stays; of two the smaller one, as it was reached somehow.
    fn better(self, other: Best) -> Best {
        let par = match (self.par, other.par) {
            (Some(one), Some(another)) => Some(one.min(another)),
            (one, another) => one.or(another),
        };
        Best { moves: self.moves.min(other.moves), par }
    }
}

impl Progress {
    /// Reads a file. What is not understood is kept, and told.
    #[must_use]
    pub fn parse(text: &str) -> (Progress, Vec<Odd>) {
        let mut progress = Progress::default();
        let mut odd = Vec::new();
        let mut places = BTreeMap::new();
        for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
            let mut words = line.split_whitespace();
            let target = words.next().filter(|word| !word.starts_with('#'));
            let Some(target) = target.map(plain).filter(|target| !target.is_empty()) else {
                progress.rows.push(Row::Other(line.to_owned()));
                continue;
            };
            let place = *places.entry(target.clone()).or_insert_with(|| progress.push(&target));
            let Some(Row::Entry(_, done)) = progress.rows.get_mut(place) else { continue };
            for word in words.filter(|word| !done.read(word)).collect::<Vec<_>>() {
                odd.push(Odd { line: number, word: word.to_owned() });
                done.add(&Done { others: vec![word.to_owned()], ..Done::default() });
            }
        }
        (progress, odd)
    }

    /// What was done with this program.
    #[must_use]
    pub fn of(&self, target: &str) -> Option<&Done> {
        self.entries().find(|(known, _)| *known == target).map(|(_, done)| done)
    }

    /// Every program with which something was done, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Done)> {
        self.rows.iter().filter_map(|row| match row {
            Row::Entry(target, done) => Some((target.as_str(), done)),
            Row::Other(_) => None,
        })
    }

    /// Nothing was done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }

    /// A run of this program was seen to its end. This and the others: true when that is new.
    pub fn ran(&mut self, target: &str) -> bool {
        self.add(target, &Done { run: true, ..Done::default() })
    }

    /// All interleavings of it were looked at.
    pub fn explored(&mut self, target: &str) -> bool {
        self.add(target, &Done { explored: true, ..Done::default() })
    }

    /// Its questions were passed over.
    pub fn skipped(&mut self, target: &str) -> bool {
        self.add(target, &Done { skipped: true, ..Done::default() })
    }

    /// So many of its questions were answered rightly.
    pub fn predicted(&mut self, target: &str, right: u32, of: u32) -> bool {
        let score = Score { right: right.min(of), of: of.max(1) };
        self.add(target, &Done { predicted: Some(score), ..Done::default() })
    }

    /// An objective was reached with so many moves.
    pub fn challenge(&mut self, target: &str, objective: &str, moves: u32, par: Option<u32>) -> bool {
        let reached = (objective.to_owned(), Best { moves, par });
        self.add(target, &Done { challenges: [reached].into(), ..Done::default() })
    }

    /// Adds what is in the other. Of two entries the better one stays.
    pub fn merge(&mut self, other: &Progress) {
        for (target, done) in other.entries() {
            self.add(target, done);
        }
    }

    /// Forgets what was done: with a variant (`counter/race`), with all variants of a scenario (`counter`), with
    /// everything. Says how many entries that were.
    pub fn forget(&mut self, name: Option<&str>) -> usize {
        let before = self.rows.len();
        self.rows.retain(|row| match (row, name) {
            (Row::Other(_), _) => true,
            (Row::Entry(..), None) => false,
            (Row::Entry(target, _), Some(name)) => {
                target != name && !target.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
            }
        });
        before - self.rows.len()
    }

    fn add(&mut self, target: &str, new: &Done) -> bool {
        let known = |row: &Row| matches!(row, Row::Entry(known, _) if known == target);
        let place = self.rows.iter().position(known).unwrap_or_else(|| self.push(target));
        let Some(Row::Entry(_, done)) = self.rows.get_mut(place) else { return false };
        let before = done.clone();
        done.add(new);
        *done != before
    }

    /// A new entry at the end; its place.
    fn push(&mut self, target: &str) -> usize {
        self.rows.push(Row::Entry(target.to_owned(), Done::default()));
        self.rows.len() - 1
    }
}

/// The file.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            match row {
                Row::Other(line) => writeln!(f, "{line}")?,
                Row::Entry(target, done) => {
                    let mut words = vec![escaped(target)];
                    words.extend(done.words());
                    writeln!(f, "{}", words.join(" "))?;
                }
            }
        }
        Ok(())
    }
}

/// What is done in one sitting: everything, and what of it is not in the file yet.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    all: Progress,
    fresh: Progress,
}

impl Journal {
    /// With what is in the file.
    #[must_use]
    pub fn new(all: Progress) -> Journal {
        Journal { all, fresh: Progress::default() }
    }

    /// What was done until now.
    #[must_use]
    pub const fn progress(&self) -> &Progress {
        &self.all
    }

    /// What was done with this program.
    #[must_use]
    pub fn of(&self, target: &str) -> Option<&Done> {
        self.all.of(target)
    }

    /// Notes something; `note` says whether that is new.
    pub fn note(&mut self, note: impl Fn(&mut Progress) -> bool) {
        if note(&mut self.all) {
            note(&mut self.fresh);
        }
    }

    /// An objective was reached with so many moves.
    pub fn challenge(&mut self, target: &str, objective: &str, moves: u32, par: Option<u32>) {
        self.note(|progress| progress.challenge(target, objective, moves, par));
    }

    /// What is to be written, if anything is. It counts as written from now on.
    pub fn take_fresh(&mut self) -> Option<Progress> {
        (!self.fresh.is_empty()).then(|| std::mem::take(&mut self.fresh))
    }

    /// Forgets what was done ([`Progress::forget`]), also where nothing is written.
    pub fn forget(&mut self, name: Option<&str>) {
        self.all.forget(name);
        self.fresh.forget(name);
    }

    /// This is in the file now.
    pub fn written(&mut self, file: Progress) {
        self.all = file;
        let fresh = self.fresh.clone();
        self.all.merge(&fresh);
    }
}

/// One word, whatever is in it.
fn escaped(text: &str) -> String {
    let mut word = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '%' | '#' | '\u{feff}') {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(word, "%{byte:02X}");
            }
        } else {
            word.push(c);
        }
    }
    word
}

/// The text that was made one word. What is no escape stands for itself.
fn plain(word: &str) -> String {
    let bytes = word.as_bytes();
    let mut text = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = word.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let escape = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(byte) = escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            text.push(byte);
            at += 3;
        } else {
            text.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(text).unwrap_or_else(|_| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "\
# my progress

counter/race explored predicted=2/3 challenge:n=1=4/3 later=7
deadlock/self skipped
# the end
";

    #[test]
    fn a_file_is_read_and_written_as_it_is() {
        let (progress, odd) = Progress::parse(FILE);
        assert_eq!(odd, [Odd { line: 3, word: "later=7".to_owned() }]);
        assert_eq!(progress.to_string(), FILE);
        let race = progress.of("counter/race").unwrap();
        assert_eq!(race.predicted, Some(Score { right: 2, of: 3 }));
        assert_eq!(race.challenges["n=1"], Best { moves: 4, par: Some(3) });
        assert!(race.explored && !race.run && race.is_solved() && race.is_asked());
        assert!(progress.of("deadlock/self").unwrap().is_asked());
        assert_eq!(progress.of("counter"), None);
    }

    #[test]
    fn what_is_broken_is_kept_and_told() {
        let text = "a predicted=4/3 run predicted=x run\nb challenge:=1 challenge:d=1/- predicted=0/0\n";
        let (progress, odd) = Progress::parse(text);
        let words: Vec<_> = odd.iter().map(|odd| (odd.line, odd.word.as_str())).collect();
        assert_eq!(words, [(1, "predicted=4/3"), (1, "predicted=x"), (2, "challenge:=1"), (2, "predicted=0/0")]);
        assert_eq!(
            progress.to_string(),
            "a run predicted=4/3 predicted=x\nb challenge:d=1/- challenge:=1 predicted=0/0\n"
        );
        assert_eq!(progress.of("a").unwrap().predicted, None);
    }

    #[test]
    fn of_two_entries_the_better_one_stays() {
        let (mut here, _) = Progress::parse("# mine\na predicted=1/3 challenge:d=5/-\n");
        let (there, _) = Progress::parse("# theirs\na predicted=2/3 challenge:d=7/3\nb run\n");
        here.merge(&there);
        assert_eq!(here.to_string(), "# mine\na predicted=2/3 challenge:d=5/3\nb run\n");
        let better = |one: (u32, u32), other: (u32, u32)| {
            let [one, other] = [one, other].map(|(right, of)| Score { right, of });
            let score = one.better(other);
            (score.right, score.of)
        };
        assert_eq!(better((1, 2), (2, 3)), (2, 3));
        assert_eq!(better((1, 1), (2, 3)), (1, 1));
        assert_eq!(better((1, 1), (3, 3)), (3, 3));
    }

    #[test]
    fn a_variant_a_scenario_or_everything_is_forgotten() {
        let text = "# x\na/b run\na/c run\nab/c run\n";
        let forget = |name| {
            let (mut progress, _) = Progress::parse(text);
            (progress.forget(name), progress.to_string())
        };
        assert_eq!(forget(Some("a/b")), (1, "# x\na/c run\nab/c run\n".to_owned()));
        assert_eq!(forget(Some("a")), (2, "# x\nab/c run\n".to_owned()));
        assert_eq!(forget(None), (3, "# x\n".to_owned()));
        assert_eq!(forget(Some("zzz")).0, 0);
    }

    #[test]
    fn only_what_is_new_is_to_be_written() {
        let (all, _) = Progress::parse("a run\n");
        let mut journal = Journal::new(all);
        journal.note(|progress| progress.ran("a"));
        assert_eq!(journal.take_fresh(), None);
        journal.challenge("a", "deadlock", 3, Some(2));
        let fresh = journal.take_fresh().unwrap();
        assert_eq!(fresh.to_string(), "a challenge:deadlock=3/2\n");
        assert_eq!(journal.take_fresh(), None);
        // Somebody else has written meanwhile, and somebody has reset.
        let (mut file, _) = Progress::parse("b run\n");
        file.merge(&fresh);
        journal.written(file);
        assert_eq!(journal.progress().to_string(), "b run\na challenge:deadlock=3/2\n");
    }

    fn done() -> impl Strategy<Value = Done> {
        let flags = (any::<bool>(), any::<bool>(), any::<bool>());
        let score =
            proptest::option::of((0..9_u32, 1..9_u32).prop_map(|(right, of)| Score { right: right.min(of), of }));
        let best = (any::<u32>(), proptest::option::of(any::<u32>())).prop_map(|(moves, par)| Best { moves, par });
        let challenges = proptest::collection::btree_map(".{0,6}", best, 0..3);
        (flags, score, challenges).prop_map(|((run, explored, skipped), predicted, challenges)| Done {
            run,
            explored,
            skipped,
            predicted,
            challenges,
            others: Vec::new(),
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(entries in proptest::collection::btree_map(".{1,12}", done(), 0..6)) {
            let mut progress = Progress::default();
            for (target, done) in &entries {
                progress.add(target, done);
            }
            let (read, odd) = Progress::parse(&progress.to_string());
            prop_assert_eq!(odd, []);
            prop_assert_eq!(read, progress);
        }

        #[test]
        fn whatever_is_in_the_file_stays_in_it(text in "[ -~\\n%#=/\u{4e2d}]{0,120}") {
            let (progress, _) = Progress::parse(&text);
            let once = progress.to_string();
            let (again, _) = Progress::parse(&once);
            prop_assert_eq!(&again, &progress);
            prop_assert_eq!(again.to_string(), once);
        }

        #[test]
        fn the_order_of_merging_does_not_matter(one in done(), other in done()) {
            let merged = |first: &Done, second: &Done| {
                let mut done = first.clone();
                done.add(second);
                done
            };
            prop_assert_eq!(merged(&one, &other), merged(&other, &one));
            prop_assert_eq!(merged(&one, &one), one);
        }
    }
}
