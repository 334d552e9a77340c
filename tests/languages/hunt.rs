//! Looks for English in what is shown in Chinese, and for Chinese in what is shown in English.
//!
//! A word of ASCII letters is English unless there is a reason for it to stand there: it comes from the program under study
//! (a name, a value, output, the file's name), it is to be typed and stands in backquotes, it is a key, or a name that is
//! the same in every language.

use std::collections::BTreeSet;

/// Names that are the same in every language: products, people and books, keys, units, commands and values that are typed.
const NAMES: &str = "\
    Lockstep Python CPython GIL JSON HTML SVG XDG UTF TERM LANG COLOR English MiB KiB MainThread True False None nan inf \
    Peterson Edsger Dijkstra Allen Downey Semaphores \
    Enter Esc Space Tab Shift Ctrl Left Right Up Down Backspace Home End PageUp PageDown \
    lockstep run list explore replay export diff check doctor paths man completions schema help \
    manual random fifo pct rr op gil py zh ok xterm truecolor ascii unicode safe ansi light high contrast mono";

/// What Python says of an exception that nobody caught, a book, a value in a menu, titles: their words may stand in them only.
const PHRASES: &[&str] = &[
    "Exception in thread",
    "Traceback (most recent call last):",
    "The Little Book of",
    "line  一行",
    "while 加",
    "把 while 写成",
];

/// Words of Python that are as common in English: where they are meant, they stand in a program.
const COMMON: &[&str] = &["and", "any", "as", "for", "if", "in", "is", "not", "or", "thread", "while", "with"];

/// The longest word in capitals that may stand for a thread or a key.
const LETTERS: usize = 2;

/// What may stand on a Chinese screen though it is no Chinese.
#[derive(Clone, Default)]
pub(crate) struct Allowed {
    words: BTreeSet<String>,
    /// Quotations may be in English: what the reader of a format says of a file.
    quotations: bool,
}

impl Allowed {
    /// Names that are the same everywhere; stories name other variants, and code.
    pub(crate) fn names() -> Allowed {
        let mut allowed = Allowed { words: words(NAMES).map(str::to_owned).collect(), quotations: false };
        for scenario in lockstep::scenario::Catalogue::embedded().scenarios() {
            allowed = allowed.also(&scenario.id);
            for variant in &scenario.variants {
                let told = scenario.story.zh.section(&variant.id).cloned().unwrap_or_default();
                let code = |text: &str| {
                    let code = text.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(" ");
                    words(&code).filter(|word| !COMMON.contains(word)).collect::<Vec<_>>().join(" ")
                };
                allowed = allowed.also(&variant.id).also(&code(&told.brief)).also(&code(&told.after));
            }
        }
        allowed
    }

    /// Words of a program, its comments left out: names, and texts that it may print.
    pub(crate) fn program(mut self, source: &str) -> Allowed {
        for line in source.lines() {
            let code = line.split('#').next().unwrap_or("");
            self = self.also(code);
        }
        self
    }

    /// These words as well: a file's name, an exception's message.
    pub(crate) fn also(mut self, text: &str) -> Allowed {
        // The parts of a name as well: it may be cut anywhere.
        self.words.extend(words(text).chain(words(&text.replace('_', " "))).map(str::to_owned));
        self
    }

    /// What stands between corner brackets as well.
    pub(crate) fn quotations(self) -> Allowed {
        Allowed { quotations: true, ..self }
    }

    /// True when the word has a reason to be there: letters of threads and Python's own names of exceptions, too.
    fn has(&self, word: &str) -> bool {
        let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
        (capitals && word.len() <= LETTERS) || is_lane(word) || word.ends_with("Error") || self.words.contains(word)
    }

    /// At the edge of a pane, or where something lies on it, words are cut: part of an allowed word is as good.
    fn has_part(&self, word: &str) -> bool {
        self.words.iter().any(|known| known.starts_with(word) || known.ends_with(word))
    }

    /// The English words of a text in Chinese, each with its line.
    pub(crate) fn english(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for line in text.lines() {
            let outside: String =
                line.split('「').map(|piece| piece.split_once('」').map_or(piece, |(_, rest)| rest)).collect();
            let line = if self.quotations { &outside } else { line };
            for cell in line.split(|c: char| matches!(c, '\u{2500}'..='\u{257f}')) {
                // What follows the sign is a comment of the program.
                let shown = without_typed(&without_phrases(cell.split('#').next().unwrap_or("")));
                // Where there is more, an arrow stands at the edge.
                let whole = shown.trim_matches(|c: char| !c.is_alphanumeric() && c != '…');
                let is_cut = |word: &str| {
                    let dotted = [format!("{word}…"), format!("…{word}")];
                    whole.starts_with(word) || whole.ends_with(word) || dotted.iter().any(|cut| whole.contains(cut))
                };
                let is_english = |word: &&str| !(self.has(word) || is_cut(word) && self.has_part(word));
                let english: Vec<&str> = words(&shown).filter(is_english).collect();
                if !english.is_empty() {
                    found.push(format!("{english:?} in {}", cell.trim()));
                }
            }
        }
        found
    }
}

/// True for letters of threads that stand one beside the other: those at one line of the program, in their order, or those
/// that hold a lock, moment by moment.
fn is_lane(word: &str) -> bool {
    let letters = word.as_bytes();
    letters.iter().all(|letter| matches!(letter, b'A'..=b'J' | b'M'))
        && (letters.windows(2).any(|pair| pair[0] == pair[1]) || letters.is_sorted())
}

/// Words of two or more letters; what has an underscore or a digit in it is an identifier, and is left out.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    pieces.filter(|piece| piece.len() >= 2 && piece.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// The line without what stands in backquotes, is an option, a path or a schedule.
fn without_typed(line: &str) -> String {
    let outside: Vec<&str> = line.split('`').step_by(2).collect();
    let outside = outside.join(" ");
    let kept = outside.split(' ').filter(|piece| {
        let option = piece.trim_start_matches(['[', '(', '（']).starts_with('-') && piece.len() > 1;
        let path = piece.contains('/') && piece.is_ascii();
        let assigned = piece.contains('=') && piece.is_ascii();
        !(option || path || assigned)
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// The line without the phrases, and without the places of a traceback.
fn without_phrases(line: &str) -> String {
    let line = PHRASES.iter().fold(line.to_owned(), |line, phrase| line.replace(phrase, ""));
    // `File "NAME", line 3, in work`
    let place = line.find("File \"").filter(|at| line[*at..].contains("\", line "));
    place.map_or(line.clone(), |at| line[..at].to_owned())
}

/// Chinese characters and punctuation in a text in English.
pub(crate) fn chinese(text: &str) -> Vec<String> {
    let is_chinese = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    // The key that leads to the other language names it in that language, and `doctor` shows whether signs stand in line.
    let lines = text.lines().map(|line| line.replace("中文", "").replace("线程和锁.", ""));
    lines.filter(|line| line.contains(is_chinese)).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn the_hunter_sees_what_it_should() {
    let allowed = Allowed::names().program("def work(): # the worker\n    print('over')").also("a.py");
    assert!(allowed.english("线程 A 调用 work()，按 `lockstep run` 打开 a.py，over，用 --sched pct").is_empty());
    assert_eq!(allowed.english("线程 A is blocked\n好").len(), 1);
    assert_eq!(allowed.english("the worker is").len(), 1);
    assert_eq!(allowed.english("线程 A：GIL，按 y 或 F1").len(), 0);
    for word in ["PAUSED", "DEADLOCK", "BUG", "PROVED", "NOT FINISHED", "WON AT PAR", "in", "any", "line 3"] {
        assert_eq!(allowed.english(&format!("线程 {word} 结束")).len(), 1, "{word}");
    }
    let traceback = "Exception in thread A:\nTraceback (most recent call last):\n  File \"a.py\", line 3, in work\n";
    assert!(allowed.english(traceback).is_empty());
    assert_eq!(chinese("nothing\n有\n，"), ["有", "，"]);
}
