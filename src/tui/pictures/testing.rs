//! What tests of pictures share: programs that have really run, and their pictures.
//!
//! ```ignore
//! let run = Run::of("philosophers/naive", "v1/M9.A2.B2");
//! insta::assert_snapshot!(run.picture("ring forks=forks*", Look::default(), (40, 10)));
//! ```

use super::{Canvas, Scene, draw};
use crate::event::{Choice, Event, Schedule};
use crate::ids::Step;
use crate::kernel::Options;
use crate::kernel::sim::{Status, World};
use crate::lang::{Parameters, compile};
use crate::model::History;
use crate::scenario::{Catalogue, Picture, Target};
use crate::source::Source;
use crate::tui::glyph::GlyphSet;
use crate::tui::text;
use crate::tui::theme::ThemeName;
use crate::words::{Lang, Words};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::fmt::Write;
use std::sync::Arc;

/// What a picture is drawn with.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) lang: Lang,
    pub(super) glyphs: GlyphSet,
    pub(super) theme: ThemeName,
}

pub(super) const ENGLISH: Look = Look { lang: Lang::En, glyphs: GlyphSet::Unicode, theme: ThemeName::Mono };
pub(super) const CHINESE: Look = Look { lang: Lang::Zh, glyphs: GlyphSet::Safe, theme: ThemeName::Mono };
pub(super) const ASCII: Look = Look { lang: Lang::En, glyphs: GlyphSet::Ascii, theme: ThemeName::Ansi };

/// A run of a program in the simulator.
pub(super) struct Run {
    pub(super) source: Arc<Source>,
    pub(super) history: History,
    /// The picture that the program or the scenario asks for.
    pub(super) asked: Picture,
}

impl Run {
    /// The run of a scenario's variant under this schedule; it stands where the schedule ends.
    pub(super) fn of(target: &str, schedule: &str) -> Run {
        let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
        let schedule: Schedule = schedule.parse().unwrap();
        Run::made(target.source(), target.picture(), script(&schedule))
    }

    /// The run of a program's text under this schedule.
    pub(super) fn of_text(text: &str, schedule: &str) -> Run {
        let schedule: Schedule = schedule.parse().unwrap();
        let asked = Picture::of_program(text).and_then(|(_, said)| said.ok()).unwrap_or_default();
        Run::made(Arc::new(Source::new("program.py", text)), asked, script(&schedule))
    }

    /// The same with some words of the program replaced.
    pub(super) fn of_changed(target: &str, changes: &[(&str, &str)], schedule: &str) -> Run {
        let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
        let mut text = target.source().text.to_string();
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        Run::of_text(&text, schedule)
    }

    /// A run of a scenario's variant whose choices are drawn from a seed: so many steps, or all there are.
    pub(super) fn random(target: &str, mut seed: u64, steps: usize) -> Run {
        let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
        let mut left = steps;
        Run::made(target.source(), target.picture(), |candidates| {
            left = left.checked_sub(1)?;
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            candidates.get(usize::try_from(seed >> 33).unwrap() % candidates.len()).copied()
        })
    }

    fn made(source: Arc<Source>, asked: Picture, mut choose: impl FnMut(&[Choice]) -> Option<Choice>) -> Run {
        let program = compile(&source, &Parameters::default()).program.expect("it compiles");
        let mut events: Vec<Event> = Vec::new();
        let mut world = World::new(program, Options::default(), &mut events);
        let (mut candidates, mut choices) = (Vec::new(), Vec::new());
        loop {
            match world.status() {
                Status::Busy => world.resume(&mut events),
                Status::AwaitingInput { .. } => world.give_input(None, &mut events),
                Status::Ended(_) => break,
                Status::Running => {
                    world.candidates(&mut candidates);
                    let Some(choice) = choose(&candidates) else { break };
                    world.apply(choice, &mut events).expect("the schedule fits");
                    choices.push(choice);
                }
            }
        }
        let mut history = History::new();
        history.push(&events, &choices);
        Run { source, history, asked }
    }

    /// The same run, looked at after this step.
    pub(super) fn at(mut self, step: u32) -> Run {
        self.history.seek(Step(step));
        self
    }

    /// The picture of these words at the step that is looked at, as text.
    pub(super) fn picture(&self, picture: &str, look: Look, size: (u16, u16)) -> String {
        shown(&self.drawn(&picture.parse().unwrap(), look, Rect::new(0, 0, size.0, size.1)))
    }

    /// The picture in a small and a large area, with all sets of signs, in both languages.
    pub(super) fn pictures(&self, picture: &str) -> String {
        let mut text = String::new();
        let looks = [
            ("40x10", ENGLISH, (40, 10)),
            ("40x10 zh safe", CHINESE, (40, 10)),
            ("40x10 ascii", ASCII, (40, 10)),
            ("30x6", ENGLISH, (30, 6)),
            ("100x40", ENGLISH, (100, 40)),
        ];
        for (name, look, size) in looks {
            write!(text, "---- {name}\n{}\n", self.picture(picture, look, size).trim_end()).unwrap();
        }
        text
    }

    /// A buffer with two cells more on each side, in whose middle the picture has been drawn.
    pub(super) fn drawn(&self, picture: &Picture, look: Look, area: Rect) -> Buffer {
        let around = Rect::new(0, 0, area.width + 4, area.height + 4);
        let mut buffer = Buffer::empty(around);
        for cell in &mut buffer.content {
            cell.set_symbol(OUTSIDE);
        }
        let inside = Rect { x: 2, y: 2, ..area };
        for y in inside.top()..inside.bottom() {
            for x in inside.left()..inside.right() {
                buffer[(x, y)].set_symbol(" ");
            }
        }
        self.scene(picture, look, |scene| draw(&mut Canvas::new(&mut buffer, inside, look.glyphs), scene));
        buffer
    }

    /// What there is to be drawn at the step that is looked at.
    pub(super) fn scene<T>(&self, picture: &Picture, look: Look, with: impl FnOnce(&Scene<'_>) -> T) -> T {
        with(&Scene {
            model: self.history.model(),
            picture,
            source: &self.source,
            words: &Words::new(look.lang),
            theme: look.theme.embedded_theme(),
            glyphs: look.glyphs.glyphs(),
        })
    }
}

/// The steps of a schedule; those that cannot be made are left out, so that `M99` means as long as the main thread can.
fn script(schedule: &Schedule) -> impl FnMut(&[Choice]) -> Option<Choice> {
    let mut choices = schedule.iter();
    move |candidates| choices.find(|choice| candidates.contains(choice))
}

/// Stands in cells that a picture must not touch.
const OUTSIDE: &str = "%";

/// The inside of the buffer as text. Whatever was drawn outside, and half a wide character, is a failure.
pub(super) fn shown(buffer: &Buffer) -> String {
    let mut rows = String::new();
    let inside = Rect::new(2, 2, buffer.area.width - 4, buffer.area.height - 4);
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let cells = u16::try_from(text::width(symbol)).unwrap();
            if inside.contains((x, y).into()) {
                row.push_str(symbol);
                assert!(x + cells <= inside.right(), "half of {symbol} hangs over the edge in row {y}");
                for second in 1..cells {
                    assert_eq!(buffer[(x + second, y)].symbol(), " ", "{symbol} has lost its right half in row {y}");
                }
            } else {
                assert_eq!(symbol, OUTSIDE, "{x},{y} lies outside");
            }
            x += cells.max(1);
        }
        if (inside.top()..inside.bottom()).contains(&y) {
            writeln!(rows, "{}", row.trim_end()).unwrap();
        }
    }
    rows
}
