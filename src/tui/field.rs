//! A text field of one line: keys, paste, and the real cursor of the terminal.

use super::text;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::{Input, InputRequest};

/// A line that is being typed.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// A field that already holds this text, the cursor at its end.
    #[must_use]
    pub fn with(value: &str) -> Field {
        Field { input: Input::new(value.to_owned()) }
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Takes a key of a text field; false when it is none, and the owner may use it.
    pub fn key(&mut self, key: &KeyEvent) -> bool {
        let Some(request) = request(key) else { return false };
        self.input.handle(request);
        true
    }

    /// Takes pasted text: its first line, without control characters.
    pub fn paste(&mut self, pasted: &str) {
        for character in pasted.lines().next().unwrap_or("").chars().filter(|c| !c.is_control()) {
            self.input.handle(InputRequest::InsertChar(character));
        }
    }

    /// Draws the field into one row and puts the terminal's cursor where typing goes on: Chinese input windows open
    /// there.
    pub fn render(&self, frame: &mut Frame<'_>, area: Rect, style: Style) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let room = usize::from(area.width).saturating_sub(1);
        let skipped = self.input.visual_scroll(room);
        let value = text::safe(self.value());
        let shown = &value[text::prefix(&value, skipped).len()..];
        frame.buffer_mut().set_stringn(area.x, area.y, shown, room, style);
        let column = self.input.visual_cursor().saturating_sub(skipped).min(room);
        let column = u16::try_from(column).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + column, area.y));
    }
}

/// What a key means in a text field, as in every shell.
fn request(key: &KeyEvent) -> Option<InputRequest> {
    use InputRequest as R;
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(match key.code {
        KeyCode::Backspace if control || alt => R::DeletePrevWord,
        KeyCode::Backspace => R::DeletePrevChar,
        KeyCode::Delete => R::DeleteNextChar,
        KeyCode::Left if control || alt => R::GoToPrevWord,
        KeyCode::Left => R::GoToPrevChar,
        KeyCode::Right if control || alt => R::GoToNextWord,
        KeyCode::Right => R::GoToNextChar,
        KeyCode::Home => R::GoToStart,
        KeyCode::End => R::GoToEnd,
        KeyCode::Char('a') if control => R::GoToStart,
        KeyCode::Char('e') if control => R::GoToEnd,
        KeyCode::Char('b') if control => R::GoToPrevChar,
        KeyCode::Char('f') if control => R::GoToNextChar,
        KeyCode::Char('h') if control => R::DeletePrevChar,
        KeyCode::Char('w') if control => R::DeletePrevWord,
        KeyCode::Char('u') if control => R::DeleteFromStart,
        KeyCode::Char('k') if control => R::DeleteTillEnd,
        KeyCode::Char(c) if !control && !alt => R::InsertChar(c),
        // AltGr arrives as Ctrl-Alt.
        KeyCode::Char(c) if control && alt => R::InsertChar(c),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn type_keys(field: &mut Field, codes: &[KeyCode]) {
        for code in codes {
            field.key(&KeyEvent::new(*code, KeyModifiers::NONE));
        }
    }

    #[test]
    fn the_cursor_stands_behind_wide_characters() {
        let mut field = Field::default();
        type_keys(&mut field, &[KeyCode::Char('线'), KeyCode::Char('程'), KeyCode::Char('a'), KeyCode::Left]);
        let mut terminal = Terminal::new(TestBackend::new(10, 1)).unwrap();
        terminal.draw(|frame| field.render(frame, frame.area(), Style::new())).unwrap();
        terminal.backend_mut().assert_cursor_position(Position::new(4, 0));
        type_keys(&mut field, &[KeyCode::Backspace]);
        assert_eq!(field.value(), "线a");
    }

    #[test]
    fn only_the_first_line_of_a_paste_is_taken() {
        let mut field = Field::with("x");
        field.paste("a\x1b[2Jb\nrm -rf");
        assert_eq!(field.value(), "xa[2Jb");
    }
}
