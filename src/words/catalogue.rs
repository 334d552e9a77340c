//! Messages by key.

use super::{Lang, safe};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use std::sync::{Arc, LazyLock};
use unic_langid::LanguageIdentifier;

/// What fills a variable of a message: text or a number, made with `.into()`.
pub type Arg<'a> = FluentValue<'a>;

type Bundle = FluentBundle<FluentResource>;

/// A folder for each language, with files by subject. No key stands in two of them.
static CATALOGUES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/locales");

static BUNDLES: LazyLock<[Arc<Bundle>; 2]> = LazyLock::new(|| [bundle(Lang::En).into(), bundle(Lang::Zh).into()]);

/// The catalogue of one language. Cloning is cheap, and every thread may use it.
#[derive(Clone)]
pub struct Words {
    lang: Lang,
    bundle: Arc<Bundle>,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn new(lang: Lang) -> Words {
        let [english, chinese] = &*BUNDLES;
        let bundle = match lang {
            Lang::En => english,
            Lang::Zh => chinese,
        };
        Words { lang, bundle: Arc::clone(bundle) }
    }

    /// Which language these are.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The message of this key. A key without a message gives the key itself; a test keeps that from happening.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message of this key, if there is one: for keys that are put together.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        self.bundle.has_message(key).then(|| self.t(key))
    }

    /// The message of this key with its variables filled in. Text is made harmless for a terminal ([`safe`]).
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, harmless(value));
        }
        let text = self.bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned();
        if self.lang == Lang::Zh { closed_up(text, args) } else { text }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.lang).finish()
    }
}

/// Chinese has a space between a name in Latin letters and what stands beside it, and none between two characters of its
/// own. The catalogue cannot know which of the two a variable is: the space beside those that turn out to be Chinese is
/// taken away.
fn closed_up(mut text: String, args: &[(&str, Arg<'_>)]) -> String {
    let is_han = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    for (_, value) in args {
        let FluentValue::String(arg) = value else { continue };
        let arg = safe(arg);
        if is_han(arg.chars().next_back()) {
            let spaced = format!("{arg} ");
            if let Some((head, tail)) = text.split_once(&spaced).filter(|(_, tail)| is_han(tail.chars().next())) {
                text = format!("{head}{arg}{tail}");
            }
        }
        if is_han(arg.chars().next()) {
            let spaced = format!(" {arg}");
            if let Some((head, tail)) = text.split_once(&spaced).filter(|(head, _)| is_han(head.chars().next_back())) {
                text = format!("{head}{arg}{tail}");
            }
        }
    }
    text
}

fn harmless<'a>(value: &'a Arg<'_>) -> Arg<'a> {
    match value {
        FluentValue::String(text) => FluentValue::String(safe(text)),
        other => other.clone(),
    }
}

/// The keys of all messages, for tests.
#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    let lines =
        sources(Lang::En).flat_map(str::lines).filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim())
}

/// The texts of a language's catalogue.
pub(super) fn sources(lang: Lang) -> impl Iterator<Item = &'static str> {
    let files = CATALOGUES.get_dir(lang.code()).into_iter().flat_map(Dir::files);
    files.filter_map(include_dir::File::contents_utf8)
}

fn bundle(lang: Lang) -> Bundle {
    let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // Without this, invisible direction marks surround every variable and land in terminal cells.
    bundle.set_use_isolating(false);
    // What does not parse is left out; the tests see to it that everything does, and that no key stands twice.
    for source in sources(lang) {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_beside_chinese_has_no_space() {
        let words = Words::new(Lang::Zh);
        let list = |head: &str, last: &str| words.with("list-and", &[("head", head.into()), ("last", last.into())]);
        assert_eq!(list("A", "B"), "A 和 B");
        assert_eq!(list("可能卡住", "可能崩溃"), "可能卡住和可能崩溃");
        assert_eq!(list("changed 的锁", "B"), "changed 的锁和 B");
        assert_eq!(list("你 好", "B"), "你 好和 B");
        assert_eq!(list("", ""), " 和 ");
    }
}
