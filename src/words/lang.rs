//! Which language the interface speaks.

use super::Words;
use crate::said::Said;
use crate::scenario::Localized;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A language with a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// Every language, in the order in which the language key goes through them.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The language of a locale name as systems write it: `zh`, `zh-CN`, `zh_CN.UTF-8`, `zh-Hans`. Anything unknown,
    /// `C` and `POSIX` among it, is English.
    #[must_use]
    pub fn of_locale(name: &str) -> Lang {
        name.parse().unwrap_or_default()
    }

    /// The language the system is set to.
    #[must_use]
    pub fn of_system() -> Lang {
        sys_locale::get_locale().map_or(Lang::En, |name| Lang::of_locale(&name))
    }

    /// The code that `--lang` takes: `en` or `zh`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    /// The text in this language.
    #[must_use]
    pub fn text(self, text: &Localized) -> &str {
        let text: &Arc<str> = self.of(text);
        text
    }

    /// What there is for this language.
    #[must_use]
    pub const fn of<T>(self, text: &Localized<T>) -> &T {
        match self {
            Lang::En => &text.en,
            Lang::Zh => &text.zh,
        }
    }

    /// What somebody says in each language.
    #[must_use]
    pub fn each<T>(mut tell: impl FnMut(&Words) -> T) -> Localized<T> {
        Localized { en: tell(&Words::new(Lang::En)), zh: tell(&Words::new(Lang::Zh)) }
    }

    /// The next language, in a circle.
    #[must_use]
    pub const fn next(self) -> Lang {
        match self {
            Lang::En => Lang::Zh,
            Lang::Zh => Lang::En,
        }
    }
}

impl FromStr for Lang {
    type Err = Said;

    fn from_str(name: &str) -> Result<Lang, Said> {
        let primary = name.split(['-', '_', '.', '@']).next().unwrap_or("");
        match primary.to_ascii_lowercase().as_str() {
            "en" => Ok(Lang::En),
            "zh" => Ok(Lang::Zh),
            _ => Err(Said::new("option-lang").with("name", name)),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn locale_names_of_all_systems_are_understood() {
        for name in ["zh", "zh-CN", "zh_CN.UTF-8", "zh-Hans", "zh_Hans_CN", "ZH", "zh_CN.GB18030", "zh_SG@x"] {
            assert_eq!(Lang::of_locale(name), Lang::Zh, "{name}");
        }
        for name in ["en", "en_US.UTF-8", "C", "POSIX", "", "de_DE", "zhx", "_zh"] {
            assert_eq!(Lang::of_locale(name), Lang::En, "{name}");
        }
    }

    #[test]
    fn an_option_names_what_it_does_not_know() {
        assert_eq!("zh".parse(), Ok(Lang::Zh));
        assert!("fr".parse::<Lang>().unwrap_err().to_string().contains("'fr'"));
    }

    #[test]
    fn the_language_key_goes_through_all() {
        assert_eq!(Lang::ALL.map(Lang::next), [Lang::Zh, Lang::En]);
    }
}
