//! Films, replayed through a terminal.

use crate::common::{self, HOSTILE};
use crate::offstage::{self, setting};
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::report::export::cast::{self, Film, Mark, Pace};
use lockstep::report::export::palette::Shade;
use lockstep::report::screen::{Colour, Emphasis, Screen};
use lockstep::tui::offstage::{Offstage, Setting};
use lockstep::tui::theme::ThemeName;
use lockstep::words::Lang;
use serde_json::Value;
use unicode_width::UnicodeWidthChar;

fn playing(size: (u16, u16), lang: Lang) -> Setting {
    Setting { playing: true, ..setting(size, lang) }
}

pub(crate) fn film(run: &Recording, setting: Setting, pace: Pace) -> String {
    let (mut out, words) = (Vec::new(), setting.words.clone());
    cast::write(run, &mut offstage::stage(run, setting), pace, Shade::Dark, &words, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Time in microseconds, kind, data.
type Event = (u64, String, String);

/// The header and the events of a film; their times ascend.
fn read(film: &str) -> (Value, Vec<Event>) {
    let mut lines = film.lines();
    let header = serde_json::from_str(lines.next().unwrap()).unwrap();
    let mut before = 0;
    let events = lines.map(|line| {
        assert!(line.is_ascii() || !line.chars().any(char::is_control), "{line}");
        let event: Value = serde_json::from_str(line).unwrap();
        let [time, kind, data] = event.as_array().unwrap().as_slice() else { panic!("{line}") };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let time = (time.as_f64().unwrap() * 1e6).round() as u64;
        assert!(time >= before, "{line}");
        before = time;
        (time, kind.as_str().unwrap().to_owned(), data.as_str().unwrap().to_owned())
    });
    (header, events.collect())
}

fn colour(colour: vt100::Color) -> Colour {
    match colour {
        vt100::Color::Default => Colour::Default,
        vt100::Color::Idx(n @ 0..16) => Colour::Ansi(n),
        vt100::Color::Idx(n) => Colour::Indexed(n),
        vt100::Color::Rgb(r, g, b) => Colour::Rgb(r, g, b),
    }
}

/// The terminal shows exactly this.
fn check_screen(terminal: &vt100::Screen, screen: &Screen, place: &str) {
    for y in 0..screen.height() {
        for x in 0..screen.width() {
            let (shown, wanted) = (terminal.cell(y, x).unwrap(), screen.cell(x, y));
            let place = format!("{place}, row {y}, column {x}, of {:?}", screen.line(y));
            let text = if shown.has_contents() || shown.is_wide_continuation() { shown.contents() } else { " " };
            // Sequences that terminals take for several characters are not sent.
            let sent: usize = wanted.text.chars().filter_map(UnicodeWidthChar::width).sum();
            let cells = 1 + usize::from(x + 1 < screen.width() && screen.cell(x + 1, y).text.is_empty());
            if wanted.text.is_empty() || sent == cells {
                assert_eq!(text, wanted.text, "{place}");
            }
            if wanted.text.is_empty() {
                // How the right half of a wide character looks is up to its left half.
                assert!(shown.is_wide_continuation(), "{place}");
                continue;
            }
            assert_eq!(colour(shown.fgcolor()), wanted.look.front, "{place}");
            assert_eq!(colour(shown.bgcolor()), wanted.look.back, "{place}");
            // This terminal knows one strength of letters at a time: the last that was asked for.
            let strengths = Emphasis::BOLD | Emphasis::DIM;
            let emphasis = [
                (Emphasis::BOLD, shown.bold() || wanted.look.emphasis.contains(strengths) && shown.dim()),
                (Emphasis::DIM, shown.dim()),
                (Emphasis::ITALIC, shown.italic()),
                (Emphasis::UNDERLINED, shown.underline()),
                (Emphasis::REVERSED, shown.inverse()),
            ];
            for (one, there) in emphasis {
                assert_eq!(there, wanted.look.emphasis.contains(one), "{place}: {one:?}");
            }
        }
    }
}

/// Keeps what was drawn.
struct Witness<'a> {
    stage: Offstage<'a>,
    drawn: Vec<Screen>,
}

impl Film for Witness<'_> {
    fn go_to(&mut self, step: Step) {
        self.stage.go_to(step);
    }

    fn narration(&self) -> String {
        self.stage.narration()
    }

    fn draw(&mut self, screen: &mut Screen) {
        self.stage.draw(screen);
        self.drawn.push(screen.clone());
    }
}

/// Plays the film in a terminal, and compares each picture with the interface at that step.
fn check(run: &Recording, setting: &Setting, pace: Pace) {
    let mut witness = Witness { stage: offstage::stage(run, setting.clone()), drawn: Vec::new() };
    let mut out = Vec::new();
    cast::write(run, &mut witness, pace, Shade::Dark, &setting.words, &mut out).unwrap();
    let (header, events) = read(std::str::from_utf8(&out).unwrap());
    let (width, height) = setting.size;
    assert_eq!((&header["version"], &header["width"], &header["height"]), (&2.into(), &width.into(), &height.into()));
    let mut terminal = vt100::Parser::new(height, width, 0);
    let mut events = events.iter().peekable();
    let frames: Vec<_> = pace.frames(&run.history).collect();
    assert_eq!(frames.len(), witness.drawn.len());
    for (frame, screen) in frames.iter().zip(&witness.drawn) {
        while let Some((_, kind, data)) = events.next_if(|(time, ..)| *time <= frame.at_us) {
            if kind == "o" {
                terminal.process(data.as_bytes());
            }
        }
        check_screen(terminal.screen(), screen, &format!("{} at {:?}", run.header.target, frame.step));
        assert!(terminal.screen().hide_cursor());
    }
    let (_, kind, data) = events.next().unwrap();
    assert_eq!((kind.as_str(), events.next()), ("o", None));
    terminal.process(data.as_bytes());
    assert!(!terminal.screen().hide_cursor());
    check_screen(terminal.screen(), &witness.drawn[frames.len() - 1], "the end");
}

#[test]
fn a_terminal_shows_what_the_interface_shows() {
    // One picture for several steps: there are many runs.
    let fast = Pace { speed: Some(60.0) };
    for run in common::all() {
        check(&run, &playing((110, 28), Lang::En), fast);
    }
    check(&common::deadlock(), &playing((120, 32), Lang::Zh), Pace::default());
}

#[test]
fn in_every_size_language_and_theme() {
    let run = common::scenario("philosophers/naive", 1);
    let sizes = [(20, 5), (61, 17), (80, 24), (140, 40)];
    for (size, theme) in sizes.into_iter().cycle().zip(ThemeName::ALL) {
        for lang in Lang::ALL {
            check(&run, &Setting { theme, ..playing(size, lang) }, Pace { speed: Some(20.0) });
        }
    }
}

#[test]
fn a_hostile_program_does_no_harm() {
    let run = common::program(HOSTILE, 1);
    for lang in Lang::ALL {
        let fast = Pace { speed: Some(30.0) };
        let setting = Setting { caption: "\x1b[2J\x1b]0;owned\x07".into(), ..playing((90, 24), lang) };
        check(&run, &setting, fast);
        for (_, kind, data) in read(&film(&run, setting, fast)).1 {
            harmless(&kind, &data);
        }
    }
}

/// Nothing but colours, movements of the cursor, the first clearing, and text.
fn harmless(kind: &str, data: &str) {
    if kind == "m" {
        assert!(!data.chars().any(char::is_control), "{data:?}");
        return;
    }
    let mut rest = data;
    while let Some((text, sequence)) = rest.split_once('\x1b') {
        assert!(!text.chars().any(char::is_control), "{text:?}");
        let sequence = sequence.strip_prefix('[').unwrap();
        let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        assert!(matches!(&sequence[end..=end], "m" | "H" | "C" | "J" | "h" | "l"), "{sequence:?}");
        rest = &sequence[end + 1..];
    }
    assert!(!rest.chars().any(char::is_control), "{rest:?}");
}

#[test]
fn the_film_of_a_deadlock() {
    let run = common::scheduled("deadlock/opposite", offstage::DEADLOCK);
    let film = film(&run, playing((80, 24), Lang::En), Pace::default());
    insta::assert_snapshot!(film);
    assert_eq!(
        film,
        self::film(&run, playing((80, 24), Lang::En), Pace::default()),
        "the same run gives the same bytes"
    );
}

#[test]
fn what_goes_wrong_is_marked_and_stays_for_a_while() {
    let run = common::scheduled("deadlock/opposite", offstage::DEADLOCK);
    let frames: Vec<_> = Pace::default().frames(&run.history).collect();
    assert_eq!(frames.iter().map(|frame| frame.step.0).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(frames.last().unwrap().mark, Some(Mark::Finding));
    assert_eq!(frames[1].at_us, 1_000_000);
    assert_eq!(frames[2].at_us, 1_500_000);
    let (_, events) = read(&film(&run, playing((80, 24), Lang::En), Pace::default()));
    let markers: Vec<_> = events.iter().filter(|(_, kind, _)| kind == "m").map(|(_, _, data)| data.as_str()).collect();
    assert!(markers.last().unwrap().starts_with("Found: A prints"), "{markers:?}");
    assert!(markers.iter().any(|label| label.contains("has finished")), "{markers:?}");
}

const LONG: &str = "
from threading import Thread, Lock
lock = Lock()
n = 0
def work():
    global n
    for i in range(600):
        with lock:
            n = n + 1
threads = [Thread(target=work) for i in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
raise ValueError('at the end')
";

#[test]
fn a_long_run_is_a_film_of_two_minutes() {
    let run = common::program(LONG, 1);
    let last = run.history.last_step();
    assert!(last.0 > 5_000, "{last:?}");
    let frames: Vec<_> = Pace::default().frames(&run.history).collect();
    assert!(frames.len() < 1_300, "{}", frames.len());
    assert!(frames.is_sorted_by_key(|frame| (frame.step, frame.at_us)));
    assert_eq!((frames[0].step, frames[frames.len() - 1].step), (Step(0), last));
    assert!((110_000_000..130_000_000).contains(&frames[frames.len() - 1].at_us));
    for finding in run.history.all_findings() {
        assert!(frames.iter().any(|frame| frame.step == finding.step && frame.mark == Some(Mark::Finding)));
    }
    let slow = Pace { speed: Some(4.0) };
    assert_eq!(slow.frames(&run.history).count(), last.0 as usize + 1);
}
