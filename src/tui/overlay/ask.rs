//! A question that is answered by typing a line.

use super::Reply;
use crate::ids::ThreadId;
use crate::tui::app::App;
use crate::tui::field::Field;
use crate::tui::text;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What is asked, and so what happens with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The program called `input()` with this prompt.
    ProgramInput { thread: ThreadId, prompt: String },
    /// The path of a Python file.
    OpenFile,
    /// A text to look for in the events.
    SearchEvents,
    /// The number of a line to stop at.
    BreakLine,
    /// The value of a parameter of the program.
    Parameter { name: String },
}

impl Purpose {
    /// The catalogue key of the question.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Purpose::ProgramInput { .. } => "ask-input",
            Purpose::OpenFile => "ask-open",
            Purpose::SearchEvents => "ask-search",
            Purpose::BreakLine => "ask-break-line",
            Purpose::Parameter { .. } => "ask-parameter",
        }
    }
}

/// A question and what was typed so far.
#[derive(Clone, Debug)]
pub struct Ask {
    pub purpose: Purpose,
    pub field: Field,
}

impl Ask {
    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        match key.code {
            KeyCode::Esc => Reply::Close,
            KeyCode::Enter => Reply::Answer(self.purpose.clone(), self.field.value().to_owned()),
            _ => {
                self.field.key(key);
                Reply::Stay
            }
        }
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, _app: &App) {
        let row = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        text::clear(frame.buffer_mut(), row);
        self.field.render(frame, row, Style::new());
    }
}
