//! Pictures.

use crate::cast;
use crate::common::{self, HOSTILE};
use crate::offstage::{self, setting};
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::report::export::cast::Pace;
use lockstep::report::export::palette::Shade;
use lockstep::report::export::svg::{Caption, frame, timeline};
use lockstep::tui::offstage::Setting;
use lockstep::tui::theme::ThemeName;
use lockstep::words::{Lang, Words};
use std::collections::BTreeMap;
use std::path::Path;
use unicode_width::UnicodeWidthChar;

const SHADES: [Shade; 2] = [Shade::Dark, Shade::Light];

fn timeline(run: &Recording, shade: Shade, lang: Lang) -> String {
    let mut out = Vec::new();
    timeline::write(run, shade, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn frame(run: &Recording, setting: Setting, shade: Shade, step: u32) -> String {
    let (mut out, lang) = (Vec::new(), setting.words.lang());
    let mut stage = offstage::stage(run, setting);
    stage.go_to(Step(step));
    let caption = Caption { title: format!("{} at step {step}", run.header.target), about: stage.narration(), lang };
    frame::write(&stage.screen(), shade, &caption, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// An element that was opened, or a text.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    /// The text directly in it.
    text: String,
}

impl Element {
    fn number(&self, name: &str) -> f64 {
        self.attributes[name].parse().unwrap()
    }
}

/// Reads a picture as strictly as XML is to be read, as far as pictures of ours go: no comments, no sections.
fn elements(picture: &str) -> Vec<Element> {
    assert!(!picture.chars().any(|c| c.is_control() && c != '\n'), "a control character");
    let (mut open, mut read): (Vec<usize>, Vec<Element>) = (Vec::new(), Vec::new());
    let mut rest = picture;
    while let Some(start) = rest.find('<') {
        let text = plain(&rest[..start]);
        match open.last() {
            Some(parent) => read[*parent].text.push_str(&text),
            None => assert_eq!(text.trim(), ""),
        }
        let end = start + rest[start..].find('>').unwrap();
        let (tag, after) = (&rest[start + 1..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(read[open.pop().unwrap()].name, name);
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{name}");
        read.push(Element { name: name.into(), attributes: attributes_of(attributes), text: String::new() });
        if !closed {
            open.push(read.len() - 1);
        }
    }
    assert_eq!((rest.trim(), open.len()), ("", 0));
    read
}

fn attributes_of(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").unwrap();
        let (value, after) = value.split_once('"').unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':'), "{name}");
        assert!(found.insert(name.to_owned(), plain(value)).is_none(), "{name} twice");
        rest = after.trim_start();
    }
    found
}

/// Text with its references resolved.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').unwrap();
        let c = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "#39" => '\'',
            other => panic!("&{other};"),
        };
        out.push_str(before);
        out.push(c);
        rest = after;
    }
    out + rest
}

// ---- timeline ----

#[test]
fn the_timeline_of_a_deadlock() {
    let run = common::scheduled("deadlock/opposite", crate::offstage::DEADLOCK);
    insta::assert_snapshot!("timeline_en_light", timeline(&run, Shade::Light, Lang::En));
    insta::assert_snapshot!("timeline_zh_dark", timeline(&run, Shade::Dark, Lang::Zh));
}

#[test]
fn every_run_has_a_picture_that_can_be_read() {
    for run in common::all() {
        for (shade, lang) in SHADES.into_iter().zip(Lang::ALL) {
            let picture = timeline(&run, shade, lang);
            let elements = elements(&picture);
            assert_eq!(elements[0].name, "svg");
            assert!(
                elements.iter().any(|element| element.name == "title" && element.text.contains(&*run.header.target))
            );
            assert_eq!(picture, timeline(&run, shade, lang), "the same run gives the same bytes");
            nothing_overlaps(&run.header.target, &elements);
        }
    }
}

/// About how wide a text is shown: a little less than in the widest usual font.
fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.width() == Some(2) { 1.0 } else { 0.55 }).sum::<f64>() * size
}

/// No text stands in another one, and none leaves the picture.
fn nothing_overlaps(target: &str, elements: &[Element]) {
    let mut boxes: Vec<(f64, f64, f64, &str)> = Vec::new();
    let mut size = 11.0;
    for element in elements {
        if element.name == "g" && element.attributes.contains_key("font-size") {
            size = element.number("font-size");
        }
        if element.name != "text" {
            continue;
        }
        let size = element.attributes.get("font-size").map_or(size, |size| size.parse().unwrap());
        let wide = width(&element.text, size);
        let middle = element.attributes.get("text-anchor").is_some_and(|anchor| anchor == "middle");
        let left = element.number("x") - if middle { wide / 2.0 } else { 0.0 };
        let base = element.number("y");
        assert!(
            left >= 0.0 && left + wide <= elements[0].number("width"),
            "{target}: {} leaves the picture",
            element.text
        );
        assert!(base <= elements[0].number("height"), "{target}: {} is below the picture", element.text);
        for (other_left, other_right, other_base, other) in &boxes {
            let apart = left >= *other_right || left + wide <= *other_left || (base - other_base).abs() >= size * 0.8;
            assert!(apart, "{target}: {:?} overlaps {other:?}", element.text);
        }
        boxes.push((left, left + wide, base, &element.text));
    }
}

#[test]
fn few_and_many_threads_and_steps() {
    for threads in [1, 2, 7, 15, 30, 60, 130] {
        for rounds in [1, 40] {
            let run = common::program(&busy(threads, rounds), 3);
            let picture = timeline(&run, Shade::Light, Lang::En);
            let elements = elements(&picture);
            nothing_overlaps(&format!("{threads} threads, {rounds} rounds"), &elements);
            assert!(elements[0].number("width") < 1500.0);
            assert!(picture.len() < 1_000_000, "{}", picture.len());
            let left_out =
                picture.contains(&format!("{} more threads are not shown.", (threads + 1_usize).saturating_sub(100)));
            assert_eq!(left_out, threads > 100);
        }
    }
}

/// Threads that get into each other's way.
fn busy(threads: usize, rounds: u32) -> String {
    format!(
        "from threading import Thread, Lock\n\
         locks = [Lock() for i in range(5)]\n\
         def work(me):\n\
         \x20   for round in range({rounds}):\n\
         \x20       with locks[(me + round) % 5]:\n\
         \x20           print(me)\n\
         for i in range({threads}):\n\
         \x20   Thread(target=work, args=(i,), name=f'worker number {{i}}').start()\n"
    )
}

#[test]
fn who_is_in_the_way_is_said_and_stays_so_for_ever() {
    let run = common::scheduled("deadlock/opposite", crate::offstage::DEADLOCK);
    let picture = timeline(&run, Shade::Light, Lang::En);
    let said: Vec<String> =
        elements(&picture).into_iter().filter(|element| element.name == "text").map(|element| element.text).collect();
    for text in ["lock_a, held by A", "lock_b, held by B", "deadlock, step 6", "for ever"] {
        assert!(said.iter().any(|one| one == text), "{text} is not in {said:?}");
    }
}

#[test]
fn a_hostile_program_does_no_harm_to_a_timeline() {
    for lang in Lang::ALL {
        let mut run = common::program(HOSTILE, 1);
        run.header.target = "</title><script>alert(1)</script>\u{1b}[2J\u{202e}\u{ffff}".into();
        harmless(&timeline(&run, Shade::Dark, lang));
    }
}

/// Only the elements of a picture, and nothing that could be run or fetched.
fn harmless(picture: &str) {
    let known = ["svg", "title", "desc", "g", "rect", "path", "text"];
    for element in elements(picture) {
        assert!(known.contains(&&*element.name), "<{}>", element.name);
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && !name.contains("href"), "{name}");
            assert!(!value.contains("url(") && !value.contains("javascript:"), "{value}");
        }
    }
    for c in ['\u{202e}', '\u{2066}', '\u{ffff}', '\u{1b}'] {
        assert!(!picture.contains(c), "{c:?}");
    }
}

// ---- frame ----

#[test]
fn the_interface_as_a_picture() {
    let run = common::scheduled("deadlock/opposite", crate::offstage::DEADLOCK);
    insta::assert_snapshot!("frame_en_dark", frame(&run, setting((80, 24), Lang::En), Shade::Dark, 6));
    let light = Setting { theme: ThemeName::Light, ..setting((80, 24), Lang::Zh) };
    insta::assert_snapshot!("frame_zh_light", frame(&run, light, Shade::Light, 5));
}

#[test]
fn a_frame_has_the_text_of_the_screen() {
    let run = common::scenario("philosophers/naive", 1);
    for lang in Lang::ALL {
        for step in [0, 5, 1000] {
            let mut stage = offstage::stage(&run, setting((120, 32), lang));
            stage.go_to(Step(step));
            let screen = stage.screen();
            let picture = frame(&run, setting((120, 32), lang), Shade::Light, step);
            let mut rows: BTreeMap<i64, Vec<(f64, String)>> = BTreeMap::new();
            for element in elements(&picture).into_iter().filter(|element| element.name == "text") {
                let row = (element.attributes["y"].parse::<i64>().unwrap() - 28) / 19;
                rows.entry(row).or_default().push((element.number("x"), element.text));
            }
            for y in 0..screen.height() {
                let drawn: String =
                    rows.remove(&i64::from(y)).unwrap_or_default().into_iter().map(|(_, text)| text).collect();
                let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                assert_eq!(letters(&drawn), letters(&screen.line(y)), "row {y}");
            }
        }
    }
}

#[test]
fn runs_of_text_begin_in_their_cell_and_are_as_long_as_their_cells() {
    let run = common::scenario("philosophers/naive", 1);
    let picture = frame(&run, setting((120, 32), Lang::Zh), Shade::Dark, 9);
    for element in elements(&picture).into_iter().filter(|element| element.name == "text") {
        let centred = element.attributes.contains_key("text-anchor");
        let cell = (element.number("x") - 14.0) / 9.0 - if centred { 0.5 } else { 0.0 };
        assert!((cell - cell.round()).abs() < 1e-9, "{}", element.text);
        let cells: usize = element.text.chars().filter_map(UnicodeWidthChar::width).sum();
        let length = element.attributes.get("textLength").map_or(9, |length| length.parse().unwrap());
        assert_eq!(length, cells * 9, "{}", element.text);
    }
}

#[test]
fn a_hostile_program_does_no_harm_to_a_frame() {
    let run = common::program(HOSTILE, 1);
    for step in (0..=run.history.last_step().0).step_by(5) {
        let hostile = Setting { caption: "<script>&\u{1b}".into(), ..setting((100, 30), Lang::En) };
        harmless(&frame(&run, hostile, Shade::Light, step));
    }
}

// ---- the pictures of the documentation ----

/// Three philosophers, each of whom has taken the left fork.
fn philosophers() -> Recording {
    common::scheduled("philosophers/naive", "v1/M3.A.B.C")
}

/// Two threads read the same number; what the one stores is lost when the other stores.
fn lost_update() -> Recording {
    common::scheduled("counter/race", "v1/M4.A.B2.A")
}

#[test]
fn the_pictures_of_the_documentation_are_up_to_date() {
    let (run, race) = (philosophers(), lost_update());
    let stage = |run: &Recording, moment: &str, step, theme, shade| {
        let caption = format!("lockstep '{moment}'");
        frame(run, Setting { theme, caption, ..setting((120, 32), Lang::En) }, shade, step)
    };
    let deadlock = |theme, shade| stage(&run, "philosophers/naive v1/M3.A.B.C @6", 6, theme, shade);
    let lost = |theme, shade| stage(&race, "counter/race v1/M4.A.B2.A @8", 8, theme, shade);
    let pictures = [
        ("deadlock-dark.svg", deadlock(ThemeName::Ansi, Shade::Dark)),
        ("deadlock-light.svg", deadlock(ThemeName::Light, Shade::Light)),
        ("lost-update-dark.svg", lost(ThemeName::Ansi, Shade::Dark)),
        ("lost-update-light.svg", lost(ThemeName::Light, Shade::Light)),
        ("timeline-dark.svg", timeline(&run, Shade::Dark, Lang::En)),
        ("timeline-light.svg", timeline(&run, Shade::Light, Lang::En)),
        (
            "dinner.cast",
            cast::film(&run, Setting { playing: true, ..setting((120, 32), Lang::En) }, Pace { speed: Some(1.0) }),
        ),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, picture) in pictures {
        let path = folder.join(name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &picture).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == picture,
            "run `UPDATE_DOCS=1 cargo test --test exports documentation`: {name} is out of date"
        );
    }
}
