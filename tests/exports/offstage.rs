//! The stage, drawn without a terminal.

use crate::common;
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::report::screen::{Emphasis, Screen};
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::offstage::{Offstage, Setting};
use lockstep::tui::theme::{ThemeName, Themes};
use lockstep::words::{Lang, Words};

pub(crate) fn setting(size: (u16, u16), lang: Lang) -> Setting {
    Setting {
        size,
        words: Words::new(lang),
        theme: ThemeName::Ansi,
        themes: Themes::default(),
        glyphs: GlyphSet::Unicode,
        playing: false,
        caption: String::new(),
    }
}

/// Both threads take one lock and want the other.
pub(crate) const DEADLOCK: &str = "v1/M2.A1.B2.A1";

/// The stage of this run, with a program in colours.
pub(crate) fn stage(run: &Recording, setting: Setting) -> Offstage<'_> {
    Offstage::new(run, lockstep::lang::tokens(&run.source), setting)
}

fn screen(run: &Recording, setting: Setting, step: u32) -> Screen {
    let mut stage = stage(run, setting);
    stage.go_to(Step(step));
    stage.screen()
}

fn deadlock() -> Recording {
    common::scheduled("deadlock/opposite", DEADLOCK)
}

#[test]
fn it_is_the_stage_of_a_run_that_was_paused_there() {
    let run = deadlock();
    let last = run.history.last_step().0;
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in [(80, 24), (120, 32)] {
            for step in [last / 2, last] {
                let shown = screen(&run, setting(size, lang), step);
                insta::assert_snapshot!(format!("offstage_{name}_{}x{}_{step}", size.0, size.1), format!("{shown:?}"));
            }
        }
    }
}

#[test]
fn going_step_by_step_and_going_there_at_once_show_the_same() {
    let run = common::scenario("philosophers/naive", 3);
    let mut along = stage(&run, setting((120, 32), Lang::En));
    for step in 0..=run.history.last_step().0 {
        along.go_to(Step(step));
        assert_eq!(along.screen(), screen(&run, setting((120, 32), Lang::En), step), "step {step}");
    }
    along.go_to(Step(2));
    assert_eq!(along.screen(), screen(&run, setting((120, 32), Lang::En), 2));
    along.go_to(Step(u32::MAX));
    assert_eq!(along.screen(), screen(&run, setting((120, 32), Lang::En), run.history.last_step().0));
}

#[test]
fn what_goes_wrong_comes_to_the_front() {
    let run = deadlock();
    let mut stage = stage(&run, Setting { playing: true, ..setting((120, 32), Lang::En) });
    stage.go_to(Step(1));
    assert!(stage.screen().line(0).contains("PLAYING"), "{:?}", stage.screen());
    stage.go_to(Step(u32::MAX));
    let screen = stage.screen();
    assert!(screen.line(0).contains("DEADLOCK"), "{screen:?}");
    assert!(stage.narration().contains("Deadlock"), "{}", stage.narration());
    assert!(screen.cell(1, 0).look.emphasis.contains(Emphasis::REVERSED));
}

#[test]
fn the_bottom_line_says_what_it_is_told() {
    let run = deadlock();
    let told = Setting { caption: "lockstep deadlock/opposite \u{1b}[2J".into(), ..setting((80, 24), Lang::En) };
    let last = screen(&run, told, 3).line(23);
    assert_eq!(last.trim_end(), " lockstep deadlock/opposite ␛[2J");
}

#[test]
fn every_size_can_be_drawn() {
    let run = deadlock();
    for size in [(0, 0), (1, 1), (7, 3), (40, 10), (72, 18), (200, 60)] {
        let shown = screen(&run, setting(size, Lang::Zh), 5);
        assert_eq!((shown.width(), shown.height()), size);
    }
}
