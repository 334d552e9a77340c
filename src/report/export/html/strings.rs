//! The texts of the page: each stands there once, in both languages, and everything else names it by its number.

use crate::words::{Lang, Words};
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

/// A text in English and in Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Both {
    pub(super) en: String,
    pub(super) zh: String,
}

impl Both {
    /// What is the same in every language: names, values, output.
    pub(super) fn same(text: impl Into<String>) -> Both {
        let en = text.into();
        Both { zh: en.clone(), en }
    }

    pub(super) fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// One string when both languages say the same, else a pair.
impl Serialize for Both {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.en == self.zh { self.en.serialize(serializer) } else { [&self.en, &self.zh].serialize(serializer) }
    }
}

/// Whoever can say everything in both languages.
pub(super) struct Voices {
    en: Words,
    zh: Words,
}

impl Voices {
    pub(super) fn new() -> Voices {
        Voices { en: Words::new(Lang::En), zh: Words::new(Lang::Zh) }
    }

    /// The same thing said twice.
    pub(super) fn both(&self, say: impl Fn(&Words) -> String) -> Both {
        Both { en: say(&self.en), zh: say(&self.zh) }
    }

    /// Several sentences, said by both, in pairs.
    pub(super) fn pairs(&self, say: impl Fn(&Words) -> Vec<String>) -> Vec<Both> {
        say(&self.en).into_iter().zip(say(&self.zh)).map(|(en, zh)| Both { en, zh }).collect()
    }
}

/// The number of a text.
pub(super) type TextId = u32;

/// The number of the empty text.
pub(super) const NOTHING: TextId = 0;

/// All texts, in the order in which they came up.
pub(super) struct Strings {
    pub(super) voices: Voices,
    table: Vec<Both>,
    numbers: FxHashMap<Both, TextId>,
}

impl Strings {
    pub(super) fn new() -> Strings {
        let mut strings = Strings { voices: Voices::new(), table: Vec::new(), numbers: FxHashMap::default() };
        strings.put(Both::default());
        strings
    }

    /// The number of this text.
    pub(super) fn put(&mut self, text: Both) -> TextId {
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        let number = TextId::try_from(self.table.len()).unwrap_or(NOTHING);
        self.table.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// The number of what both say.
    pub(super) fn say(&mut self, say: impl Fn(&Words) -> String) -> TextId {
        let text = self.voices.both(say);
        self.put(text)
    }

    pub(super) fn into_table(self) -> Vec<Both> {
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_there_once() {
        let mut strings = Strings::new();
        let ready = strings.say(|words| words.t("state-ready"));
        assert_eq!(strings.say(|words| words.t("state-ready")), ready);
        assert_eq!(strings.put(Both::default()), NOTHING);
        let name = strings.put(Both::same("fork[0]"));
        assert_ne!(name, ready);
        let table = serde_json::to_string(&strings.into_table()).unwrap();
        assert_eq!(table, r#"["",["ready","可运行"],"fork[0]"]"#);
    }
}
