//! Colours and emphasis, by meaning.
//!
//! A theme gives every [`Slot`] a style and the threads a row of styles to take turns in. Themes are files under
//! `assets/themes`: a style is written as `colour on colour, bold underlined`, in the manner of "black on yellow,
//! bold". Nothing is told by a style alone: states have signs and words, threads have letters.

use crate::event::ThreadState;
use crate::ids::ThreadId;
use crate::source::TokenKind;
use ratatui::style::{Color, Modifier, ParseColorError, Style};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// What a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Ordinary text, and the background of everything.
    Text,
    /// Text that matters less: line numbers, units, hints.
    Dim,
    /// Titles of panes, headings.
    Title,
    Border,
    /// The border and title of the pane that has the keys.
    Focus,
    /// The top line.
    Bar,
    /// A key's name in the footer and the help.
    Key,
    /// The row that is selected.
    Selected,
    /// The source line on which the thread of the last step stands.
    Cursor,
    /// A value that the last step changed.
    Changed,
    /// Letters that matched a filter.
    Match,
    /// Where the time stands on the timeline.
    Now,
    /// The narration line.
    Narration,
    /// The inside of an overlay, and a text field in it.
    Overlay,
    Field,
    /// Code in a story.
    Code,
    /// Thread states.
    New,
    Ready,
    Blocked,
    Waiting,
    Sleeping,
    Finished,
    Failed,
    /// How bad something is.
    Good,
    Warning,
    Error,
    /// Python source.
    Keyword,
    Constant,
    Number,
    String,
    Comment,
    Operator,
    Definition,
    Builtin,
    Name,
}

impl Slot {
    /// Every slot, in order.
    pub const ALL: [Slot; 35] = [
        Slot::Text,
        Slot::Dim,
        Slot::Title,
        Slot::Border,
        Slot::Focus,
        Slot::Bar,
        Slot::Key,
        Slot::Selected,
        Slot::Cursor,
        Slot::Changed,
        Slot::Match,
        Slot::Now,
        Slot::Narration,
        Slot::Overlay,
        Slot::Field,
        Slot::Code,
        Slot::New,
        Slot::Ready,
        Slot::Blocked,
        Slot::Waiting,
        Slot::Sleeping,
        Slot::Finished,
        Slot::Failed,
        Slot::Good,
        Slot::Warning,
        Slot::Error,
        Slot::Keyword,
        Slot::Constant,
        Slot::Number,
        Slot::String,
        Slot::Comment,
        Slot::Operator,
        Slot::Definition,
        Slot::Builtin,
        Slot::Name,
    ];
}

/// Which theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// The terminal's own 16 colours on its own background.
    #[default]
    Ansi,
    Light,
    HighContrast,
    /// No colour at all.
    Mono,
}

impl ThemeName {
    /// Every theme, in the order in which the theme key goes through them.
    pub const ALL: [ThemeName; 4] = [ThemeName::Ansi, ThemeName::Light, ThemeName::HighContrast, ThemeName::Mono];

    /// The name that `--theme` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ThemeName::Ansi => "ansi",
            ThemeName::Light => "light",
            ThemeName::HighContrast => "high-contrast",
            ThemeName::Mono => "mono",
        }
    }

    /// The next theme, in a circle.
    #[must_use]
    pub fn next(self) -> ThemeName {
        let place = ThemeName::ALL.iter().position(|name| *name == self).unwrap_or(0);
        ThemeName::ALL[(place + 1) % ThemeName::ALL.len()]
    }

    /// The theme of this name.
    #[must_use]
    pub fn theme(self) -> &'static Theme {
        static THEMES: LazyLock<[Theme; 4]> = LazyLock::new(|| {
            // A test parses every embedded theme; an unstyled one would still be readable.
            ThemeName::ALL.map(|name| name.text().parse().unwrap_or_default())
        });
        let [ansi, light, high_contrast, mono] = &*THEMES;
        match self {
            ThemeName::Ansi => ansi,
            ThemeName::Light => light,
            ThemeName::HighContrast => high_contrast,
            ThemeName::Mono => mono,
        }
    }

    const fn text(self) -> &'static str {
        match self {
            ThemeName::Ansi => include_str!("../../assets/themes/ansi.toml"),
            ThemeName::Light => include_str!("../../assets/themes/light.toml"),
            ThemeName::HighContrast => include_str!("../../assets/themes/high-contrast.toml"),
            ThemeName::Mono => include_str!("../../assets/themes/mono.toml"),
        }
    }
}

impl FromStr for ThemeName {
    type Err = ThemeError;

    fn from_str(name: &str) -> Result<ThemeName, ThemeError> {
        // Where there is no terminal, as in a picture, its own colours are those of a dark one.
        let name = if name == "dark" { ThemeName::Ansi.name() } else { name };
        let found = ThemeName::ALL.into_iter().find(|theme| theme.name() == name);
        found.ok_or_else(|| ThemeError::Unknown(name.to_owned()))
    }
}

impl fmt::Display for ThemeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a theme is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("there is no theme '{0}'; there are ansi, light, high-contrast and mono")]
    Unknown(String),
    #[error("{0}")]
    Format(String),
    #[error("the style '{0}' is not written as 'colour on colour, bold'")]
    Style(String),
    #[error("the style of {0:?} is missing")]
    Missing(Slot),
    #[error("there must be at least one style for threads")]
    NoThreads,
}

/// A style for every slot.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: [Style; Slot::ALL.len()],
    threads: Vec<Style>,
}

/// A theme's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The styles that threads take turns in.
    threads: Vec<String>,
    styles: BTreeMap<Slot, String>,
}

impl Theme {
    /// The style of a slot. Those of text lie on the theme's background.
    #[must_use]
    pub fn style(&self, slot: Slot) -> Style {
        self.styles[slot as usize]
    }

    /// The style of a thread's letter and name.
    #[must_use]
    pub fn thread(&self, thread: ThreadId) -> Style {
        self.threads.get(thread.index() % self.threads.len().max(1)).copied().unwrap_or_default()
    }

    /// The style of a thread's state.
    #[must_use]
    pub fn state(&self, state: ThreadState) -> Style {
        self.style(match state {
            ThreadState::New => Slot::New,
            ThreadState::Ready => Slot::Ready,
            ThreadState::Blocked { .. } => Slot::Blocked,
            ThreadState::Waiting { .. } | ThreadState::Joining { .. } | ThreadState::Reading => Slot::Waiting,
            ThreadState::Sleeping { .. } => Slot::Sleeping,
            ThreadState::Finished => Slot::Finished,
            ThreadState::Failed | ThreadState::Killed => Slot::Failed,
        })
    }

    /// The style of a piece of source text.
    #[must_use]
    pub fn token(&self, kind: TokenKind) -> Style {
        self.style(match kind {
            TokenKind::Keyword => Slot::Keyword,
            TokenKind::Constant => Slot::Constant,
            TokenKind::Number => Slot::Number,
            TokenKind::String => Slot::String,
            TokenKind::Comment => Slot::Comment,
            TokenKind::Operator => Slot::Operator,
            TokenKind::Definition => Slot::Definition,
            TokenKind::Builtin => Slot::Builtin,
            TokenKind::Name => Slot::Name,
        })
    }
}

impl Default for Theme {
    /// Nothing styled at all.
    fn default() -> Theme {
        Theme { styles: [Style::new(); Slot::ALL.len()], threads: vec![Style::new()] }
    }
}

impl FromStr for Theme {
    type Err = ThemeError;

    fn from_str(text: &str) -> Result<Theme, ThemeError> {
        let file: File = toml::from_str(text).map_err(|error| ThemeError::Format(error.to_string()))?;
        let mut theme = Theme::default();
        for slot in Slot::ALL {
            let style = file.styles.get(&slot).ok_or(ThemeError::Missing(slot))?;
            theme.styles[slot as usize] = parse_style(style)?;
        }
        theme.threads = file.threads.iter().map(|style| parse_style(style)).collect::<Result<_, _>>()?;
        if theme.threads.is_empty() { Err(ThemeError::NoThreads) } else { Ok(theme) }
    }
}

/// Reads `colour on colour, modifier modifier`. A colour is `default` (the one of the text around it), a name of the
/// 16 colours, a number of the 256, or `#rrggbb`.
fn parse_style(text: &str) -> Result<Style, ThemeError> {
    let wrong = || ThemeError::Style(text.to_owned());
    let (colours, modifiers) = text.split_once(',').unwrap_or((text, ""));
    let mut words = colours.split_whitespace();
    let mut style = Style::new();
    style.fg = colour(words.next().ok_or_else(wrong)?).map_err(|_| wrong())?;
    match (words.next(), words.next(), words.next()) {
        (None, None, None) => {}
        (Some("on"), Some(background), None) => style.bg = colour(background).map_err(|_| wrong())?,
        _ => return Err(wrong()),
    }
    for word in modifiers.split_whitespace() {
        style = style.add_modifier(modifier(word).ok_or_else(wrong)?);
    }
    Ok(style)
}

/// `None` is `default`: no colour of its own.
fn colour(word: &str) -> Result<Option<Color>, ParseColorError> {
    match word {
        "default" => Ok(None),
        word => word.parse().map(Some),
    }
}

fn modifier(word: &str) -> Option<Modifier> {
    Some(match word {
        "bold" => Modifier::BOLD,
        "dim" => Modifier::DIM,
        "italic" => Modifier::ITALIC,
        "underlined" => Modifier::UNDERLINED,
        "reversed" => Modifier::REVERSED,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The red, green and blue of a colour that is the same in every terminal.
    fn rgb(colour: Color) -> [u8; 3] {
        match colour {
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(n @ 16..=231) => {
                let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
                [level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)]
            }
            Color::Indexed(n @ 232..) => [8 + 10 * (n - 232); 3],
            other => panic!("{other:?} looks different in every terminal"),
        }
    }

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color) -> f64 {
        let [r, g, b] = rgb(colour).map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast ratio, WCAG 2.2: from 1 to 21.
    fn contrast(one: Color, other: Color) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn check_contrast(name: ThemeName, bar: f64) {
        let theme: Theme = name.text().parse().expect("an embedded theme parses");
        let ground = theme.style(Slot::Text);
        let every = Slot::ALL.iter().map(|slot| (format!("{slot:?}"), theme.style(*slot)));
        let threads = theme.threads.iter().enumerate().map(|(n, style)| (format!("thread {n}"), *style));
        for (what, style) in every.chain(threads) {
            let front = style.fg.or(ground.fg).expect("the text has a colour");
            let back = style.bg.or(ground.bg).expect("the text has a background");
            let ratio = contrast(front, back);
            assert!(ratio >= bar, "{name}: {what} has a contrast of {ratio:.2}");
        }
    }

    #[test]
    fn light_can_be_read() {
        check_contrast(ThemeName::Light, 4.5);
    }

    #[test]
    fn high_contrast_is_high() {
        check_contrast(ThemeName::HighContrast, 7.0);
    }

    #[test]
    fn every_slot_stands_in_its_place() {
        for (place, slot) in Slot::ALL.into_iter().enumerate() {
            assert_eq!(slot as usize, place);
        }
    }

    #[test]
    fn mono_has_no_colour_and_ansi_only_the_sixteen() {
        for (name, allowed) in [(ThemeName::Mono, false), (ThemeName::Ansi, true)] {
            let theme: Theme = name.text().parse().expect("an embedded theme parses");
            for style in Slot::ALL.map(|slot| theme.style(slot)).into_iter().chain(theme.threads) {
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    let named = !matches!(colour, Color::Rgb(..) | Color::Indexed(_));
                    assert!(colour == Color::Reset || (allowed && named), "{name}: {colour:?}");
                }
            }
        }
    }

    #[test]
    fn a_selection_is_seen_in_every_theme() {
        for name in ThemeName::ALL {
            let theme: Theme = name.text().parse().expect("an embedded theme parses");
            for slot in [Slot::Selected, Slot::Cursor, Slot::Focus, Slot::Match] {
                assert_ne!(theme.style(slot), theme.style(Slot::Text), "{name}: {slot:?}");
            }
        }
    }

    #[test]
    fn neighbouring_threads_look_different() {
        for name in [ThemeName::Ansi, ThemeName::Light, ThemeName::HighContrast] {
            let theme = name.theme();
            for n in 0..20 {
                assert_ne!(theme.thread(ThreadId(n)), theme.thread(ThreadId(n + 1)), "{name}");
            }
        }
    }

    #[test]
    fn styles_are_read_strictly() {
        let style = Style::new().fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD);
        assert_eq!(parse_style("black on yellow, bold"), Ok(style));
        assert_eq!(parse_style("default"), Ok(Style::new()));
        for wrong in ["", "puce", "red blue", "red on", "red on blue green", "red, loud"] {
            assert_eq!(parse_style(wrong), Err(ThemeError::Style(wrong.to_owned())), "{wrong}");
        }
    }

    #[test]
    fn a_file_with_a_slot_too_many_or_too_few_is_refused() {
        let text = ThemeName::Mono.text();
        assert!(text.parse::<Theme>().is_ok());
        let more = format!("{text}\nsparkle = \"red\"\n").parse::<Theme>();
        assert!(matches!(&more, Err(ThemeError::Format(why)) if why.contains("sparkle")), "{more:?}");
        let less = text.lines().filter(|line| !line.starts_with("focus")).collect::<Vec<_>>().join("\n");
        assert_eq!(less.parse::<Theme>().map(|_| ()), Err(ThemeError::Missing(Slot::Focus)));
    }
}
