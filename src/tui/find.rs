//! Looking for things by typing.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What was typed, ready to be compared with many texts.
pub(super) struct Search {
    /// The words, in small letters.
    words: Vec<String>,
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

/// A text that contains the words ranks before every text that has their letters only.
const CONTAINS: u32 = 1 << 20;

impl Search {
    pub(super) fn new(typed: &str) -> Search {
        Search {
            words: typed.split_whitespace().map(str::to_lowercase).collect(),
            pattern: Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// True when every word stands in the text, in small or capital letters. (Not left to the matcher: its search for
    /// substrings misses some at the end of texts that are not ASCII.)
    pub(super) fn contains(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }

    /// How well a thing fits that is called `name` and can also be found by `also`; `None` when it does not. Letters in
    /// the right order are enough in the name.
    pub(super) fn rank(&mut self, name: &str, also: &str) -> Option<u32> {
        self.buffer.clear();
        let letters = self.pattern.score(Utf32Str::new(name, &mut self.buffer), &mut self.matcher);
        let contained = self.contains(name) || self.contains(&format!("{name} {also}"));
        match (contained, letters) {
            (true, letters) => Some(CONTAINS + letters.unwrap_or(0)),
            (false, letters) => letters,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand() {
        let contains = |typed: &str, text: &str| Search::new(typed).contains(text);
        assert!(contains("换一套配色", "Next theme t 换一套配色"));
        assert!(contains("THEME next", "Next theme"));
        assert!(contains("", "anything"));
        assert!(!contains("theme first", "Next theme"));
    }

    #[test]
    fn the_whole_word_ranks_before_its_letters() {
        let mut search = Search::new("step");
        let whole = search.rank("One step back", "");
        let letters = search.rank("Set the speed", "");
        assert!(whole > letters && letters.is_some());
        assert_eq!(search.rank("Quit", ""), None);
        assert!(search.rank("走一步", "One step") > letters);
    }
}
