//! The themes there are.

use super::Theme;
use super::file::{File, ThemeError, Wrong};
use std::sync::{Arc, LazyLock};

/// Which theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// The terminal's own 16 colours on its own background.
    #[default]
    Ansi,
    Dark,
    Light,
    HighContrast,
    /// For eyes that do not tell red from green.
    Deuteranopia,
    /// For eyes that do not tell blue from green.
    Tritanopia,
    /// No colour at all.
    Mono,
    /// A person's own, by its place among [`Themes`].
    Own(usize),
}

impl ThemeName {
    /// The themes that come with the program, in the order in which the theme key goes through them.
    pub const ALL: [ThemeName; 7] = [
        ThemeName::Ansi,
        ThemeName::Dark,
        ThemeName::Light,
        ThemeName::HighContrast,
        ThemeName::Deuteranopia,
        ThemeName::Tritanopia,
        ThemeName::Mono,
    ];

    /// The theme that comes with the program under this name; the first of them for a person's own.
    #[must_use]
    pub fn embedded_theme(self) -> &'static Theme {
        let place = ThemeName::ALL.iter().position(|known| *known == self);
        &EMBEDDED[place.unwrap_or(0)]
    }

    /// The name and the file of one that comes with the program.
    pub(super) const fn embedded(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            ThemeName::Ansi => ("ansi", include_str!("../../../assets/themes/ansi.toml")),
            ThemeName::Dark => ("dark", include_str!("../../../assets/themes/dark.toml")),
            ThemeName::Light => ("light", include_str!("../../../assets/themes/light.toml")),
            ThemeName::HighContrast => ("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
            ThemeName::Deuteranopia => ("deuteranopia", include_str!("../../../assets/themes/deuteranopia.toml")),
            ThemeName::Tritanopia => ("tritanopia", include_str!("../../../assets/themes/tritanopia.toml")),
            ThemeName::Mono => ("mono", include_str!("../../../assets/themes/mono.toml")),
            ThemeName::Own(_) => return None,
        })
    }
}

/// Those that come with the program.
static EMBEDDED: LazyLock<[Theme; ThemeName::ALL.len()]> = LazyLock::new(|| {
    let shelf = Shelf { own: &[], open: Vec::new() };
    // A test reads every one of them; an unstyled one would still be readable.
    ThemeName::ALL.map(|name| name.embedded().and_then(|(name, _)| shelf.theme(name).ok()).unwrap_or_default())
});

/// The themes there are: those that come with the program, and a person's own. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    own: Arc<[(String, Theme)]>,
    flaws: Arc<[ThemeFlaw]>,
}

/// Something that is wrong with one of a person's own themes, which is none because of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFlaw {
    /// The theme's.
    pub name: String,
    /// Of its file, from 1.
    pub line: usize,
    pub error: ThemeError,
}

impl Themes {
    /// With a person's own: each its name and its file's text. One with the name of a theme that comes with the program
    /// takes its place, and may inherit it. What is no theme is left out, and [`Themes::flaws`] says why.
    #[must_use]
    pub fn with_own(files: &[(String, String)]) -> Themes {
        let mut own = Vec::new();
        let mut flaws = Vec::new();
        for (name, _) in files {
            match (Shelf { own: files, open: Vec::new() }).theme(name) {
                Ok(theme) => own.push((name.clone(), theme)),
                Err(wrong) => {
                    let flaw = |(line, error)| ThemeFlaw { name: name.clone(), line, error };
                    flaws.extend(wrong.into_iter().map(flaw));
                }
            }
        }
        Themes { own: own.into(), flaws: flaws.into() }
    }

    /// What is wrong with those that are no themes, in the order of their files and lines.
    #[must_use]
    pub fn flaws(&self) -> &[ThemeFlaw] {
        &self.flaws
    }

    /// The theme itself.
    #[must_use]
    pub fn theme(&self, name: ThemeName) -> &Theme {
        let own = if let ThemeName::Own(at) = name { self.own.get(at).map(|(_, theme)| theme) } else { None };
        own.unwrap_or_else(|| name.embedded_theme())
    }

    /// What `--theme` takes.
    #[must_use]
    pub fn name(&self, name: ThemeName) -> &str {
        match (name, name.embedded()) {
            (ThemeName::Own(at), _) => self.own.get(at).map_or("ansi", |(name, _)| name),
            (_, embedded) => embedded.map_or("ansi", |(name, _)| name),
        }
    }

    /// The theme of this name; a person's own come first.
    ///
    /// # Errors
    /// [`ThemeError::Unknown`], which lists what there is.
    pub fn find(&self, name: &str) -> Result<ThemeName, ThemeError> {
        let found = self.every().find(|known| self.name(*known) == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.every().map(|known| self.name(known)).collect();
            ThemeError::Unknown { name: name.to_owned(), known: known.join(", ") }
        })
    }

    /// The next theme, in a circle.
    #[must_use]
    pub fn next(&self, name: ThemeName) -> ThemeName {
        let every: Vec<ThemeName> = self.every().collect();
        let place = every.iter().position(|known| *known == name).unwrap_or(0);
        every[(place + 1) % every.len()]
    }

    /// A person's own, then those that come with the program and are not replaced.
    pub fn every(&self) -> impl Iterator<Item = ThemeName> {
        let replaced = |name: &ThemeName| {
            let embedded = name.embedded().map(|(name, _)| name);
            self.own.iter().any(|(own, _)| Some(&**own) == embedded)
        };
        let embedded = ThemeName::ALL.into_iter().filter(move |name| !replaced(name));
        (0..self.own.len()).map(ThemeName::Own).chain(embedded)
    }
}

/// Where themes are looked up while they are read.
struct Shelf<'a> {
    /// Names and texts.
    own: &'a [(String, String)],
    /// The themes that are being read: each inherits the next.
    open: Vec<(String, bool)>,
}

impl Shelf<'_> {
    fn theme(&self, name: &str) -> Result<Theme, Vec<Wrong>> {
        let (text, is_own) = self.file(name).ok_or_else(|| vec![(1, self.unknown(name))])?;
        let file = File::parse(text).map_err(|wrong| vec![wrong])?;
        let Some((parent, line)) = file.inherits() else { return file.theme(None) };
        let open = self.open.iter().cloned().chain([(name.to_owned(), is_own)]).collect();
        let deeper = Shelf { own: self.own, open };
        let inherited = match deeper.file(parent) {
            None => Err(self.unknown(parent)),
            Some((_, is_own)) if deeper.is_open(parent, is_own) => {
                let round: Vec<&str> = deeper.open.iter().map(|(name, _)| name.as_str()).chain([parent]).collect();
                Err(ThemeError::Circle(round.join(" > ")))
            }
            // What is wrong with the parent is told of the parent.
            Some(_) => deeper.theme(parent).map_err(|wrong| {
                let circle = wrong.into_iter().map(|(_, error)| error).find(|e| matches!(e, ThemeError::Circle(_)));
                circle.unwrap_or_else(|| ThemeError::BrokenParent(parent.to_owned()))
            }),
        };
        match inherited {
            Ok(parent) => file.theme(Some(&parent)),
            Err(error) => {
                let mut wrong = file.theme(Some(&Theme::default())).err().unwrap_or_default();
                wrong.push((line, error));
                wrong.sort_by_key(|(line, _)| *line);
                Err(wrong)
            }
        }
    }

    /// The file of this name, and whether it is a person's own. A theme that inherits its own name means the one it
    /// replaces.
    fn file(&self, name: &str) -> Option<(&str, bool)> {
        let own = self.own.iter().find(|(known, _)| known == name);
        match own.filter(|_| !self.is_open(name, true) || !has_embedded(name)) {
            Some((_, text)) => Some((text.as_str(), true)),
            None => Some((embedded(name)?, false)),
        }
    }

    fn is_open(&self, name: &str, own: bool) -> bool {
        self.open.iter().any(|(open, was_own)| open == name && *was_own == own)
    }

    fn unknown(&self, name: &str) -> ThemeError {
        let embedded = ThemeName::ALL.iter().filter_map(|known| Some(known.embedded()?.0));
        let known: Vec<&str> = self.own.iter().map(|(name, _)| name.as_str()).chain(embedded).collect();
        ThemeError::NoParent { name: name.to_owned(), known: known.join(", ") }
    }
}

fn embedded(name: &str) -> Option<&'static str> {
    ThemeName::ALL.into_iter().filter_map(ThemeName::embedded).find(|(known, _)| *known == name).map(|(_, text)| text)
}

fn has_embedded(name: &str) -> bool {
    embedded(name).is_some()
}
