//! Whole screens at the sizes that matter. The pictures are in `snapshots/`.

use crate::Desk;
use crate::tape::{cut, philosophers};
use insta::assert_snapshot;
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{App, Msg};
use lockstep::words::{Lang, Words};

const SIZES: [(u16, u16); 5] = [(80, 24), (120, 32), (200, 60), (50, 15), (20, 5)];

#[test]
fn the_deadlock_in_english() {
    for (columns, rows) in SIZES {
        let desk = Desk::with(columns, rows, philosophers());
        assert_snapshot!(format!("deadlock_en_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn the_deadlock_in_chinese() {
    for (columns, rows) in SIZES {
        let mut desk = Desk::with(columns, rows, philosophers());
        desk.press("L");
        assert_snapshot!(format!("deadlock_zh_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn one_step_before_the_deadlock_in_ascii() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.app.glyph_set = GlyphSet::Ascii;
    desk.press("<Left>");
    let screen = desk.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert_snapshot!("past_ascii_80x24", screen);
}

#[test]
fn the_events_in_a_zoomed_pane() {
    let mut desk = Desk::with(80, 24, philosophers());
    desk.press("<Tab><Tab><Tab><Tab>z");
    assert_snapshot!("events_zoomed_80x24", desk.screen());
}

#[test]
fn a_menu_lies_on_the_stage() {
    let mut desk = Desk::with(80, 24, cut(&philosophers(), 4).0);
    desk.press("s");
    assert_snapshot!("scheduler_menu_80x24", desk.screen());
}

#[test]
fn without_colours_everything_is_said_by_letters_and_signs() {
    let mut desk = Desk::with(120, 32, philosophers());
    desk.app.theme_name = ThemeName::Mono;
    assert!(desk.is_colourless());
    let screen = desk.screen();
    for word in ["blocked", "held by A", "◂ B", "DEADLOCK"] {
        assert!(screen.contains(word), "{word} is not in\n{screen}");
    }
}

#[test]
fn no_size_is_too_small_and_none_panics() {
    for columns in [1, 2, 5, 19, 39, 40, 71, 72, 109, 110] {
        for rows in [1, 2, 5, 9, 10, 13, 14, 17, 18, 22, 28] {
            let mut desk = Desk::with(columns, rows, philosophers());
            for keys in ["", "L<Tab>", "<Tab>", "<Tab>z", "b"] {
                desk.press(keys);
                desk.screen();
            }
        }
    }
}

#[test]
fn a_comment_that_names_no_picture_is_complained_of() {
    for (lang, wanted) in [(Lang::En, "Line 2 names no picture"), (Lang::Zh, "第 2 行没有说清画面")] {
        for size in [(120, 40), (80, 24)] {
            let mut app = App::new(size);
            app.words = Words::new(lang);
            let mut desk = Desk { app, effects: Vec::new() };
            desk.send(Msg::Opened(Box::new(crate::loaded_text("x = 1\n# stage: rign forks=x\nprint(x)\n"))));
            desk.steps(cut(&philosophers(), 3).0);
            let screen = desk.screen();
            assert!(screen.replace(' ', "").contains(&wanted.replace(' ', "")), "{screen}");
        }
    }
}
