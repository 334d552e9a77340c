//! Runs that were made before, on the stage.

use crate::tape::{cut, philosophers, real_deadlock};
use crate::{Desk, loaded};
use lockstep::event::{Choice, Event};
use lockstep::ids::{Step, ThreadId};
use lockstep::model::Recording;
use lockstep::said::{self, Said};
use lockstep::session::{Batch, Control, LiveOptions, Pause, Reading, Tape, Unresumable, Update};
use lockstep::trace::whole::{Existing, Unwritten};
use lockstep::trace::{Broken, Header, Language, Packing, Problem, Reader, Writer};
use lockstep::tui::screens::stage::{Stage, Status};
use lockstep::tui::{App, Effect, Msg, Recited, Screen};
use lockstep::words::{Lang, Words};
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

/// A trace that begins like this; what comes after it is told by the session, which is not there.
fn tape(header: &Header) -> Tape {
    let bytes = Writer::new(Vec::new(), header).finish().unwrap();
    Tape::new(Reader::new(Cursor::new(bytes)).unwrap())
}

/// A recording of the naive philosophers on the stage, of which nothing was told yet.
fn opened(columns: u16, rows: u16, with: impl FnOnce(Header) -> Header, how: impl FnOnce(Tape) -> Tape) -> Desk {
    let mut desk = Desk { app: App::new((columns, rows)), effects: Vec::new() };
    let mut loaded = loaded("philosophers/naive");
    let header = with(loaded.start.header("philosophers/naive", &loaded.source, &[]));
    loaded.start.live.clone_from(&header.live);
    loaded.start.tape = Some(how(tape(&header)));
    let start = loaded.start.clone();
    desk.send(Msg::Opened(Box::new(loaded)));
    desk.said(Update::Reset(Arc::new(start)));
    desk.said(Update::Idle { at: Step(0), pause: Pause::Done });
    desk.effects.clear();
    desk
}

fn simulated(columns: u16, rows: u16) -> Desk {
    opened(columns, rows, |header| header, |tape| tape)
}

fn real(columns: u16, rows: u16) -> Desk {
    opened(columns, rows, |header| Header { live: Some(LiveOptions::default()), ..header }, |tape| tape)
}

trait Told {
    fn said(&mut self, update: Update);
    fn tells(&mut self, batch: Batch);
    fn reads(&mut self, reading: Reading);
}

impl Told for Desk {
    fn said(&mut self, update: Update) {
        self.send(Msg::Update(update));
    }

    fn tells(&mut self, batch: Batch) {
        self.said(Update::Steps(Arc::new(batch)));
    }

    fn reads(&mut self, reading: Reading) {
        self.said(Update::Read(reading));
    }
}

fn whole() -> Reading {
    Reading { over: true, complete: true, problems: Arc::new([]) }
}

fn damaged() -> Reading {
    let skipped = |line, reason: Said| Problem { line, broken: Broken::Skipped(reason) };
    let undeclared = Said::new("broken-undeclared").with("kind", "thread").with("number", 9_u32);
    let problems = [skipped(7, undeclared), skipped(12, said::reader("expected `,` or `}`"))];
    Reading { over: true, complete: false, problems: Arc::new(problems) }
}

fn stage(desk: &Desk) -> &Stage {
    desk.app.stage.as_ref().unwrap()
}

fn step(desk: &Desk) -> u32 {
    stage(desk).model().step.0
}

/// The sentence with this key, as the narration says it.
fn says(desk: &Desk, key: &str) -> String {
    desk.app.keymap.told_plainly(&desk.app.words.t(key), &desk.app.words).into_owned()
}

fn narration(desk: &Desk) -> String {
    stage(desk).narration(&desk.app.words, &desk.app.keymap)
}

/// The first steps of the philosophers, as recorded, read to its end.
fn recorded(steps: u32) -> Desk {
    let mut desk = simulated(120, 32);
    desk.tells(cut(&philosophers(), steps).0);
    desk.reads(whole());
    desk.effects.clear();
    desk
}

fn steps() -> u32 {
    philosophers().events.last().unwrap().step.0
}

#[test]
fn a_recording_opens_at_its_beginning_and_stays_there_while_it_is_read() {
    let mut desk = simulated(120, 32);
    let (first, rest) = cut(&philosophers(), 4);
    desk.tells(first);
    assert_eq!((step(&desk), stage(&desk).status()), (0, Status::Paused));
    desk.press("<Right>");
    assert_eq!(step(&desk), 1);
    desk.tells(rest);
    assert_eq!((step(&desk), stage(&desk).history().last_step().0), (1, steps()));
    desk.reads(whole());
    assert_eq!(step(&desk), 1);
    assert!(desk.told().is_empty(), "what is on the tape is nobody's business");
}

#[test]
fn at_the_end_of_what_was_read_one_waits_for_more() {
    let mut desk = simulated(120, 32);
    let (first, rest) = cut(&philosophers(), 4);
    desk.tells(first);
    desk.press("G");
    assert_eq!((step(&desk), stage(&desk).status()), (4, Status::Reading));
    desk.press("<Right>");
    assert_eq!(narration(&desk), says(&desk, "notice-recorded-reading"));
    // To the end means to the end, also of what comes later.
    desk.tells(rest);
    assert_eq!((step(&desk), stage(&desk).status()), (steps(), Status::Deadlock));
    assert!(desk.told().is_empty());
}

#[test]
fn a_stream_is_followed_until_somebody_looks_elsewhere() {
    let grows = |tape: Tape| {
        drop(tape);
        let header = loaded("philosophers/naive");
        let header = header.start.header("philosophers/naive", &header.source, &[]);
        Tape::growing(Reader::new(Cursor::new(Writer::new(Vec::new(), &header).finish().unwrap())).unwrap())
    };
    let mut desk = opened(120, 32, |header| header, grows);
    let (first, rest) = cut(&philosophers(), 4);
    let (start, first) = cut(&first, 2);
    desk.tells(start);
    assert_eq!(step(&desk), 2);
    desk.tells(first);
    assert_eq!(step(&desk), 4);
    desk.press("<Left>");
    desk.tells(rest);
    assert_eq!(step(&desk), 3);
    desk.press("f");
    assert_eq!(step(&desk), steps());
}

#[test]
fn playing_goes_along_the_tape_and_stops_at_its_end() {
    let mut desk = recorded(5);
    desk.press(" ");
    assert!(stage(&desk).is_playing());
    while stage(&desk).is_playing() {
        desk.send(Msg::Tick(Duration::from_millis(250)));
    }
    assert_eq!((step(&desk), stage(&desk).status()), (5, Status::TapeEnds));
    assert_eq!(narration(&desk), says(&desk, "notice-recorded-end"));
    assert!(desk.told().is_empty());
    // Asked once more, the simulator goes on.
    desk.press(" ");
    assert!(matches!(desk.told()[..], [Control::Run { from: Step(5), count: 1 }]));
    desk.said(Update::Resumed { at: Step(5) });
    desk.send(Msg::Tick(Duration::from_millis(250)));
    assert!(!stage(&desk).is_recorded());
}

#[test]
fn the_end_of_the_tape_is_looked_at_before_it_is_gone_beyond() {
    let mut desk = recorded(5);
    for (keys, wanted) in [("G", "End"), ("<S-Right>", "Interest"), ("e", "Line")] {
        desk.press("g");
        while step(&desk) < 5 {
            desk.press(keys);
        }
        assert!(desk.told().is_empty(), "{keys}");
        desk.press(keys);
        let told = desk.told();
        assert!(
            matches!(&told[..], [Control::Until { from: Step(5), stop }] if format!("{stop:?}").contains(wanted)),
            "{keys}: {told:?}"
        );
        desk.said(Update::Idle { at: Step(5), pause: Pause::Done });
    }
    desk.press("<Right>");
    assert!(matches!(desk.told()[..], [Control::Run { from: Step(5), count: 1 }]));
}

#[test]
fn another_choice_asks_for_it_and_the_run_is_no_recording_any_more() {
    let mut desk = recorded(5);
    desk.press("<Right><Right><Right>");
    let recorded = stage(&desk).history().choice_after(Step(3)).unwrap();
    let other = stage(&desk).model().threads.iter().map(|thread| thread.id);
    let other = other.into_iter().find(|id| *id != recorded.thread && stage(&desk).choice_of(*id).is_some()).unwrap();
    desk.press(&other.0.to_string());
    let told = desk.told();
    assert!(matches!(told[..], [Control::Choose { from: Step(3), choice }] if choice == Choice::go(other)), "{told:?}");
    assert_eq!(narration(&desk), desk.app.words.t("notice-recorded-resuming"));
    desk.said(Update::Truncated { to: Step(3) });
    desk.said(Update::Resumed { at: Step(3) });
    desk.tells(fourth());
    desk.said(Update::Idle { at: Step(4), pause: Pause::Done });
    assert_eq!((step(&desk), stage(&desk).is_recorded()), (4, false));
    assert_eq!(narration(&desk), desk.app.words.t("notice-recorded-resumed"));
    desk.press("<Right>");
    assert!(matches!(desk.told()[..], [Control::Run { from: Step(4), count: 1 }]));
    // It begins anew like any other run.
    desk.said(Update::Idle { at: Step(4), pause: Pause::Done });
    desk.press("r");
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.tape.is_none() && start.seed == 7));
}

/// Some fourth step.
fn fourth() -> Batch {
    let events: Vec<Event> = philosophers().events.into_iter().filter(|event| event.step == Step(4)).collect();
    Batch { events, choices: vec![Choice::go(ThreadId(1))] }
}

#[test]
fn the_recorded_choice_goes_along_the_tape() {
    let mut desk = recorded(5);
    let recorded = stage(&desk).history().choice_after(Step(0)).unwrap();
    desk.press(&recorded.thread.0.to_string());
    assert_eq!(step(&desk), 1);
    assert!(desk.told().is_empty());
}

#[test]
fn why_it_cannot_be_gone_on_with_is_said() {
    let why = [
        (Unresumable::Unlike(Step(3)), "step 3"),
        (Unresumable::Misfit(Step(4), Said::new("misfit-no-thread").with("thread", "C")), "there is no thread C"),
        (Unresumable::Empty, "nothing in it"),
        (Unresumable::NoProgram, "no program"),
        (Unresumable::Real, "real threads"),
    ];
    for (why, words) in why {
        let mut desk = recorded(5);
        desk.press("G<Right>");
        desk.said(Update::NotResumed { at: Step(5), why });
        desk.said(Update::Idle { at: Step(5), pause: Pause::Done });
        assert!(desk.screen().contains(words), "{}", desk.screen());
        desk.press("<Esc>");
        assert_eq!((step(&desk), stage(&desk).is_recorded()), (5, true));
        desk.press("<Left>");
        assert_eq!(step(&desk), 4, "it can still be looked at");
    }
}

#[test]
fn the_step_that_was_asked_for_comes_first() {
    let at = |step| move |tape: Tape| tape.at(Some(Step(step)));
    let mut desk = opened(120, 32, |header| header, at(5));
    let (first, rest) = cut(&philosophers(), 4);
    desk.tells(first.clone());
    assert_eq!(step(&desk), 0);
    desk.tells(rest.clone());
    assert_eq!(step(&desk), 5);
    // It is not there.
    let mut desk = opened(120, 32, |header| header, at(600));
    desk.tells(philosophers());
    desk.reads(whole());
    assert_eq!(step(&desk), steps());
    assert!(narration(&desk).contains("no step 600") && narration(&desk).contains(&steps().to_string()));
    // Whoever has gone elsewhere meanwhile stays there.
    let mut desk = opened(120, 32, |header| header, at(5));
    desk.tells(first);
    desk.press("<Right>");
    desk.tells(rest);
    assert_eq!(step(&desk), 1);
}

#[test]
fn broken_lines_are_listed_and_a_missing_end_is_said() {
    let mut desk = simulated(120, 32);
    desk.tells(cut(&philosophers(), 4).0);
    desk.reads(Reading { problems: damaged().problems[..1].into(), ..Reading::default() });
    assert!(narration(&desk).contains("line 7: thread 9 was not declared"));
    desk.press("<Right>");
    desk.reads(damaged());
    let screen = desk.screen();
    assert!(screen.contains("line 12: expected `,`, `}`"), "{screen}");
    desk.press("<Esc>");
    assert_eq!(narration(&desk), desk.app.words.t("notice-recorded-broken-off"));
}

#[test]
fn real_threads_are_played_and_not_driven() {
    let mut desk = real(120, 32);
    desk.tells(real_deadlock());
    desk.reads(whole());
    assert_eq!((step(&desk), stage(&desk).is_live()), (0, false));
    let last = stage(&desk).history().last_step().0;
    desk.press("<Right>");
    assert_eq!(step(&desk), 1);
    desk.press("1");
    assert_eq!(narration(&desk), says(&desk, "notice-recorded-real"));
    desk.press("+ ");
    assert!(stage(&desk).is_playing());
    for _ in 0..100 {
        desk.send(Msg::Tick(Duration::from_millis(250)));
    }
    desk.press("G");
    assert_eq!((step(&desk), stage(&desk).status()), (last, Status::Hangs));
    desk.press("<Right> ");
    assert!(desk.told().is_empty(), "no gate is opened or closed");
    assert_eq!(desk.app.stage.as_mut().unwrap().pause().len(), 0, "and nobody is to be ended");
    desk.press("r");
    assert!(matches!(&desk.told()[..], [Control::Restart(start)] if start.tape.is_none() && start.live.is_some()));
}

/// A program in another language.
fn recited() -> Desk {
    let mut desk = Desk { app: App::new((120, 32)), effects: Vec::new() };
    let source = "fn main() {\n    lock();\n}\n";
    let header = Header {
        language: Language::Rust,
        target: "demo".into(),
        source_name: "demo.rs".into(),
        source: source.into(),
        live: Some(LiveOptions::default()),
        ..Header::default()
    };
    desk.send(Msg::Recited(Box::new(Recited { tape: tape(&header), reasons: None })));
    assert!(matches!(desk.effects[..], [Effect::Recite(_)]));
    desk.said(Update::Idle { at: Step(0), pause: Pause::Done });
    desk.tells(real_deadlock());
    desk.reads(whole());
    desk.effects.clear();
    desk
}

#[test]
fn what_has_no_program_is_looked_at_and_nothing_else() {
    let mut desk = recited();
    desk.press("<Right><Right>");
    assert_eq!(step(&desk), 2);
    for key in ["r", "R", "v", "w", "E", "1", "s", "a", "y"] {
        desk.press(key);
        assert_eq!(narration(&desk), desk.app.words.t("notice-recorded-watched"), "{key}");
    }
    assert!(desk.app.overlays.is_empty() && desk.effects.is_empty());
    desk.press("q");
    assert_eq!(desk.app.screen, Screen::Gallery, "there are other programs");
}

#[test]
fn a_program_that_does_not_compile_any_more_says_why() {
    let mut desk = Desk { app: App::new((100, 24)), effects: Vec::new() };
    let header = Header { source: "import socket\n".into(), target: "old.py".into(), ..Header::default() };
    let reasons = Some(Lang::each(|_| vec!["error: there is no module socket here".to_owned()]));
    desk.send(Msg::Recited(Box::new(Recited { tape: tape(&header), reasons })));
    assert!(desk.screen().contains("no module socket"));
    desk.press("<Esc>");
    desk.tells(philosophers());
    assert!(desk.screen().lines().next().unwrap().contains("sim, recorded"), "{}", desk.screen());
}

#[test]
fn another_program_does_not_run_in_the_world_of_a_recording_that_comes_after_it() {
    let mut desk = Desk::live(120, 32);
    let mut loaded = loaded("philosophers/naive");
    let header = loaded.start.header("philosophers/naive", &loaded.source, &[]);
    loaded.start.tape = Some(tape(&header));
    desk.send(Msg::Opened(Box::new(loaded)));
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Begin(start) if start.live.is_none())));
}

#[test]
fn a_restart_of_a_lost_recording_is_a_run() {
    let mut desk = recorded(5);
    desk.said(Update::Failed("a mistake".to_owned()));
    desk.press("<Esc>r");
    let begun =
        desk.effects.iter().find_map(|effect| if let Effect::Begin(start) = effect { Some(start) } else { None });
    assert!(begun.is_some_and(|start| start.tape.is_none()));
    assert!(!stage(&desk).is_recorded());
}

/// Each kind of recording, in both languages.
#[test]
fn recordings_on_the_screen() {
    for lang in Lang::ALL {
        for (columns, rows) in [(80, 24), (120, 32)] {
            let desks = vec![
                ("begin", recorded(5), ""),
                ("end", recorded(5), "G "),
                ("over", recorded(6), "G"),
                ("real", real_at(8), ""),
                ("watched", recited(), "<Right>"),
                ("damaged", with_damage(), ""),
            ];
            for (name, mut desk, keys) in desks {
                desk.app.words = Words::new(lang);
                desk.send(Msg::Resize(columns, rows));
                desk.press(keys);
                desk.press("LL");
                insta::assert_snapshot!(format!("recorded-{name}-{lang}-{columns}x{rows}"), desk.screen());
            }
        }
    }
}

fn real_at(step: u32) -> Desk {
    let mut desk = real(120, 32);
    desk.tells(real_deadlock());
    desk.reads(whole());
    for _ in 0..step {
        desk.press("<Right>");
    }
    desk
}

fn with_damage() -> Desk {
    let mut desk = simulated(120, 32);
    desk.tells(cut(&philosophers(), 4).0);
    desk.reads(damaged());
    desk
}

// ---- saving ----

#[test]
fn a_run_is_saved_under_a_name_that_is_asked_for() {
    let mut desk = Desk::with(120, 32, philosophers());
    desk.effects.clear();
    desk.press("S");
    assert!(matches!(&desk.effects[..], [Effect::NameFile(words)] if words == "philosophers-naive"));
    desk.effects.clear();
    desk.send(Msg::SaveAs("philosophers-naive-1.jsonl.gz".to_owned()));
    assert!(desk.screen().contains("> philosophers-naive-1.jsonl.gz"), "{}", desk.screen());
    desk.press("<Enter>");
    let [Effect::Save { path, existing: Existing::Keep, reel }] = &desk.effects[..] else {
        panic!("{:?}", desk.effects)
    };
    assert_eq!((path.to_str(), reel.len()), (Some("philosophers-naive-1.jsonl.gz"), philosophers().events.len()));
    // What is written is what is on the stage.
    let mut bytes = Vec::new();
    reel.write(Packing::Gzip, &mut bytes).unwrap();
    let (recording, problems) = Recording::read(Reader::new(Cursor::new(bytes)).unwrap());
    assert!(problems.is_empty() && recording.complete);
    assert_eq!(recording.history.events(0..usize::MAX).collect::<Vec<_>>(), philosophers().events);
    assert_eq!(recording.history.schedule(Step(99)), stage(&desk).history().schedule(Step(99)));
    assert_eq!(recording.header, stage(&desk).header());
    let path = path.clone();
    desk.send(Msg::Saved(path, Ok(())));
    assert!(narration(&desk).starts_with("Saved in philosophers-naive-1.jsonl.gz"));
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_is_said() {
    let asked = || {
        let mut desk = Desk::with(120, 32, philosophers());
        desk.effects.clear();
        desk.send(Msg::Saved("a.jsonl".into(), Err(Arc::new(Unwritten::Exists))));
        assert!(desk.screen().contains("a.jsonl is there already"), "{}", desk.screen());
        desk
    };
    let mut desk = asked();
    desk.press("<Enter>");
    assert!(desk.effects.is_empty() && desk.screen().contains("> a.jsonl"), "another name is asked for");
    let mut desk = asked();
    desk.press("<Esc>");
    assert!(desk.effects.is_empty() && desk.app.overlays.is_empty());
    let mut desk = asked();
    desk.press("<Up><Enter>");
    assert!(matches!(&desk.effects[..], [Effect::Save { existing: Existing::Replace, .. }]));
    desk.send(Msg::Saved("a.jsonl".into(), Err(Arc::new(Unwritten::Denied))));
    assert!(desk.screen().contains("The run was not saved"), "{}", desk.screen());
}

#[test]
fn the_copy_of_a_recording_that_was_cut_short_has_no_end_either() {
    for (reading, ends) in [(whole(), true), (damaged(), false)] {
        let mut desk = recited();
        desk.reads(reading);
        let mut copy = Vec::new();
        stage(&desk).reel().write(Packing::Plain, &mut copy).unwrap();
        let (read, problems) = Recording::read(Reader::new(Cursor::new(copy)).unwrap());
        assert_eq!((read.complete, problems), (ends, Vec::new()));
    }
}

#[test]
fn nothing_is_not_saved_and_a_recording_is_saved_as_it_was_begun() {
    let mut desk = Desk::new(120, 32);
    desk.effects.clear();
    desk.press("S");
    assert!(desk.effects.is_empty());
    assert_eq!(narration(&desk), desk.app.words.t("notice-save-nothing"));
    let mut desk = recited();
    desk.press("S");
    assert!(matches!(&desk.effects[..], [Effect::NameFile(words)] if words == "demo"));
    assert_eq!(stage(&desk).header().language, Language::Rust);
}
