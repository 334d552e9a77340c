//! A question that is answered by typing a line.

use super::Reply;
use super::popup::{popup, row};
use crate::ids::ThreadId;
use crate::tui::app::App;
use crate::tui::field::Field;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::Line;

/// What is asked, and so what happens with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The program called `input()` with this prompt.
    ProgramInput { thread: ThreadId, prompt: String },
    /// The path of a Python file, or of a trace.
    OpenFile,
    /// The program on the other side of a comparison.
    CompareWith,
    /// The file in which the run is to be saved.
    SaveAs,
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
            Purpose::CompareWith => "ask-compare",
            Purpose::SaveAs => "ask-save",
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
            _ if self.field.key(key) => Reply::Stay,
            _ => Reply::Pass,
        }
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        let theme = app.theme();
        let hint = app.words.t("ask-hint");
        let prompt = self.prompt();
        let question = self.question(app);
        let width = text::width(&hint).max(text::width(&question) + 2).max(text::width(&prompt) + 24).max(56);
        let columns = u16::try_from(width).unwrap_or(u16::MAX);
        let inner = popup(frame, area, app, &question, columns, if prompt.is_empty() { 3 } else { 4 });
        let mut y = 0;
        if !prompt.is_empty() {
            let prompt = text::fit(&prompt, usize::from(inner.width), app.glyphs().cut).into_owned();
            row(frame, inner, 0, Line::styled(prompt, theme.style(Slot::Text)));
            y = 1;
        }
        row(frame, inner, y, Line::styled("> ", theme.style(Slot::Key)));
        let down = u16::try_from(y).unwrap_or(0).min(inner.height.saturating_sub(1));
        let typed = Rect {
            x: inner.x + 2.min(inner.width),
            y: inner.y + down,
            width: inner.width.saturating_sub(2),
            height: 1,
        };
        self.field.render(frame, typed, theme.style(Slot::Field));
        row(frame, inner, y + 2, Line::styled(hint, theme.style(Slot::Dim)));
    }

    /// What is asked, in words.
    fn question(&self, app: &App) -> String {
        match &self.purpose {
            Purpose::ProgramInput { thread, .. } => {
                app.words.with(self.purpose.words(), &[("thread", thread.letter().into())])
            }
            Purpose::Parameter { name } => app.words.with(self.purpose.words(), &[("name", name.as_str().into())]),
            Purpose::OpenFile | Purpose::CompareWith | Purpose::SaveAs | Purpose::SearchEvents | Purpose::BreakLine => {
                app.words.t(self.purpose.words())
            }
        }
    }

    /// What the program itself asks, harmless.
    fn prompt(&self) -> String {
        match &self.purpose {
            Purpose::ProgramInput { prompt, .. } => text::safe(prompt.trim_end()).into_owned(),
            _ => String::new(),
        }
    }
}
