//! The stage of a recording, drawn without a terminal: for pictures and for films of the screen.
//!
//! It is the very stage that people see, and it is told the recording step by step, as if it were happening: at step `k`
//! it looks like a run that was paused there. Two things are different, because nobody sits in front of it: the bottom
//! line names no keys, and going back means beginning anew.

use super::app::{App, Screen as Shown};
use super::glyph::GlyphSet;
use super::panes;
use super::screens::stage::Stage;
use super::text;
use super::theme::{Slot, ThemeName, Themes};
use crate::event::{Choice, Event};
use crate::ids::Step;
use crate::model::Recording;
use crate::report::export::cast::Film;
use crate::report::screen::{Colour, Emphasis, Look, Screen};
use crate::source::Token;
use crate::words::Words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// How the stage is to be drawn.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Columns and rows.
    pub size: (u16, u16),
    pub words: Words,
    pub theme: ThemeName,
    /// What there is to choose from.
    pub themes: Themes,
    pub glyphs: GlyphSet,
    /// Where the run goes on, the top line says that it is being played, not that it is paused.
    pub playing: bool,
    /// What stands in the bottom line.
    pub caption: String,
}

/// See the module.
pub struct Offstage<'a> {
    recording: &'a Recording,
    setting: Setting,
    /// The program in pieces, for colouring.
    tokens: Vec<Token>,
    app: App,
    /// The step that is shown, once there is one.
    at: Option<Step>,
    buffer: Buffer,
}

impl<'a> Offstage<'a> {
    /// A stage on which nothing is shown yet. `tokens` colour the program; without them it has no colours.
    #[must_use]
    pub fn new(recording: &'a Recording, tokens: Vec<Token>, setting: Setting) -> Offstage<'a> {
        let (width, height) = setting.size;
        let mut app = App::new(setting.size);
        app.words = setting.words.clone();
        app.theme_name = setting.theme;
        app.themes = setting.themes.clone();
        app.glyph_set = setting.glyphs;
        app.screen = Shown::Stage;
        app.stage = Some(Stage::unattended(recording, tokens.clone()));
        Offstage { recording, setting, tokens, app, at: None, buffer: Buffer::empty(Rect::new(0, 0, width, height)) }
    }

    /// Goes to this step, or to the last one if there are not so many.
    pub fn go_to(&mut self, step: Step) {
        let history = &self.recording.history;
        let step = step.min(history.last_step());
        if self.at.is_some_and(|at| at > step) {
            self.app.stage = Some(Stage::unattended(self.recording, self.tokens.clone()));
            self.at = None;
        }
        // What goes wrong on the way is to be noticed at its own step.
        let first = self.at.map_or(0, |at| at.0 + 1);
        for next in first..=step.0 {
            let events: Vec<Event> = history.events_of(Step(next)).collect();
            let choices: Vec<Choice> =
                next.checked_sub(1).and_then(|before| history.choice_after(Step(before))).into_iter().collect();
            if let Some(stage) = &mut self.app.stage {
                stage.go_along(&events, &choices, self.setting.playing);
            }
        }
        self.at = Some(step);
        if let Some(stage) = &mut self.app.stage {
            stage.tell(&self.app.words, false);
        }
    }

    /// The sentence about the step that is shown.
    #[must_use]
    pub fn narration(&self) -> String {
        self.app.stage.as_ref().map_or_else(String::new, |stage| stage.narration(&self.app.words, &self.app.keymap))
    }

    /// Draws what is shown into `screen`, which gets the size of the stage.
    pub fn draw(&mut self, screen: &mut Screen) {
        let area = self.buffer.area;
        self.buffer.reset();
        if let Some(stage) = &self.app.stage {
            panes::render(&mut self.buffer, area, &self.app, stage);
            if let Some(row) = stage.layout(area).footer {
                self.caption(row);
            }
        }
        if (screen.width(), screen.height()) != (area.width, area.height) {
            *screen = Screen::new(area.width, area.height);
        }
        copy(&self.buffer, screen);
    }

    /// The same as a screen of its own.
    #[must_use]
    pub fn screen(&mut self) -> Screen {
        let mut screen = Screen::default();
        self.draw(&mut screen);
        screen
    }

    /// Nobody can press the keys that stand in the bottom line.
    fn caption(&mut self, row: Rect) {
        let theme = self.app.theme();
        text::clear(&mut self.buffer, row);
        self.buffer.set_style(row, theme.style(Slot::Text));
        let body = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
        let mut pen = panes::Pen::new(&mut self.buffer, body, 0, self.app.glyphs().cut);
        pen.put(&self.setting.caption, theme.style(Slot::Dim));
    }
}

impl Film for Offstage<'_> {
    fn go_to(&mut self, step: Step) {
        Offstage::go_to(self, step);
    }

    fn narration(&self) -> String {
        Offstage::narration(self)
    }

    fn draw(&mut self, screen: &mut Screen) {
        Offstage::draw(self, screen);
    }
}

/// Copies the cells.
fn copy(buffer: &Buffer, screen: &mut Screen) {
    screen.clear();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let cell = &buffer[(x, y)];
            let look = look(cell);
            let room = buffer.area.right() - x;
            let cells = u16::try_from(text::width(cell.symbol())).unwrap_or(u16::MAX);
            if cells == 0 || cells > room {
                screen.put(" ", look);
                x += 1;
                continue;
            }
            screen.put(cell.symbol(), look);
            for _ in 1..cells {
                screen.put("", look);
            }
            x += cells;
        }
    }
}

fn look(cell: &ratatui::buffer::Cell) -> Look {
    const MODIFIERS: [(Modifier, Emphasis); 5] = [
        (Modifier::BOLD, Emphasis::BOLD),
        (Modifier::DIM, Emphasis::DIM),
        (Modifier::ITALIC, Emphasis::ITALIC),
        (Modifier::UNDERLINED, Emphasis::UNDERLINED),
        (Modifier::REVERSED, Emphasis::REVERSED),
    ];
    let mut emphasis = Emphasis::NONE;
    for (modifier, one) in MODIFIERS {
        if cell.modifier.contains(modifier) {
            emphasis |= one;
        }
    }
    Look { front: colour(cell.fg), back: colour(cell.bg), emphasis }
}

const fn colour(colour: Color) -> Colour {
    match colour {
        Color::Reset => Colour::Default,
        Color::Black => Colour::Ansi(0),
        Color::Red => Colour::Ansi(1),
        Color::Green => Colour::Ansi(2),
        Color::Yellow => Colour::Ansi(3),
        Color::Blue => Colour::Ansi(4),
        Color::Magenta => Colour::Ansi(5),
        Color::Cyan => Colour::Ansi(6),
        Color::Gray => Colour::Ansi(7),
        Color::DarkGray => Colour::Ansi(8),
        Color::LightRed => Colour::Ansi(9),
        Color::LightGreen => Colour::Ansi(10),
        Color::LightYellow => Colour::Ansi(11),
        Color::LightBlue => Colour::Ansi(12),
        Color::LightMagenta => Colour::Ansi(13),
        Color::LightCyan => Colour::Ansi(14),
        Color::White => Colour::Ansi(15),
        Color::Indexed(n @ 0..16) => Colour::Ansi(n),
        Color::Indexed(n) => Colour::Indexed(n),
        Color::Rgb(r, g, b) => Colour::Rgb(r, g, b),
    }
}
