//! The keys as they are: the key table, with what a person has changed in it.
//!
//! ```toml
//! [stage]
//! step = ["Right", "n"]     # these keys, and no others
//! challenge = "C"
//! reseed = []               # no key; the palette still has it
//!
//! [everywhere]
//! theme = "F2"
//! ```
//!
//! Each row of the table has a name, `step`; a screen and a name stand for one row. What keys mean may not become doubtful: a
//! key that would mean two things on one screen is an error, and so is a row that must not be changed.

use super::app::Screen;
use super::chord::{self, ChordError};
use super::keys::{Action, Binding, Chord, KEYS, Where};
use crate::said::{self, Said};
use crate::scenario::{nearest, with_keys};
use crate::words::Words;
use ratatui::crossterm::event::KeyEvent;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

/// The keys as they are. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// The rows that are changed, by their place in [`KEYS`].
    changed: Arc<BTreeMap<usize, Vec<Chord>>>,
}

/// Something that is wrong with a file of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    /// From 1.
    pub line: u32,
    pub kind: KeyErrorKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyErrorKind {
    /// What the reader of the format says.
    Format(Said),
    Screen {
        name: String,
        known: String,
    },
    Name {
        screen: &'static str,
        name: String,
        suggestion: Option<String>,
    },
    Key(ChordError),
    Fixed(String),
    Twice {
        key: String,
        one: &'static str,
        other: &'static str,
    },
}

impl From<ChordError> for KeyErrorKind {
    fn from(error: ChordError) -> KeyErrorKind {
        KeyErrorKind::Key(error)
    }
}

impl KeyErrorKind {
    /// The reason, and the remedy.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            KeyErrorKind::Format(said) => Said::new("wrong-format").with("text", said.clone()),
            KeyErrorKind::Screen { name, known } => {
                Said::new("wrong-screen").with("name", name.as_str()).with("known", known.as_str())
            }
            KeyErrorKind::Name { screen, name, suggestion: None } => {
                Said::new("wrong-key-name").with("screen", *screen).with("name", name.as_str())
            }
            KeyErrorKind::Name { screen, name, suggestion: Some(near) } => {
                let said = Said::new("wrong-key-name-near").with("screen", *screen).with("name", name.as_str());
                said.with("near", near.as_str())
            }
            KeyErrorKind::Key(error) => error.said(),
            KeyErrorKind::Fixed(name) => Said::new("wrong-key-fixed").with("name", name.as_str()),
            KeyErrorKind::Twice { key, one, other } => {
                Said::new("wrong-key-twice").with("key", key.as_str()).with("one", *one).with("other", *other)
            }
        }
    }
}

impl fmt::Display for KeyErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.kind)
    }
}

/// The file: screens, names, keys.
type File = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Keys>>;

/// One key or several.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a key such as \"x\", or a list of them")]
enum Keys {
    One(String),
    Several(Vec<String>),
}

impl Keymap {
    /// The table, changed as this file says.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in order of lines.
    pub fn parse(text: &str) -> Result<Keymap, Vec<KeyError>> {
        let line_of = |span: Range<usize>| {
            let before = text.get(..span.start).unwrap_or_default();
            u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
        };
        let file: File = toml::from_str(text).map_err(|error| {
            let line = line_of(error.span().unwrap_or_default());
            vec![KeyError { line, kind: KeyErrorKind::Format(said::reader(error.message())) }]
        })?;
        let mut errors = Vec::new();
        let mut changed = BTreeMap::new();
        let mut lines = BTreeMap::new();
        for (screen, rows) in &file {
            for (name, keys) in rows {
                let line = line_of(name.span());
                match row(screen.get_ref(), name.get_ref()).and_then(|row| Ok((row, chords(keys)?))) {
                    Ok((row, chords)) => {
                        changed.insert(row, chords);
                        lines.insert(row, line);
                    }
                    Err(kind) => errors.push(KeyError { line, kind }),
                }
            }
        }
        let keymap = Keymap { changed: changed.into() };
        errors.extend(keymap.doubts().map(|(row, other, key)| KeyError {
            line: lines.get(&row).or_else(|| lines.get(&other)).copied().unwrap_or(1),
            kind: KeyErrorKind::Twice { key: key.to_string(), one: KEYS[row].name(), other: KEYS[other].name() },
        }));
        errors.sort_by_key(|error| error.line);
        if errors.is_empty() { Ok(keymap) } else { Err(errors) }
    }

    /// Keys that mean two things on one screen, with the rows.
    fn doubts(&self) -> impl Iterator<Item = (usize, usize, Chord)> {
        let meet = |one: Where, other: Where| one == other || one == Where::Everywhere || other == Where::Everywhere;
        let rows = (0..KEYS.len()).flat_map(move |one| (one + 1..KEYS.len()).map(move |other| (one, other)));
        rows.filter(move |(one, other)| meet(KEYS[*one].on, KEYS[*other].on)).flat_map(move |(one, other)| {
            let twice = self.chords(one).iter().filter(move |chord| self.chords(other).contains(chord));
            twice.map(move |chord| (one, other, *chord))
        })
    }

    /// The keys of the row at this place in [`KEYS`].
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn chords(&self, row: usize) -> &[Chord] {
        self.changed.get(&row).map_or(KEYS[row].chords, Vec::as_slice)
    }

    /// The row for a pressed key on this screen.
    #[must_use]
    pub fn binding(&self, screen: Screen, key: &KeyEvent) -> Option<&'static Binding> {
        let mut rows = KEYS.iter().enumerate().filter(|(_, row)| row.on.includes(screen));
        rows.find(|(place, _)| self.chords(*place).iter().any(|chord| chord.matches(key))).map(|(_, row)| row)
    }

    /// The keys of a row of [`KEYS`] as they are written in the help, with blanks between them.
    #[must_use]
    pub fn shown(&self, row: &'static Binding) -> String {
        let place = KEYS.iter().position(|known| std::ptr::eq(known, row));
        chord::written(place.map_or(row.chords, |place| self.chords(place)))
    }

    /// The first key for an action on a screen, as it is written in a sentence; empty when it has none.
    #[must_use]
    pub fn key_for(&self, screen: Screen, action: Action) -> String {
        let row = KEYS.iter().find(|row| row.action == action && row.on.includes(screen));
        row.map(|row| self.shown(row)).and_then(|keys| keys.split(' ').next().map(str::to_owned)).unwrap_or_default()
    }

    /// The text with the keys of the actions that it names ([`with_keys`]), as code: `{key:explore}` is "`x`". What has no
    /// key is in the palette, and called as there.
    #[must_use]
    pub fn told<'a>(&self, text: &'a str, words: &Words) -> Cow<'a, str> {
        with_keys(text, |name| Some(self.named(name, words)?.map_or_else(|what| what, |key| format!("`{key}`"))))
    }

    /// The same for a text in which nothing is marked as code.
    #[must_use]
    pub fn told_plainly<'a>(&self, text: &'a str, words: &Words) -> Cow<'a, str> {
        with_keys(text, |name| Some(self.named(name, words)?.unwrap_or_else(|what| what)))
    }

    /// The first key of the action with this name; without one, what it is called in the palette. Of names that several
    /// screens have, the stage's is meant.
    fn named(&self, name: &str, words: &Words) -> Option<Result<String, String>> {
        let rows = || KEYS.iter().filter(|row| row.name() == name);
        let row = rows().find(|row| row.on.includes(Screen::Stage)).or_else(|| rows().next())?;
        let shown = self.shown(row);
        let key = shown.split(' ').next().filter(|key| !key.is_empty()).map(str::to_owned);
        Some(key.ok_or_else(|| words.with("key-in-palette", &[("what", words.t(row.words).into())])))
    }

    /// True for a row that is not as it stands in the table.
    #[must_use]
    pub fn is_changed(&self, row: usize) -> bool {
        self.changed.contains_key(&row)
    }
}

/// The place of a row in the table.
fn row(screen: &str, name: &str) -> Result<usize, KeyErrorKind> {
    let on = Where::ALL.into_iter().find(|on| on.name() == screen).ok_or_else(|| KeyErrorKind::Screen {
        name: screen.to_owned(),
        known: Where::ALL.map(Where::name).join(", "),
    })?;
    let found = KEYS.iter().position(|row| row.on == on && row.name() == name).ok_or_else(|| {
        let known = KEYS.iter().filter(|row| row.on == on).map(Binding::name);
        KeyErrorKind::Name {
            screen: on.name(),
            name: name.to_owned(),
            suggestion: nearest(name, known).map(str::to_owned),
        }
    })?;
    // Without these nobody gets out; and which thread runs is what a digit says.
    let fixed =
        matches!(KEYS[found].action, Action::Quit | Action::Suspend | Action::RunNumbered | Action::TickNumbered);
    if fixed { Err(KeyErrorKind::Fixed(name.to_owned())) } else { Ok(found) }
}

fn chords(keys: &Keys) -> Result<Vec<Chord>, KeyErrorKind> {
    let texts = match keys {
        Keys::One(key) => std::slice::from_ref(key),
        Keys::Several(keys) => keys,
    };
    Ok(texts.iter().map(|text| text.parse()).collect::<Result<_, ChordError>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::usual_keys;
    use crate::words::Lang;
    use ratatui::crossterm::event::{KeyCode, KeyModifiers};

    fn action(keymap: &Keymap, screen: Screen, code: KeyCode) -> Option<Action> {
        keymap.binding(screen, &KeyEvent::new(code, KeyModifiers::NONE)).map(|row| row.action)
    }

    #[test]
    fn a_changed_row_has_its_new_keys_and_no_others() {
        let keymap =
            Keymap::parse("[stage]\nstep = [\"Right\", \"N\"]\nreseed = []\n[everywhere]\ntheme = 'F2'\n").unwrap();
        assert_eq!(action(&keymap, Screen::Stage, KeyCode::Right), Some(Action::Step));
        assert_eq!(action(&keymap, Screen::Stage, KeyCode::Char('N')), Some(Action::Step));
        assert_eq!(action(&keymap, Screen::Stage, KeyCode::Char('n')), None);
        assert_eq!(action(&keymap, Screen::Stage, KeyCode::Char('R')), None);
        assert_eq!(action(&keymap, Screen::Gallery, KeyCode::F(2)), Some(Action::Theme));
        assert_eq!(action(&keymap, Screen::Stage, KeyCode::Char(' ')), Some(Action::PlayPause));
        assert_eq!(keymap.key_for(Screen::Stage, Action::Step), "Right");
        assert_eq!(keymap.key_for(Screen::Stage, Action::Reseed), "");
        let step = KEYS.iter().find(|row| row.words == "key-step").unwrap();
        assert_eq!((keymap.shown(step), Keymap::default().shown(step)), ("Right N".into(), "Right l n".into()));
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let text = "[stage]\nstep = \"Sapce\"\nstpe = \"n\"\nrun-numbered = \"x\"\n\n[stge]\nplay = \"p\"\n[everywhere]\nhelp = \"r\"\n";
        let errors: Vec<String> = Keymap::parse(text).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(errors[0], "2: `Sapce` is no key; keys are written as x, Space, F2, Shift-Right, Ctrl-P");
        assert_eq!(errors[1], "3: there is no key for `stpe` on the screen `stage`; did you mean `step`?");
        assert_eq!(errors[2], "4: the key of `run-numbered` cannot be changed");
        assert!(errors[3].starts_with("7: there is no screen `stge`; there are everywhere, stage,"), "{errors:?}");
        assert!(errors[4].starts_with("9: `r` would mean both `restart` and `help`"), "{errors:?}");
        let errors = Keymap::parse("[stage]\nstep = 3\n").unwrap_err();
        assert_eq!(errors[0].line, 2, "{errors:?}");
        assert_eq!(Keymap::parse("[stage\n").unwrap_err()[0].line, 1);
    }

    #[test]
    fn texts_name_the_keys_as_they_are() {
        let keymap = Keymap::parse("[stage]\nexplore = \"F5\"\nreseed = []\n").unwrap();
        let en = Words::new(Lang::En);
        let told = |keymap: &Keymap, text| keymap.told(text, &en).into_owned();
        assert_eq!(told(&Keymap::default(), "Press {key:explore}, {key:play}."), "Press `x`, `Space`.");
        assert_eq!(told(&keymap, "Press {key:explore}, {key:play}."), "Press `F5`, `Space`.");
        let (palette, reseed) = (told(&keymap, "{key:palette}"), told(&keymap, "{key:reseed}"));
        assert_eq!(palette, "`:`");
        assert!(reseed.contains(&en.t("key-reseed")), "{reseed}");
        assert_eq!(keymap.told_plainly("{key:explore} again", &en), "F5 again");
    }

    #[test]
    fn texts_can_name_every_key_of_the_stage_that_can_be_one() {
        let digits = [Action::RunNumbered, Action::TickNumbered];
        let rows = KEYS.iter().filter(|row| row.on.includes(Screen::Stage) && !digits.contains(&row.action));
        let keys = rows.map(|row| (row.name(), row.chords.first().map(Chord::to_string).unwrap_or_default()));
        assert_eq!(
            keys.collect::<Vec<_>>(),
            usual_keys().map(|(name, key)| (name, key.to_owned())).collect::<Vec<_>>()
        );
    }

    #[test]
    fn every_key_that_does_something_is_shown() {
        for row in KEYS.iter().filter(|row| row.chords.len() < 8) {
            let wanted: Vec<String> = row.chords.iter().map(Chord::to_string).collect();
            assert_eq!(Keymap::default().shown(row).split_whitespace().collect::<Vec<_>>(), wanted, "{}", row.name());
        }
    }

    #[test]
    fn rows_have_names_of_their_own_and_no_doubts() {
        for (place, row) in KEYS.iter().enumerate() {
            let twice = KEYS[place + 1..].iter().any(|other| other.on == row.on && other.name() == row.name());
            assert!(!twice, "{} twice", row.name());
        }
        assert_eq!(Keymap::default().doubts().next(), None);
    }
}
