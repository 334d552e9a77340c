//! A style as it is written: `colour on colour, bold underlined`.

use super::ThemeError;
use ratatui::style::{Color, Modifier, Style};

/// The names of colours, as they are told to who has written another one.
pub(super) const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

/// What a style can be besides its colours.
pub(super) const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// Reads `colour on colour, modifier modifier`. A colour is `default` (the one of the text around it), a name of the
/// 16 colours, a number of the 256, or `#rrggbb`.
pub(super) fn parse_style(text: &str) -> Result<Style, ThemeError> {
    let wrong = || ThemeError::Style(text.to_owned());
    let (colours, modifiers) = text.split_once(',').unwrap_or((text, ""));
    let mut words = colours.split_whitespace();
    let mut style = Style::new();
    let front = words.next().ok_or_else(wrong)?;
    match (words.next(), words.next(), words.next()) {
        (None, None, None) => {}
        (Some("on"), Some(background), None) => style.bg = colour(background)?,
        _ => return Err(wrong()),
    }
    style.fg = colour(front)?;
    for word in modifiers.split_whitespace() {
        style = style.add_modifier(modifier(word)?);
    }
    Ok(style)
}

/// `None` is `default`: no colour of its own.
fn colour(word: &str) -> Result<Option<Color>, ThemeError> {
    match word {
        "default" => Ok(None),
        word => word.parse().map(Some).map_err(|_| ThemeError::Colour(word.to_owned())),
    }
}

fn modifier(word: &str) -> Result<Modifier, ThemeError> {
    let found = MODIFIERS.iter().find(|(name, _)| *name == word);
    found.map(|(_, modifier)| *modifier).ok_or_else(|| ThemeError::Modifier(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_strictly() {
        let style = Style::new().fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD);
        assert_eq!(parse_style("black on yellow, bold"), Ok(style));
        assert_eq!(parse_style("default"), Ok(Style::new()));
        for wrong in ["", "red blue", "red on", "red on blue green", ", bold"] {
            assert_eq!(parse_style(wrong), Err(ThemeError::Style(wrong.to_owned())), "{wrong}");
        }
    }

    #[test]
    fn what_is_unknown_is_named() {
        for (wrong, word) in [("redd", "redd"), ("300 on red", "300"), ("red on #ff, bold", "#ff")] {
            assert_eq!(parse_style(wrong), Err(ThemeError::Colour(word.to_owned())), "{wrong}");
        }
        assert_eq!(parse_style("red, bold loud"), Err(ThemeError::Modifier("loud".to_owned())));
        for name in COLOURS {
            assert!(parse_style(name).is_ok_and(|style| style.fg.is_some()), "{name}");
        }
    }
}
