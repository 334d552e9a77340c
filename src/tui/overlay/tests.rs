//! Keys in, screen out.

use super::{Ask, Menu, Message, Overlay, Purpose, Row, Topic};
use crate::ids::ThreadId;
use crate::scenario::Catalogue;
use crate::tui::field::Field;
use crate::tui::screens::gallery::Gallery;
use crate::tui::testing::{cells, press, screen, type_text};
use crate::tui::{App, Effect, Screen};
use crate::words::{Lang, Words};
use ratatui::crossterm::event::KeyCode;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 32), (40, 10), (20, 5)];

fn app(lang: Lang, size: (u16, u16)) -> App {
    let mut app = App::new(size);
    app.words = Words::new(lang);
    app
}

/// As [`app`], with nothing in the gallery below: what is drawn does not change with the stories.
fn bare(lang: Lang, size: (u16, u16)) -> App {
    let mut app = app(lang, size);
    app.gallery = Gallery::new(Catalogue::default());
    app
}

fn each(mut check: impl FnMut(App, String)) {
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        check(bare(lang, size), format!("{lang}-{}x{}", size.0, size.1));
    }
}

#[test]
fn the_help_lists_the_keys_of_the_screen() {
    each(|mut app, name| {
        app.screen = Screen::Stage;
        press(&mut app, KeyCode::Char('?'));
        insta::assert_snapshot!(format!("help-{name}"), screen(&app));
    });
}

#[test]
fn the_help_is_narrowed_down_and_runs_a_row() {
    let mut app = app(Lang::En, (80, 24));
    press(&mut app, KeyCode::Char('?'));
    type_text(&mut app, "next theme");
    let before = app.theme_name;
    press(&mut app, KeyCode::Enter);
    assert_ne!(app.theme_name, before);
    assert!(app.overlays.is_empty());
}

#[test]
fn the_help_is_found_through_the_other_language() {
    let mut app = app(Lang::En, (80, 24));
    press(&mut app, KeyCode::Char('?'));
    type_text(&mut app, "换一套配色");
    assert!(screen(&app).contains("Next theme"));
    type_text(&mut app, "xyz");
    assert!(screen(&app).contains("Nothing is called like that."));
    press(&mut app, KeyCode::Enter);
    assert_eq!(app.overlays.len(), 1, "nothing was picked");
    press(&mut app, KeyCode::Esc);
    assert!(app.overlays.is_empty());
}

#[test]
fn the_palette_opens_a_scenario() {
    let mut app = app(Lang::Zh, (80, 24));
    press(&mut app, KeyCode::Char(':'));
    type_text(&mut app, "parking/bounded");
    let effects = press(&mut app, KeyCode::Enter);
    assert!(matches!(&effects[..], [Effect::Open(request)] if request.target == "parking/bounded"), "{effects:?}");
}

#[test]
fn the_palette_does_not_offer_what_needs_a_key() {
    let mut app = app(Lang::En, (80, 24));
    app.screen = Screen::Stage;
    press(&mut app, KeyCode::Char(':'));
    type_text(&mut app, "Run that thread");
    assert!(!screen(&app).contains("0 is the main thread"));
}

#[test]
fn a_message_scrolls_to_its_end_and_no_further() {
    let mut app = app(Lang::En, (60, 12));
    let lines: Vec<String> = (1..=30).map(|n| format!("line {n}")).collect();
    app.overlays.push(Overlay::Message(Message::new(|_| ("Thirty lines".to_owned(), lines.clone()))));
    assert!(screen(&app).contains("line 1 ") && !screen(&app).contains("line 30"));
    press(&mut app, KeyCode::End);
    assert!(screen(&app).contains("line 30"));
    press(&mut app, KeyCode::Up);
    assert!(!screen(&app).contains("line 30"), "one key moves one line:\n{}", screen(&app));
    press(&mut app, KeyCode::Esc);
    assert!(app.overlays.is_empty());
}

#[test]
fn diagnostics_keep_their_carets() {
    each(|mut app, name| {
        let lines = [
            "error: full-width punctuation: write ( instead of （".to_owned(),
            " --> 打印.py:2:6".to_owned(),
            "  |\n2 | print（\"你好\"）\n  |      ^^ here".to_owned(),
            "help: a Chinese input method types these; switch it to half-width while you write code".to_owned(),
        ];
        app.overlays.push(Overlay::Message(Message::new(|words| (words.t("open-refused"), lines.to_vec()))));
        insta::assert_snapshot!(format!("message-{name}"), screen(&app));
    });
}

#[test]
fn a_question_shows_what_the_program_asks() {
    each(|mut app, name| {
        let purpose = Purpose::ProgramInput { thread: ThreadId(1), prompt: "你的名字？\u{1b}[2J ".to_owned() };
        app.overlays.push(Overlay::Ask(Ask { purpose, field: Field::default() }));
        type_text(&mut app, "小明");
        insta::assert_snapshot!(format!("ask-{name}"), screen(&app));
    });
}

#[test]
fn a_path_is_asked_for_and_opened() {
    let mut app = app(Lang::En, (80, 24));
    press(&mut app, KeyCode::Char('o'));
    type_text(&mut app, "bank.py");
    let effects = press(&mut app, KeyCode::Enter);
    assert!(matches!(&effects[..], [Effect::Open(request)] if request.target == "bank.py"), "{effects:?}");
}

#[test]
fn no_wide_character_is_cut_by_a_box_wherever_it_stands() {
    for width in 40..90 {
        let mut app = app(Lang::Zh, (width, 20));
        let lines = ["一二三四五六七八九十".to_owned(), "x".repeat(usize::from(width) / 3)];
        app.overlays.push(Overlay::Message(Message::new(|_| ("信".to_owned(), lines.to_vec()))));
        // `screen` looks at every pair of cells.
        screen(&app);
    }
}

#[test]
fn a_terminal_of_one_cell_is_no_reason_to_panic() {
    for size in [(1, 1), (2, 2), (5, 3), (200, 1)] {
        let mut app = app(Lang::Zh, size);
        for key in ['?', ':', 'o'] {
            press(&mut app, KeyCode::Char(key));
            cells(&app);
            press(&mut app, KeyCode::Esc);
        }
        app.overlays.push(Overlay::Message(Message::new(|_| ("信".to_owned(), vec!["一二三".to_owned()]))));
        cells(&app);
    }
}

#[test]
fn the_language_changes_under_a_menu_and_a_message() {
    let mut app = bare(Lang::En, (80, 24));
    let row = |label| Row { label, note: String::new(), chosen: false };
    let rows = |words: &Words| vec![row(words.t("save-over")), row(words.t("moment-title"))];
    app.overlays.push(Overlay::Menu(Menu::new(Topic::SaveOver, |words| (words.t("menu-break"), rows(words)))));
    press(&mut app, KeyCode::Down);
    assert!(screen(&app).contains("Stop when"), "{}", screen(&app));
    press(&mut app, KeyCode::Char('L'));
    assert_eq!((app.words.lang(), app.overlays.len()), (Lang::Zh, 1));
    assert!(screen(&app).contains(&app.words.t("menu-break")), "{}", screen(&app));
    let Some(Overlay::Menu(menu)) = app.overlays.pop() else { panic!("the menu is gone") };
    assert_eq!(menu.selected(), 1, "what is selected stays");
    let message = Message::new(|words| (words.t("moment-title"), vec![words.t("moment-hint")]));
    app.overlays.push(Overlay::Message(message));
    assert!(screen(&app).contains(&Words::new(Lang::Zh).t("moment-title")));
    press(&mut app, KeyCode::Char('L'));
    assert_eq!((app.words.lang(), app.overlays.len()), (Lang::En, 1));
    assert!(screen(&app).contains(&Words::new(Lang::En).t("moment-title")), "{}", screen(&app));
}

#[test]
fn a_letter_that_is_typed_changes_no_language() {
    for key in ['?', ':', 'o'] {
        let mut app = bare(Lang::En, (80, 24));
        press(&mut app, KeyCode::Char(key));
        press(&mut app, KeyCode::Char('L'));
        assert_eq!(app.words.lang(), Lang::En, "L after {key} is text");
        press(&mut app, KeyCode::F(3));
        assert_eq!((app.words.lang(), app.overlays.len()), (Lang::Zh, 1), "F3 after {key} is none");
    }
}

#[test]
fn the_help_goes_on_in_the_other_language_where_it_was() {
    let mut app = bare(Lang::En, (80, 24));
    press(&mut app, KeyCode::Char('?'));
    type_text(&mut app, "theme");
    press(&mut app, KeyCode::F(3));
    let shown = screen(&app);
    assert!(shown.contains("> theme") && shown.contains(&app.words.t("key-theme")), "{shown}");
    assert!(shown.contains(&app.words.t("help-title")) && !shown.contains("Next theme"), "{shown}");
    let before = app.theme_name;
    press(&mut app, KeyCode::Enter);
    assert_ne!(app.theme_name, before, "the same row is selected");
}
