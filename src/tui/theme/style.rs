//! A style as it is written: `colour on colour, bold underlined`.

use super::ThemeError;
use ratatui::style::{Color, Modifier, ParseColorError, Style};

/// Reads `colour on colour, modifier modifier`. A colour is `default` (the one of the text around it), a name of the
/// 16 colours, a number of the 256, or `#rrggbb`.
pub(super) fn parse_style(text: &str) -> Result<Style, ThemeError> {
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

    #[test]
    fn styles_are_read_strictly() {
        let style = Style::new().fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD);
        assert_eq!(parse_style("black on yellow, bold"), Ok(style));
        assert_eq!(parse_style("default"), Ok(Style::new()));
        for wrong in ["", "puce", "red blue", "red on", "red on blue green", "red, loud"] {
            assert_eq!(parse_style(wrong), Err(ThemeError::Style(wrong.to_owned())), "{wrong}");
        }
    }
}
