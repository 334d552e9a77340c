//! What tests of the interface share: keys in, screen out.

use super::{App, Effect, Msg, render, text, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub(crate) fn press(app: &mut App, code: KeyCode) -> Vec<Effect> {
    update(app, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

pub(crate) fn type_text(app: &mut App, text: &str) {
    for c in text.chars() {
        press(app, KeyCode::Char(c));
    }
}

/// The cells of the screen.
pub(crate) fn cells(app: &App) -> Buffer {
    let (width, height) = app.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test terminal");
    terminal.draw(|frame| render(frame, frame.area(), app)).expect("it draws");
    terminal.backend().buffer().clone()
}

/// The screen as text, one line for each row. A wide character must have both of its cells to itself.
pub(crate) fn screen(app: &App) -> String {
    let buffer = cells(app);
    let mut shown = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            if text::width(symbol) > 1 {
                assert!(x + 1 < buffer.area.width, "half of {symbol} hangs over the edge in row {y}");
                let second = buffer[(x + 1, y)].symbol();
                assert_eq!(second, " ", "{symbol} has lost its right half in row {y}");
                x += 1;
            }
            x += 1;
        }
        shown.push_str(row.trim_end());
        shown.push('\n');
    }
    shown
}
