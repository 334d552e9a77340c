//! Predict as (state, keys, screen): the brief, the questions, the verdict, a way on the stage, and what is noted of it.

use crate::languages::Allowed;
use crate::styles::THEMES;
use crate::tape::philosophers;
use crate::{Desk, loaded_from};
use insta::assert_snapshot;
use lockstep::event::Schedule;
use lockstep::explore::{Progress, Stop};
use lockstep::scenario::Asked;
use lockstep::scenario::Catalogue;
use lockstep::session::{Control, spawn};
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::screens::explore::Told;
use lockstep::tui::screens::gallery::Gallery;
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{App, Effect, Msg, Screen};
use lockstep::words::{Lang, Words};
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 32), (200, 60), (40, 10)];

fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    catalogue.add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/predict")).unwrap();
    catalogue
}

/// The gallery of the bank.
fn gallery(lang: Lang, (columns, rows): (u16, u16)) -> Desk {
    let mut desk = Desk { app: App::new((columns, rows)), effects: Vec::new() };
    desk.app.gallery = Gallery::new(catalogue());
    desk.app.words = Words::new(lang);
    desk
}

/// Opens what the app wants opened, and explores what it wants explored.
fn serve(desk: &mut Desk) {
    let mut kept = Vec::new();
    let mut effects = std::mem::take(&mut desk.effects);
    while !effects.is_empty() {
        for effect in effects {
            match effect {
                Effect::Open(request) => {
                    desk.send(Msg::Opened(Box::new(loaded_from(&request.target, &catalogue()))));
                }
                Effect::Survey(explorer, counted) => {
                    let mut found = explorer.run(&Progress::default());
                    // How much it takes to know that is no business of the screen.
                    found.states = 1234;
                    desk.send(Msg::Surveyed(Ok(Arc::new(Told::of(&explorer, found, counted)))));
                }
                other => kept.push(other),
            }
        }
        effects = std::mem::take(&mut desk.effects);
    }
    desk.effects = kept;
}

/// The questions about a variant of the bank, before the first answer.
fn asked(variant: &str, lang: Lang, size: (u16, u16)) -> Desk {
    let mut desk = gallery(lang, size);
    desk.app.gallery.go_to(&format!("bank/{variant}"));
    desk.press("p");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Predict);
    desk
}

#[test]
fn the_program_stands_where_the_question_is_asked() {
    let mut desk = Desk::with(120, 32, philosophers());
    // The letters in the gutter of the program, each with the number of its line.
    let marks = |desk: &Desk| -> Vec<String> {
        let screen = desk.screen();
        let rows = screen.lines().filter_map(|line| line.split('│').nth(2));
        let gutters = rows.map(|row| row.chars().take(8).collect::<String>().trim().to_owned());
        gutters.filter(|gutter| gutter.contains(|c: char| c.is_ascii_uppercase())).collect()
    };
    desk.press("p");
    assert_eq!(marks(&desk), ["C   12", "▸AB  13"], "after both took a fork\n{}", desk.screen());
    let at_the_end = desk.screen();
    desk.press("<Esc><Home>p");
    assert_eq!(desk.screen(), at_the_end, "whatever was done on the stage");
    desk.press("n");
    assert_eq!(marks(&desk), ["▸M   18"], "whether it can deadlock is asked before the first step\n{}", desk.screen());
}

#[test]
fn the_question_the_options_and_the_verdict_are_seen_together() {
    let catalogue = Catalogue::embedded();
    for scenario in catalogue.scenarios() {
        for variant in &scenario.variants {
            let name = format!("{}/{}", scenario.id, variant.id);
            for lang in Lang::ALL {
                let mut desk = Desk { app: App::new((80, 24)), effects: Vec::new() };
                desk.app.words = Words::new(lang);
                desk.send(Msg::Opened(Box::new(crate::loaded(&name))));
                desk.press("p");
                for question in &variant.questions {
                    // Only what one run answers: nothing is explored here.
                    if let (Asked::Next { .. } | Asked::Now { .. }, Some(text)) = (&question.asked, &question.text) {
                        let begins: String = lang.text(text).chars().take(12).collect();
                        let is_option =
                            |line: &&str| ["[ ]", "[x]", "( )", "(x)"].iter().any(|tick| line.contains(tick));
                        let options = |screen: &str| screen.lines().filter(is_option).count();
                        desk.press("<PageDown><PageDown><PageDown>");
                        let before = options(&desk.screen());
                        desk.press("1<Enter>");
                        let screen = desk.screen();
                        assert!(screen.contains(&begins), "{name}: {begins}\n{screen}");
                        assert!(options(&screen) >= before, "{name}\n{screen}");
                        assert!(screen.contains(['✓', '✗']), "{name}\n{screen}");
                    }
                    desk.press("n");
                }
            }
        }
    }
}

#[test]
fn a_way_to_the_moment_that_was_asked_about_is_called_so() {
    let mut desk = Desk::with(120, 32, philosophers());
    desk.press("p1<Enter>");
    // C is the one who can.
    desk.press("<Down><Down><Down><Down>");
    desk.effects.clear();
    desk.press("<Enter>");
    let restart = desk.effects.drain(..).find_map(|effect| match effect {
        Effect::Send(Control::Restart(start)) => Some(*start),
        _ => None,
    });
    let session = spawn(restart.expect("the way is put on the stage"));
    for _ in 0..100 {
        if desk.screen().contains("The moment that was asked about") {
            break;
        }
        let update = session.updates.recv_timeout(Duration::from_mins(1));
        desk.send(Msg::Update(update.unwrap_or_else(|_| panic!("{}", desk.screen()))));
        for effect in std::mem::take(&mut desk.effects) {
            if let Effect::Send(control) = effect {
                session.controls.send(control).unwrap();
            }
        }
    }
    let told = "The moment that was asked about comes after 5 steps; then C makes its step.";
    assert!(desk.screen().contains(told), "{}", desk.screen());
}

/// What is noted of a variant, as it stands in the file.
fn noted(desk: &Desk) -> String {
    desk.app.progress.progress().to_string()
}

#[test]
fn the_brief_and_a_question() {
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        let desk = asked("rush", lang, size);
        assert_snapshot!(format!("predict-begin-{lang}-{}x{}", size.0, size.1), desk.screen());
    }
}

#[test]
fn the_verdict_of_several_answers() {
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        let mut desk = asked("rush", lang, size);
        desk.press("n<Down> <Down><Down> <Enter>");
        assert_snapshot!(format!("predict-values-{lang}-{}x{}", size.0, size.1), desk.screen());
    }
}

#[test]
fn who_can_go_on_and_a_proof() {
    for (lang, size) in Lang::ALL.into_iter().flat_map(|lang| [(80, 24), (40, 10)].map(|size| (lang, size))) {
        let mut desk = asked("locked", lang, size);
        desk.press("<Enter>".repeat(usize::from(size.1 < 18)).as_str());
        assert_snapshot!(format!("predict-next-{lang}-{}x{}", size.0, size.1), desk.screen());
        desk.press("13<Enter>");
        assert_snapshot!(format!("predict-next-answered-{lang}-{}x{}", size.0, size.1), desk.screen());
        desk.press("n2<Enter>");
        assert_snapshot!(format!("predict-proof-{lang}-{}x{}", size.0, size.1), desk.screen());
    }
}

#[test]
fn the_end_tells_how_many_were_right() {
    for lang in Lang::ALL {
        let mut desk = asked("rush", lang, (80, 24));
        // 1 is right, as A has stored and B has read before; 1 and 2 are possible; it can fail.
        desk.press("2<Enter>n23<Enter>n2<Enter>n");
        assert_snapshot!(format!("predict-end-{lang}-80x24"), desk.screen());
        desk.press("<Enter>");
        assert_eq!(desk.app.screen, Screen::Stage);
    }
}

#[test]
fn without_colours_and_with_plain_signs() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    desk.press("n23<Enter>");
    for (theme, name) in THEMES {
        desk.app.theme_name = theme;
        assert_eq!(desk.is_colourless(), theme == ThemeName::Mono);
        assert_snapshot!(format!("predict-{name}-80x24"), desk.styled());
    }
    desk.app.glyph_set = GlyphSet::Ascii;
    let screen = desk.screen();
    // The other language is called by its own name.
    assert!(screen.replace("中文", "").is_ascii(), "{screen}");
    assert_snapshot!("predict-ascii-80x24", screen);
}

#[test]
fn a_tiny_terminal_gets_one_sentence() {
    for size in [(30, 6), (1, 1), (39, 24), (200, 3)] {
        asked("rush", Lang::Zh, size).screen();
    }
    assert!(asked("rush", Lang::En, (30, 6)).screen().starts_with("Which value does balance have"));
}

#[test]
fn the_gallery_asks_first_once() {
    let mut desk = gallery(Lang::En, (80, 24));
    desk.press("<Down><Enter>");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Predict);
    desk.press("s");
    assert_eq!(desk.app.screen, Screen::Stage);
    assert_eq!(noted(&desk), "bank/rush skipped\n");
    // Whoever has skipped the questions goes straight to the stage, and p still leads to them.
    desk.press("<Esc><Enter>");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Stage);
    desk.press("p");
    assert_eq!(desk.app.screen, Screen::Predict);
    desk.press("<Esc>");
    assert_eq!(desk.app.screen, Screen::Stage);
}

#[test]
fn the_gallery_need_not_ask() {
    let mut desk = gallery(Lang::En, (80, 24));
    desk.app.asks_first = false;
    desk.press("<Enter>");
    serve(&mut desk);
    assert_eq!(desk.app.screen, Screen::Stage);
}

#[test]
fn a_right_answer_can_be_played_and_the_questions_wait() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    desk.press("n23<Enter>");
    desk.effects.clear();
    desk.press("p");
    assert_eq!(desk.app.screen, Screen::Stage);
    let controls = desk.told();
    let [Control::Restart(start)] = controls.as_slice() else { panic!("{controls:?}") };
    let schedule = start.schedule.clone().unwrap();
    assert!(schedule.len() > 4, "{schedule}");
    desk.press("p");
    assert!(desk.screen().contains("Question 2 of 3"));
    assert_eq!(noted(&desk), "bank/rush predicted=1/3\n");
}

/// The search that knows the answers is nobody's wish to see them.
#[test]
fn only_who_looks_at_all_interleavings_has_explored() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    serve(&mut desk);
    assert!(!noted(&desk).contains("explored"), "{}", noted(&desk));
    desk.press("s");
    desk.press("x");
    serve(&mut desk);
    assert!(noted(&desk).contains("explored"), "{}", noted(&desk));
}

#[test]
fn answers_are_counted_and_the_better_score_stays() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    desk.press("2<Enter>n");
    assert_eq!(noted(&desk), "bank/rush predicted=1/3\n");
    desk.press("1<Enter>n");
    assert_eq!(noted(&desk), "bank/rush predicted=1/3\n");
    desk.press("1<Enter>");
    assert_eq!(noted(&desk), "bank/rush predicted=2/3\n");
    let keeps = desk.effects.iter().filter(|effect| matches!(effect, Effect::Keep(_))).count();
    assert!(keeps >= 2, "{keeps}");
}

#[test]
fn enter_alone_answers_nothing() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    desk.press("<Enter>");
    assert!(desk.screen().contains("Enter once more answers"));
    desk.press("n<Enter>");
    assert!(desk.screen().contains("Nothing is ticked"));
    assert_eq!(noted(&desk), "");
    desk.press("<Enter>");
    assert!(desk.screen().contains("Not quite."));
}

#[test]
fn an_answer_before_the_explorer_is_judged_when_it_is_done() {
    let mut desk = gallery(Lang::En, (80, 24));
    desk.app.gallery.go_to("bank/rush");
    desk.press("p");
    let Some(Effect::Open(request)) = desk.effects.pop() else { panic!("nothing is opened") };
    desk.send(Msg::Opened(Box::new(loaded_from(&request.target, &catalogue()))));
    desk.press("n");
    assert!(desk.screen().contains("still looking at all interleavings"));
    desk.press("n1<Enter>");
    assert!(desk.screen().contains("Not decided."));
    serve(&mut desk);
    assert!(desk.screen().contains("✓ Right."));
    assert_eq!(noted(&desk), "bank/rush predicted=1/3\n");
}

#[test]
fn what_is_not_finished_denies_nothing() {
    let mut desk = gallery(Lang::En, (80, 24));
    desk.app.gallery.go_to("bank/locked");
    desk.press("p");
    let Some(Effect::Open(request)) = desk.effects.pop() else { panic!("nothing is opened") };
    desk.send(Msg::Opened(Box::new(loaded_from(&request.target, &catalogue()))));
    for effect in std::mem::take(&mut desk.effects) {
        if let Effect::Survey(explorer, counted) = effect {
            let mut found = explorer.run(&Progress::default());
            (found.states, found.open, found.stop) = (1234, 56, Some(Stop::Memory));
            desk.send(Msg::Surveyed(Ok(Arc::new(Told::of(&explorer, found, counted)))));
        }
    }
    desk.press("n2<Enter>");
    assert_snapshot!("predict-unfinished-80x24", desk.screen());
}

#[test]
fn a_small_screen_shows_everything_by_going_down() {
    let mut desk = asked("rush", Lang::En, (40, 10));
    desk.press("<Enter>n23<Enter>");
    assert!(desk.screen().contains("✓ Right."), "in the top line");
    desk.press("<Down><Down><Down><Down><Down><Down><Down>");
    assert!(desk.screen().contains("PROVED"), "{}", desk.screen());
    desk.press("<Up><Up><Up><Up><Up><Up><Up><Up><Up><Up><Up><Up>");
    assert!(desk.screen().contains("Question 2 of 3"), "{}", desk.screen());
}

#[test]
fn where_there_is_no_room_beside_the_question_the_program_takes_its_turn() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    let (first, last) = ("def deposit", "balance == 2");
    let shows = |desk: &Desk| desk.screen().contains("Program");
    assert!(!shows(&desk));
    desk.press("<Tab>");
    let screen = desk.screen();
    assert!(shows(&desk) && screen.contains(first) && screen.contains(last), "{screen}");
    desk.press("<Tab>");
    assert!(!shows(&desk), "round to the brief");
    desk.press("<BackTab>");
    assert_eq!(desk.screen(), screen);
    desk.press("<Enter>");
    assert!(!shows(&desk) && desk.screen().contains("Question 1 of 3"), "{}", desk.screen());
}

#[test]
fn a_long_program_can_be_scrolled_beside_the_question() {
    let mut desk = Desk::with(120, 16, philosophers());
    desk.press("p<Tab><Home>");
    assert!(desk.screen().contains(" 1 "), "{}", desk.screen());
    desk.press("<End>");
    let screen = desk.screen();
    desk.press("<Down>");
    assert_eq!(desk.screen(), screen, "there is no more");
    desk.press("<Up>");
    assert_ne!(desk.screen(), screen);
}

#[test]
fn no_question_speaks_two_languages() {
    for target in ["counter/race", "counter/locked", "deadlock/opposite", "deadlock/ordered", "philosophers/naive"] {
        let mut desk = Desk { app: App::new((120, 32)), effects: Vec::new() };
        desk.press("L");
        let loaded = crate::loaded(target);
        let allowed = Allowed::names().program(&loaded.source.text).also(target).also("AssertionError Thread");
        desk.send(Msg::Opened(Box::new(loaded)));
        desk.press("p");
        serve(&mut desk);
        for keys in ["", "1<Enter>", "n", "2<Enter>", "n"] {
            desk.press(keys);
            let found = allowed.english(&desk.screen());
            assert!(found.is_empty(), "{target}: {found:?}");
            assert_eq!(desk.app.screen, Screen::Predict, "{target} {keys}");
        }
    }
}

#[test]
fn the_mouse_ticks_scrolls_and_plays() {
    let mut desk = asked("rush", Lang::En, (80, 24));
    let mut click = |needle: &str| {
        let screen = desk.screen();
        let row = screen.lines().position(|line| line.contains(needle)).unwrap_or_else(|| panic!("{needle}\n{screen}"));
        let kind = MouseEventKind::Down(MouseButton::Left);
        let event = MouseEvent { kind, column: 9, row: u16::try_from(row).unwrap(), modifiers: KeyModifiers::NONE };
        desk.send(Msg::Mouse(event));
        desk.screen()
    };
    assert!(click("2 ( ) 1").contains("2 (x) 1"));
    assert!(click("2 (x) 1").contains("2 ( ) 1"));
    click("2 ( ) 1");
    desk.press("<Enter>");
    desk.effects.clear();
    let row = desk.screen().lines().position(|line| line.contains("2 (x) 1")).unwrap();
    let kind = MouseEventKind::Down(MouseButton::Left);
    let event = MouseEvent { kind, column: 9, row: u16::try_from(row).unwrap(), modifiers: KeyModifiers::NONE };
    desk.send(Msg::Mouse(event));
    assert_eq!(desk.app.screen, Screen::Stage);
    let asked: Schedule = "v1/M3.A.B.A".parse().unwrap();
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.schedule == Some(asked)));
}

#[test]
fn a_file_gets_questions_of_its_own() {
    let mut desk = Desk::new(80, 24);
    desk.press("p");
    serve(&mut desk);
    let screen = desk.screen();
    assert!(screen.contains("philosophers/naive  predict"), "{screen}");
    let mut desk = gallery(Lang::En, (80, 24));
    desk.send(Msg::Opened(Box::new(crate::loaded_text("x = 1\nprint(x)\n"))));
    desk.press("p");
    serve(&mut desk);
    assert!(desk.screen().contains("There is nothing to ask"), "{}", desk.screen());
    assert_eq!(noted(&desk), "");
}

#[test]
fn the_gallery_shows_what_was_done_and_what_is_next() {
    for lang in Lang::ALL {
        for size in [(80, 24), (120, 32), (40, 10)] {
            let mut desk = gallery(lang, size);
            desk.app.progress.note(|progress| progress.predicted("bank/rush", 2, 3));
            desk.app.progress.note(|progress| progress.ran("bank/rush"));
            desk.app.progress.challenge("bank/rush", "assertion", 4, Some(3));
            desk.app.progress.note(|progress| progress.skipped("bank/locked"));
            desk.press("<Down>");
            assert_snapshot!(format!("progress-{lang}-{}x{}", size.0, size.1), desk.screen());
        }
    }
}

#[test]
fn what_was_done_can_be_forgotten() {
    let mut desk = gallery(Lang::En, (80, 24));
    desk.app.progress.note(|progress| progress.ran("bank/rush"));
    desk.app.progress.note(|progress| progress.ran("bank/locked"));
    desk.press("<Down>:forget<Enter>");
    assert_snapshot!("progress-forget-80x24", desk.screen());
    desk.press("<Enter>");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Forget(Some(name)) if name == "bank/rush")));
    assert_eq!(noted(&desk), "bank/locked run\n");
}
