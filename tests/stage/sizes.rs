//! Every screen at every size, in both languages, with every set of signs: nothing panics, nothing is cut in the middle of
//! a wide character, and in every theme the same is told.

use crate::challenge::{Class, way};
use crate::{Desk, loaded, loaded_text};
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::loader::Loaded;
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{Msg, Screen, render};
use lockstep::words::Lang;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::{Frame, Terminal};
use unicode_width::UnicodeWidthStr;

const SIZES: [(u16, u16); 6] = [(20, 5), (40, 10), (60, 16), (80, 24), (120, 32), (200, 60)];

/// Odd ones between them: a wide character meets every edge.
const ODD: [(u16, u16); 6] = [(41, 11), (59, 17), (81, 24), (83, 25), (101, 30), (119, 31)];

/// Names and texts of wide characters, longer than any pane.
const WIDE: &str = "\
from threading import Lock, Thread
锁 = Lock()
计数 = {'宽': '宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符宽字符'}
def 干活(名字):
    with 锁:
        计数[名字] = '很长很长很长很长很长很长很长很长的一个值'  # 注释注释注释注释注释注释注释注释注释注释注释注释
        print(名字, '完成了自己的那一份工作，可以回家了，明天见，后天见，大后天见，以后每天都见，永远都见面')
for 名字 in ['张三李四王五赵六', 'a李四', '王五']:
    Thread(target=干活, args=(名字,), name=名字).start()
";

/// Keys that lead from a fresh stage to each screen.
pub(crate) const SCREENS: &[(Screen, &str, &str)] = &[
    (Screen::Stage, "stage", ""),
    (Screen::Stage, "stage at the end", "G"),
    (Screen::Stage, "stage in the past", "G<Left><Left><Left>"),
    (Screen::Stage, "notes", "i"),
    (Screen::Stage, "notes at the end", "Giz"),
    (Screen::Stage, "presenter", "P"),
    (Screen::Stage, "presenter with notes", "Pi"),
    (Screen::Stage, "presenter at the end", "GP"),
    (Screen::Stage, "presenter at the end with notes", "GPi"),
    (Screen::Stage, "challenge menu", "c"),
    (Screen::Stage, "challenge", "c<Enter>"),
    (Screen::Stage, "hint", "c<Enter><Right>H"),
    (Screen::Compare, "compare", "d"),
    (Screen::Compare, "compare on the way", "dg<Enter>"),
    (Screen::Compare, "compare at the end", "dG<Tab>"),
    (Screen::Predict, "predict", "p"),
    (Screen::Predict, "predict answered", "p1<Enter>"),
    (Screen::Predict, "predict at the end", "p1<Enter>n1<Enter>n"),
    (Screen::Explore, "explore", "x"),
    (Screen::Explore, "explore, the list", "x<Tab>"),
    (Screen::Explore, "explore, the likelihood", "xp"),
    (Screen::Stage, "help", "?"),
    (Screen::Stage, "help further down", "?<Down><Down><Down>"),
    (Screen::Stage, "palette", ":"),
    (Screen::Stage, "schedulers", "s"),
    (Screen::Stage, "variants", "v"),
    (Screen::Stage, "breakpoints", "b"),
    (Screen::Stage, "search", "G/a"),
    (Screen::Stage, "file", "o"),
    (Screen::Gallery, "gallery", "q"),
    (Screen::Gallery, "gallery, the story", "q<Tab><Down>"),
    (Screen::Gallery, "gallery, the end", "qG"),
    (Screen::Gallery, "gallery, nothing found", "q/xyzzy"),
    (Screen::Gallery, "gallery, help", "q?"),
];

/// As many panes as there can be, and one more.
const PANES: usize = 11;

/// A place of the interface, reached at a middling size.
pub(crate) fn reached(loaded: Loaded, lang: Lang, keys: &str) -> Class {
    let mut class = Class::new((80, 24), loaded);
    if class.desk.app.words.lang() != lang {
        class.press("L");
    }
    class.press(keys);
    class
}

/// What was drawn, before the terminal leaves out what lies behind wide characters.
fn drawn(desk: &Desk) -> Buffer {
    let (columns, rows) = desk.app.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut drawn = Buffer::default();
    let draw = |frame: &mut Frame| {
        render(frame, frame.area(), &desk.app);
        drawn.clone_from(frame.buffer_mut());
    };
    terminal.draw(draw).unwrap();
    drawn
}

/// Wide characters of which only one half is there, and what is no character at all.
fn broken(buffer: &Buffer) -> Vec<String> {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let mut found = Vec::new();
    for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
        let symbol = buffer[(x, y)].symbol();
        let half = symbol.width() == 2 && (x + 1 == columns || !buffer[(x + 1, y)].symbol().trim().is_empty());
        if half || symbol.width() > 2 || symbol.chars().any(char::is_control) {
            found.push(format!("{symbol:?} at {x}, {y}"));
        }
    }
    found
}

/// Shows this place at these sizes with each set of signs.
fn look(class: &mut Class, sizes: &[(u16, u16)], place: &str, found: &mut Vec<String>) {
    for (columns, rows) in sizes {
        class.desk.send(Msg::Resize(*columns, *rows));
        for set in GlyphSet::ALL {
            class.desk.app.glyph_set = set;
            let buffer = drawn(&class.desk);
            found.extend(broken(&buffer).iter().map(|what| format!("{place}, {set:?} {columns}x{rows}: {what}")));
            let screen = class.desk.screen();
            assert!(!screen.trim().is_empty(), "{place}, {set:?} {columns}x{rows}: nothing is shown");
            assert!(!screen.contains("{key:"), "{place}, {set:?} {columns}x{rows}: a key is not named\n{screen}");
        }
    }
    class.desk.app.glyph_set = GlyphSet::default();
}

#[track_caller]
fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{}\n{} places", found.join("\n"), found.len());
}

#[test]
fn every_screen_at_every_size() {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        for (screen, name, keys) in SCREENS {
            let mut class = reached(loaded("philosophers/naive"), lang, keys);
            assert_eq!(class.desk.app.screen, *screen, "{name}");
            look(&mut class, &SIZES, &format!("{name} {lang}"), &mut found);
        }
    }
    nothing(&found);
}

#[test]
fn every_pane_alone_at_every_size() {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        for at in 0..PANES {
            let keys = format!("G{}z", "<Tab>".repeat(at));
            let mut class = reached(loaded("philosophers/naive"), lang, &keys);
            look(&mut class, &SIZES, &format!("pane {at} {lang}"), &mut found);
        }
    }
    nothing(&found);
}

#[test]
fn wide_names_and_texts_are_never_halved() {
    let mut found = Vec::new();
    let sizes = [SIZES, ODD].concat();
    // With what to compare a file is asked.
    for (_, name, keys) in SCREENS.iter().filter(|(screen, ..)| *screen != Screen::Compare) {
        let mut class = reached(loaded_text(WIDE), Lang::Zh, keys);
        look(&mut class, &sizes, &format!("wide, {name}"), &mut found);
    }
    for at in 0..PANES {
        let mut class = reached(loaded_text(WIDE), Lang::Zh, &format!("G{}z", "<Tab>".repeat(at)));
        look(&mut class, &sizes, &format!("wide, pane {at}"), &mut found);
        // Further right, where a line begins in the middle of a character.
        class.press("]");
        look(&mut class, &sizes, &format!("wide, pane {at} further right"), &mut found);
    }
    nothing(&found);
}

#[test]
fn a_challenge_won_at_every_size() {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        let mut class = reached(loaded("philosophers/naive"), lang, "c<Enter>");
        way(&mut class);
        look(&mut class, &SIZES, &format!("won {lang}"), &mut found);
    }
    nothing(&found);
}

/// Nothing is told by colour alone: in every theme the same letters stand at the same places.
#[test]
fn every_screen_in_every_theme() {
    for lang in Lang::ALL {
        for (_, name, keys) in SCREENS {
            let mut class = reached(loaded("deadlock/opposite"), lang, keys);
            let mut told = None;
            for theme in ThemeName::ALL {
                class.desk.app.theme_name = theme;
                assert_eq!(broken(&drawn(&class.desk)), [""; 0], "{name} {lang} {theme:?}");
                let screen = class.desk.screen();
                assert_eq!(*told.get_or_insert_with(|| screen.clone()), screen, "{name} {lang} {theme:?}");
            }
        }
    }
}
