//! A key as it is written: `x`, `Space`, `Shift-Right`, `Ctrl-P`, `F12`.

use super::keys::Chord;
use crate::said::Said;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// The keys that have a name.
const NAMES: [(&str, KeyCode); 15] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
];

const MODIFIERS: [(&str, KeyModifiers); 3] =
    [("Ctrl-", KeyModifiers::CONTROL), ("Alt-", KeyModifiers::ALT), ("Shift-", KeyModifiers::SHIFT)];

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChordError(String);

impl ChordError {
    /// The reason, and how keys are written.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("wrong-key").with("name", self.0.as_str())
    }
}

impl fmt::Display for ChordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Chord, ChordError> {
        let wrong = || ChordError(text.to_owned());
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        while let Some((name, modifier)) = MODIFIERS.iter().find(|(name, _)| starts_with(rest, name)) {
            (rest, modifiers) = (&rest[name.len()..], modifiers | *modifier);
        }
        let code = code(rest).ok_or_else(wrong)?;
        Chord { code, modifiers }.settled().ok_or_else(wrong)
    }
}

impl Chord {
    /// As the terminal tells it: Shift makes other characters, and Ctrl knows no capital letters.
    fn settled(self) -> Option<Chord> {
        let Chord { code, modifiers } = self;
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        Some(match code {
            KeyCode::Tab if shift => Chord { code: KeyCode::BackTab, modifiers: modifiers - KeyModifiers::SHIFT },
            KeyCode::Char(letter) if shift && letter.is_ascii_alphabetic() && modifiers == KeyModifiers::SHIFT => {
                Chord { code: KeyCode::Char(letter.to_ascii_uppercase()), modifiers: KeyModifiers::NONE }
            }
            KeyCode::Char(_) if shift => return None,
            KeyCode::Char(letter) if modifiers.contains(KeyModifiers::CONTROL) => {
                Chord { code: KeyCode::Char(letter.to_ascii_lowercase()), modifiers }
            }
            _ => self,
        })
    }
}

fn starts_with(text: &str, name: &str) -> bool {
    // A lone "Ctrl-" is a modifier without a key, not a key.
    text.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
}

fn code(name: &str) -> Option<KeyCode> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control()).then_some(KeyCode::Char(letter));
    }
    if let Some(number) = name.strip_prefix(['F', 'f']).and_then(|number| number.parse().ok()) {
        return (1..=24).contains(&number).then_some(KeyCode::F(number));
    }
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, modifier) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => match (NAMES.iter().find(|(_, known)| *known == code), code) {
                (Some((name, _)), _) => f.write_str(name),
                (None, KeyCode::Char(letter)) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                    write!(f, "{}", letter.to_ascii_uppercase())
                }
                (None, KeyCode::Char(letter)) => write!(f, "{letter}"),
                (None, _) => f.write_str("?"),
            },
        }
    }
}

/// Keys beside each other, with blanks between them: `Right l n`. Digits that count up are written `0-9`.
pub(super) fn written(chords: &[Chord]) -> String {
    let digits: Option<Vec<u32>> = chords.iter().map(digit).collect();
    match digits.as_deref() {
        Some([first, .., last]) if chords.len() > 2 && digits.iter().flatten().copied().eq(*first..=*last) => {
            format!("{first}-{last}")
        }
        _ => chords.iter().map(Chord::to_string).collect::<Vec<_>>().join(" "),
    }
}

fn digit(chord: &Chord) -> Option<u32> {
    match chord.code {
        KeyCode::Char(sign) if chord.modifiers.is_empty() => sign.to_digit(10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::KEYS;
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_written() {
        for row in KEYS {
            for chord in row.chords {
                assert_eq!(chord.to_string().parse(), Ok(*chord), "{chord}");
            }
        }
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        let shown = |text: &str| text.parse::<Chord>().map(|chord| chord.to_string());
        for (text, wanted) in [
            ("ctrl-p", "Ctrl-P"),
            ("Shift-a", "A"),
            ("shift-tab", "Shift-Tab"),
            ("f12", "F12"),
            ("-", "-"),
            ("锁", "锁"),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(wanted));
        }
        for wrong in ["", "Ctrl-", "Sapce", "F0", "F25", "ab", "Shift-1", "\t"] {
            assert_eq!(shown(wrong), Err(ChordError(wrong.to_owned())), "{wrong}");
        }
    }

    #[test]
    fn digits_that_count_up_are_a_range() {
        let shown = |keys: &str| written(&keys.split(' ').map(|key| key.parse().unwrap()).collect::<Vec<_>>());
        for (keys, wanted) in
            [("0 1 2", "0-2"), ("1 2", "1 2"), ("1 2 4", "1 2 4"), ("3 2 1", "3 2 1"), ("1 2 x", "1 2 x")]
        {
            assert_eq!(shown(keys), wanted);
        }
        assert_eq!(written(&[]), "");
    }
}
