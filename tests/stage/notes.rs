//! The notes of a scenario, and presenter mode. The pictures are in `snapshots/`.

use crate::tape::{cut, philosophers};
use crate::{Desk, loaded};
use insta::assert_snapshot;
use lockstep::scenario::{Catalogue, Target};
use lockstep::session::Batch;
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::keymap::Keymap;
use lockstep::tui::loader::Loaded;
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{App, Msg, Screen};
use lockstep::words::{Lang, Words};
use std::fs;

const SCENARIO: &str = r#"{
  "id": "table",
  "title": { "en": "The table", "zh": "餐桌" },
  "summary": { "en": "Three at a table.", "zh": "三个人围着一张桌子。" },
  "topic": { "en": "Waiting", "zh": "等待" },
  "level": "first",
  "variants": [
    {
      "id": "left",
      "file": "left.py",
      "title": { "en": "Left first", "zh": "先拿左边" },
      "summary": { "en": "Everybody takes the left one first.", "zh": "人人先拿左边那把。" },
      "expect": { "verdict": ["deadlock"] },
      "questions": [{ "ask": "deadlock" }],
      "notes": [
        { "when": { "event": "acquired", "object": "forks*" },
          "text": { "en": "The first fork is taken. Whoever holds `forks[0]` wants **another one** next.",
                    "zh": "第一把叉子有主了。拿着 `forks[0]` 的人，接下来还要**另一把**。" } },
        { "when": { "event": "blocked" }, "each": true,
          "text": { "en": "Somebody waits for a fork that a neighbour holds.", "zh": "有人在等邻座手里的叉子。" } },
        { "when": { "finding": "deadlock" },
          "text": { "en": "The circle is closed.", "zh": "圈合上了。" } }
      ]
    }
  ]
}"#;

const EN: &str = "# The table\n\nThree friends.\n\n## left\n\nThree people, three forks, and everybody needs two. Watch who \
                  holds what.\n\nPress Right to make a step.\n\n### after\n\nEverybody held one fork and wanted the \
                  next. Nobody gave one back: **that** is a deadlock.\n\nIf one of them takes the forks in the other \
                  order, the circle cannot close.\n";

const ZH: &str = "# 餐桌\n\n三个朋友。\n\n## left\n\n三个人，三把叉子，人人都要两把。看看谁手里有什么。\n\n按右方向键走一步。\n\n\
                  ### after\n\n人人手里有一把，还要下一把。谁也不放手：**这**就是死锁。\n\n只要有一个人换个顺序拿，圈就合不上。\n";

/// The philosophers, with notes that are written here.
fn table() -> Loaded {
    let philosophers = loaded("philosophers/naive");
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("table");
    fs::create_dir(&folder).unwrap();
    let program = &*philosophers.source.text;
    for (name, text) in [("scenario.json", SCENARIO), ("left.py", program), ("story.en.md", EN), ("story.zh.md", ZH)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let mut catalogue = Catalogue::embedded();
    catalogue.add(&folder).unwrap();
    let target = Target::resolve("table", &catalogue).unwrap();
    Loaded {
        request: lockstep::tui::loader::Request { target: target.name(), parameters: Vec::new() },
        target,
        ..philosophers
    }
}

/// The table after so much of the run.
fn at(size: (u16, u16), lang: Lang, batch: Option<Batch>) -> Desk {
    let mut desk = Desk { app: App::new(size), effects: Vec::new() };
    desk.app.words = Words::new(lang);
    desk.send(Msg::Opened(Box::new(table())));
    if let Some(batch) = batch {
        desk.steps(batch);
    }
    desk
}

fn some(steps: u32) -> Batch {
    cut(&philosophers(), steps).0
}

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 32), (40, 10), (200, 60)];

#[test]
fn the_notes_before_during_and_after_a_run() {
    for lang in Lang::ALL {
        for size @ (columns, rows) in SIZES.into_iter().take(3) {
            for (name, batch) in [("brief", None), ("during", Some(some(5))), ("after", Some(philosophers()))] {
                let mut desk = at(size, lang, batch);
                desk.press("i");
                assert_snapshot!(format!("notes_{name}_{}_{columns}x{rows}", lang.code()), desk.screen());
            }
        }
    }
}

#[test]
fn texts_name_the_keys_as_somebody_has_changed_them() {
    let changed = "[stage]\ncompare = \"F5\"\nreseed = []\n[gallery]\nfilter = \"f\"\n";
    for (keys, compare, reseed) in [("", "press d", "R"), (changed, "press F5", "the command")] {
        let mut desk = Desk { app: App::new((120, 60)), effects: Vec::new() };
        desk.app.keymap = Keymap::parse(keys).unwrap();
        desk.send(Msg::Opened(Box::new(loaded("philosophers/naive"))));
        desk.press("i");
        desk.press("z");
        let brief = desk.screen();
        assert!(brief.contains(reseed), "{brief}");
        desk.steps(philosophers());
        let after = desk.screen();
        assert!(after.contains(&format!("{} shows another variant", compare.trim_start_matches("press "))), "{after}");
        assert!(!brief.contains("{key") && !after.contains("{key"), "{after}");
    }
}

#[test]
fn a_room_is_shown_few_things() {
    for lang in Lang::ALL {
        for size @ (columns, rows) in SIZES {
            let mut desk = at(size, lang, Some(philosophers()));
            desk.press("P");
            assert_snapshot!(format!("presenter_{}_{columns}x{rows}", lang.code()), desk.screen());
        }
    }
}

/// What was done, or what the run has come to; all the rest is among the notes.
#[test]
fn a_room_reads_one_sentence() {
    let cases =
        [(some(5), "B takes forks[1].", "must wait for it now"), (philosophers(), "Deadlock: A waits", "Next C wants")];
    for (batch, sentence, rest) in cases {
        let mut desk = at((80, 24), Lang::En, Some(batch));
        desk.press("P");
        let screen = desk.screen();
        assert!(screen.contains(sentence) && !screen.contains(rest), "{screen}");
        desk.press("i");
        let screen = desk.screen();
        assert!(screen.contains(sentence) && screen.contains(rest), "{screen}");
    }
}

#[test]
fn what_is_hidden_from_a_room_is_revealed_by_a_key() {
    for lang in Lang::ALL {
        for size @ (columns, rows) in [(80, 24), (40, 10)] {
            for (name, batch) in [("brief", None), ("note", Some(some(5))), ("after", Some(philosophers()))] {
                let mut desk = at(size, lang, batch);
                desk.press("P");
                let plain = desk.screen();
                desk.press("i");
                assert_snapshot!(format!("revealed_{name}_{}_{columns}x{rows}", lang.code()), desk.screen());
                desk.press("i");
                assert_eq!(desk.screen(), plain);
            }
        }
    }
}

#[test]
fn a_room_needs_neither_colours_nor_pretty_signs() {
    let mut desk = at((80, 24), Lang::En, Some(some(5)));
    desk.press("Pi");
    desk.app.glyph_set = GlyphSet::Ascii;
    let screen = desk.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert_snapshot!("revealed_note_ascii_80x24", screen);
    desk.app.glyph_set = GlyphSet::Unicode;
    desk.app.theme_name = ThemeName::Mono;
    assert!(desk.is_colourless());
    assert_snapshot!("revealed_note_mono_80x24", desk.styled());
}

#[test]
fn the_keys_of_the_stage_go_on_working_in_front_of_a_room() {
    let mut desk = at((80, 24), Lang::En, Some(philosophers()));
    desk.press("P<Left>");
    assert!(desk.screen().contains("step 5"), "{}", desk.screen());
    // Esc ends presenter mode first, and leaves the stage only then.
    desk.press("<Esc>");
    assert!(desk.screen().contains("Threads"), "{}", desk.screen());
    assert_eq!(desk.app.screen, Screen::Stage);
    desk.press("<Esc>");
    assert_eq!(desk.app.screen, Screen::Gallery);
}

#[test]
fn another_program_comes_before_the_room_in_the_same_way() {
    let mut desk = at((80, 24), Lang::En, None);
    desk.press("P");
    desk.send(Msg::Opened(Box::new(loaded("philosophers/ordered"))));
    assert!(!desk.screen().contains("Threads"), "{}", desk.screen());
}

#[test]
fn a_new_note_is_announced_until_it_is_seen() {
    let mut desk = at((80, 24), Lang::En, None);
    let title = |desk: &Desk| desk.screen().lines().find(|line| line.contains("Notes")).unwrap().to_owned();
    // Whoever looks at the notes sees them come.
    desk.press("i");
    desk.steps(cut(&philosophers(), 4).0);
    assert!(!title(&desk).contains('+'), "{}", desk.screen());
    let mut desk = at((80, 24), Lang::En, None);
    desk.press("<Tab><Tab>");
    assert!(desk.screen().contains(" Timeline "), "{}", desk.screen());
    desk.steps(philosophers());
    assert!(title(&desk).contains("Notes +5"), "{}", desk.screen());
    // Going back there is less of it; going forth it is all there again.
    desk.press("<Left><Left>");
    assert!(title(&desk).contains("Notes +1"), "{}", desk.screen());
    desk.press("G");
    assert!(title(&desk).contains("Notes +5"), "{}", desk.screen());
    desk.press("i");
    assert!(!title(&desk).contains('+'), "{}", desk.screen());
    desk.press("<Tab>z<Left><Right>");
    assert!(!desk.screen().contains("Notes +"), "{}", desk.screen());
}

#[test]
fn notes_are_scrolled_as_far_as_they_go() {
    let mut desk = at((80, 24), Lang::En, Some(philosophers()));
    desk.press("i");
    let top = desk.screen();
    desk.press(&"j".repeat(100));
    let bottom = desk.screen();
    assert!(bottom.contains("The circle is closed."), "{bottom}");
    desk.press("k");
    assert_ne!(desk.screen(), bottom);
    desk.press(&"k".repeat(100));
    assert_eq!(desk.screen(), top);
    desk.press("P");
    desk.press("ijjjjjjjjjjjjjjjjjjjj");
    assert!(desk.screen().contains("The circle is closed."), "{}", desk.screen());
}

#[test]
fn a_file_has_no_notes_and_says_so() {
    for lang in Lang::ALL {
        let mut desk = at((80, 24), lang, None);
        let path = std::path::PathBuf::from("mine.py");
        let table = table();
        let target = Target::File { path: path.clone(), source: table.source.clone() };
        desk.send(Msg::Opened(Box::new(Loaded { target, path: Some(path), ..table })));
        desk.press("i");
        assert!(desk.screen().contains("docs/SCENARIOS.md"), "{}", desk.screen());
    }
}

#[test]
fn no_room_is_too_small() {
    for columns in [1, 5, 39, 40, 67, 68, 110] {
        for rows in [1, 5, 9, 10, 15, 16, 40] {
            let mut desk = at((columns, rows), Lang::Zh, Some(philosophers()));
            for keys in ["P", "i", "<Left>", "<Tab>", "z", "t"] {
                desk.press(keys);
                desk.screen();
            }
        }
    }
}
