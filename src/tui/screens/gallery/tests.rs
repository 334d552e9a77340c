//! Keys in, screen out.

use super::{Gallery, Row};
use crate::scenario::Catalogue;
use crate::tui::testing::{press, screen, type_text};
use crate::tui::{App, Effect, Msg, update};
use crate::words::{Lang, Words};
use ratatui::crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::path::Path;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 32), (200, 60), (40, 10)];

/// An app with the gallery of two scenarios that stands in `tests/gallery`.
fn app(lang: Lang, size: (u16, u16)) -> App {
    let mut catalogue = Catalogue::default();
    catalogue.add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery")).expect("it loads");
    let mut app = App::new(size);
    app.gallery = Gallery::new(catalogue);
    app.words = Words::new(lang);
    app
}

fn opened(effects: &[Effect]) -> Option<&str> {
    match effects {
        [Effect::Open(request)] => Some(&request.target),
        _ => None,
    }
}

#[test]
fn it_shows_list_and_story_in_both_languages() {
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        let mut app = app(lang, size);
        press(&mut app, KeyCode::Down);
        insta::assert_snapshot!(format!("{lang}-{}x{}", size.0, size.1), screen(&app));
    }
}

#[test]
fn a_tiny_terminal_gets_one_sentence() {
    let shown = screen(&app(Lang::En, (20, 5)));
    assert!(shown.starts_with("bakery (The"), "{shown}");
    let shown = screen(&app(Lang::Zh, (20, 5)));
    assert!(shown.starts_with("bakery（包子铺）："), "{shown}");
    screen(&app(Lang::Zh, (1, 1)));
}

#[test]
fn enter_opens_what_is_selected() {
    let mut app = app(Lang::En, (80, 24));
    assert_eq!(opened(&press(&mut app, KeyCode::Enter)), Some("bakery/rush"));
    press(&mut app, KeyCode::Down);
    press(&mut app, KeyCode::Down);
    assert_eq!(opened(&press(&mut app, KeyCode::Enter)), Some("bakery/queue"));
    press(&mut app, KeyCode::End);
    let last = app.gallery.place().expect("something is selected");
    assert_eq!(opened(&press(&mut app, KeyCode::Enter)), Some(last.as_str()));
}

#[test]
fn the_filter_narrows_down_and_opens() {
    let mut app = app(Lang::En, (80, 24));
    press(&mut app, KeyCode::Char('/'));
    type_text(&mut app, "接力");
    assert!(screen(&app).contains("/ 接力"));
    assert!(app.gallery.rows.iter().filter(|row| matches!(row, Row::Scenario(_))).count() == 1);
    assert_eq!(opened(&press(&mut app, KeyCode::Enter)), Some("relay/pass"));

    press(&mut app, KeyCode::Char('/'));
    type_text(&mut app, "qqqzzz");
    assert!(screen(&app).contains("Nothing fits the filter."));
    assert_eq!(opened(&press(&mut app, KeyCode::Enter)), None);

    press(&mut app, KeyCode::Char('/'));
    press(&mut app, KeyCode::Esc);
    assert!(app.gallery.rows.len() == 7);
    assert!(screen(&app).contains("Scenarios"));
}

#[test]
fn letters_are_keys_again_after_the_filter() {
    let mut app = app(Lang::En, (80, 24));
    press(&mut app, KeyCode::Char('/'));
    type_text(&mut app, "qL?");
    assert_eq!(app.words.lang(), Lang::En);
    press(&mut app, KeyCode::Esc);
    press(&mut app, KeyCode::Char('L'));
    assert_eq!(app.words.lang(), Lang::Zh);
}

#[test]
fn the_place_is_found_again() {
    let mut first = app(Lang::En, (80, 24));
    first.gallery.go_to("bakery/queue");
    assert_eq!(first.gallery.place().as_deref(), Some("bakery/queue"));
    first.gallery.go_to("no/such");
    assert_eq!(first.gallery.place().as_deref(), Some("bakery/queue"));
    first.gallery.go_to("relay");
    assert_eq!(first.gallery.place().as_deref(), Some("relay"));
}

#[test]
fn the_story_scrolls_no_further_than_it_goes() {
    let mut app = app(Lang::En, (80, 14));
    press(&mut app, KeyCode::Down);
    for _ in 0..50 {
        press(&mut app, KeyCode::PageDown);
    }
    let end = screen(&app);
    press(&mut app, KeyCode::PageUp);
    assert_ne!(screen(&app), end);
    press(&mut app, KeyCode::Tab);
    for _ in 0..500 {
        press(&mut app, KeyCode::Down);
    }
    press(&mut app, KeyCode::Up);
    assert_ne!(screen(&app).lines().nth(3), end.lines().nth(3));
    assert_eq!(app.gallery.place().as_deref(), Some("bakery/rush"), "the story scrolls, the list does not");
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut app = app(Lang::En, (80, 24));
    let click = |app: &mut App, column, row| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        update(app, Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    };
    // Header, edge, topic, scenario, first variant, second variant.
    assert!(click(&mut app, 5, 5).is_empty());
    assert_eq!(app.gallery.place().as_deref(), Some("bakery/queue"));
    assert_eq!(opened(&click(&mut app, 5, 5)), Some("bakery/queue"));
    assert!(click(&mut app, 5, 2).is_empty(), "a topic does not open");
}

/// The same, and in `tests/disorder` a scenario that is not in order.
fn with_disorder(lang: Lang, size: (u16, u16)) -> App {
    let mut catalogue = Catalogue::default();
    catalogue.add(Path::new("tests/gallery")).expect("it loads");
    catalogue.add(Path::new("tests/disorder")).expect_err("it does not");
    let mut app = App::new(size);
    app.gallery = Gallery::new(catalogue);
    app.words = Words::new(lang);
    app
}

#[test]
fn what_is_not_in_order_has_a_line_and_says_what_is_wrong() {
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        let mut app = with_disorder(lang, size);
        press(&mut app, KeyCode::End);
        insta::assert_snapshot!(format!("broken-{lang}-{}x{}", size.0, size.1), screen(&app));
    }
    let mut app = with_disorder(Lang::En, (80, 24));
    press(&mut app, KeyCode::End);
    assert_eq!(app.gallery.place().as_deref(), Some("cinema"));
    // The loader says what is wrong, as with every program that cannot be loaded.
    assert_eq!(opened(&press(&mut app, KeyCode::Enter)), Some("cinema"));
    press(&mut app, KeyCode::Home);
    app.gallery.go_to("cinema");
    assert_eq!(app.gallery.place().as_deref(), Some("cinema"));
    press(&mut app, KeyCode::Char('/'));
    type_text(&mut app, "cine");
    assert_eq!(app.gallery.rows, [Row::Broken(0)]);
    let tiny = with_disorder(Lang::En, (20, 5));
    assert!(screen(&tiny).starts_with("bakery (The"));
}
