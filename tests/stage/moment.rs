//! Moments: copied from the stage and opened on it again, with a session of its own.

use crate::{Desk, loaded, parse};
use lockstep::event::{Event, EventKind, Outcome};
use lockstep::ids::Step;
use lockstep::lang::{Parameters, compile};
use lockstep::model::Model;
use lockstep::scenario::{Catalogue, Target};
use lockstep::session::{self, Atomicity, Control, Handle, Start, Tape, Update};
use lockstep::source::Source;
use lockstep::trace::{Header, Moment, Reader, Record, Writer};
use lockstep::tui::keymap::Keymap;
use lockstep::tui::loader::{Loaded, Place, Request};
use lockstep::tui::screens::stage::Stage;
use lockstep::tui::{App, Effect, Msg};
use lockstep::words::{Lang, Words};
use std::path::PathBuf;
use std::sync::Arc;

/// A stage with a session that makes its steps.
struct Played {
    desk: Desk,
    session: Option<Handle>,
    copied: Option<String>,
}

impl Played {
    fn new(loaded: Loaded) -> Played {
        let desk = Desk { app: App::new((120, 32)), effects: Vec::new() };
        let mut played = Played { desk, session: None, copied: None };
        played.open(loaded);
        played
    }

    fn open(&mut self, loaded: Loaded) {
        self.desk.send(Msg::Opened(Box::new(loaded)));
        self.settle();
    }

    /// The program of this line, opened there.
    fn at(line: &str) -> Played {
        let moment: Moment = line.parse().unwrap();
        let target = Target::resolve(&moment.target, &Catalogue::embedded()).unwrap();
        Played::new(opened(target.source(), target, &moment))
    }

    fn press(&mut self, keys: &str) {
        for key in parse(keys) {
            self.desk.send(Msg::Key(key));
            self.settle();
        }
    }

    /// Does what is to be done outside until the session has answered everything that it was asked for.
    fn settle(&mut self) {
        let mut due = self.perform();
        while due > 0 {
            let update = self.session.as_ref().unwrap().updates.recv().unwrap();
            due -= usize::from(matches!(update, Update::Idle { .. }));
            self.desk.send(Msg::Update(update));
            due += self.perform();
        }
    }

    /// How many answers of the session that makes necessary.
    fn perform(&mut self) -> usize {
        let mut due = 0;
        for effect in std::mem::take(&mut self.desk.effects) {
            match effect {
                Effect::Begin(start) => {
                    self.session = Some(session::spawn(*start));
                    due += 1;
                }
                Effect::Send(control) => {
                    let in_passing = matches!(control, Control::Scheduler { .. } | Control::Breakpoints(_));
                    due += usize::from(!in_passing);
                    self.session.as_ref().unwrap().controls.send(control).unwrap();
                }
                Effect::Copy(text) => self.copied = Some(text),
                _ => {}
            }
        }
        due
    }

    /// The line that `y` copies.
    fn line(&mut self) -> String {
        self.press("y<Esc>");
        self.copied.take().unwrap()
    }

    fn stage(&self) -> &Stage {
        self.desk.app.stage.as_ref().unwrap()
    }

    fn model(&self) -> &Model {
        self.stage().model()
    }
}

/// What the command line makes of a moment of this program.
fn opened(source: Arc<Source>, target: Target, moment: &Moment) -> Loaded {
    let compiled = compile(&source, &Parameters(moment.parameters.clone()));
    let start = Start {
        options: moment.options(),
        scheduler: moment.scheduler,
        seed: moment.seed,
        schedule: moment.schedule.clone(),
        inputs: moment.inputs.iter().flatten().cloned().collect(),
        ..Start::new(compiled.program.unwrap())
    };
    let request = Request { target: moment.target.clone(), parameters: moment.parameters.clone() };
    let at = Some(Place { step: moment.step, input_ends: moment.inputs.last().is_some_and(Option::is_none) });
    Loaded { request, target, path: None, source, tokens: compiled.tokens, parameters: Vec::new(), start, at }
}

fn file(text: &str) -> (Arc<Source>, Target) {
    let path = "课程/我的 程序.py";
    let source = Arc::new(Source::new(path, text));
    (Arc::clone(&source), Target::File { path: PathBuf::from(path), source })
}

#[test]
fn a_copied_moment_opens_where_it_was_copied() {
    for target in ["counter/race", "philosophers/naive", "condition/notify-one", "traffic/boss"] {
        let mut played = Played::new(loaded(target));
        played.press("G");
        let last = played.stage().history().last_step();
        for step in [0, 1, last.0 / 2, last.0] {
            while played.model().step.0 > step {
                played.press("h");
            }
            let line = played.line();
            let again = Played::at(&line);
            assert_eq!(format!("{:?}", again.model()), format!("{:?}", played.model()), "{line}");
            assert_eq!(again.stage().history().last_step(), Step(step), "{line}");
            let mut again = again;
            assert_eq!(again.line(), line);
            played.press("G");
        }
    }
}

#[test]
fn everything_that_is_not_as_usual_is_in_the_line() {
    let mut changed = loaded("philosophers/naive");
    changed.request.parameters = vec![("N".to_owned(), "2".to_owned())];
    changed.start.options.atomicity = Atomicity::Line;
    changed.start.options.fair = true;
    changed.start.scheduler = "rr:2".parse().unwrap();
    let line = Played::new(changed).line();
    assert_eq!(line, "philosophers/naive N=2 seed=7 sched=rr:2 atomic=line fair v1/ @0");
    let mut other = Played::new(loaded("counter/race"));
    other.press("lll");
    assert_eq!(other.line().split(' ').next_back(), Some("@3"));
}

const ASKS: &str = "a = input('one? ')\nb = input('two? ')\nprint(a, b)\ntry:\n    input('three? ')\nexcept EOFError:\n    print('end')\nx = 1\n";

#[test]
fn typed_lines_are_in_the_line() {
    let (source, target) = file(ASKS);
    let moment = Moment { inputs: vec![Some("known".into())], ..Moment::new("课程/我的 程序.py") };
    let mut played = Played::new(opened(Arc::clone(&source), target, &moment));
    played.press("G");
    played.press("it's 世界<Enter><Esc>");
    let line = played.line();
    assert!(line.starts_with("课程/我的%20程序.py input=known input=it%27s%20世界 v1/M"), "{line}");
    // Before the line was typed, it is no part of the run.
    while played.model().step > Step(1) {
        played.press("h");
    }
    assert!(played.line().starts_with("课程/我的%20程序.py input=known v1/M"));
}

/// The run on the stage as a trace.
fn trace(played: &Played, typed: &[&str]) -> Tape {
    let history = played.stage().history();
    let header = Header { target: "课程/我的 程序.py".into(), source: ASKS.into(), seed: 1, ..Header::default() };
    let mut writer = Writer::new(Vec::new(), &header);
    let mut made = 0;
    for event in history.events(0..usize::MAX) {
        let choice = (event.step.0 > made).then(|| history.choice_after(Step(made)).unwrap());
        made = event.step.0;
        writer.record(&Record::Event { event, choice });
    }
    for line in typed {
        writer.record(&Record::Input { line: Some((*line).into()) });
    }
    Tape::new(Reader::new(std::io::Cursor::new(writer.finish().unwrap())).unwrap())
}

#[test]
fn a_moment_of_a_recorded_run_leads_to_the_simulator() {
    let (source, target) = file(ASKS);
    let start = || opened(Arc::clone(&source), target.clone(), &Moment::new("课程/我的 程序.py"));
    let mut played = Played::new(start());
    played.press("Ga<Enter>b<Enter><Esc>");
    let line = played.line();
    assert!(line.starts_with("课程/我的%20程序.py input=a input=b v1/M"), "{line}");
    let mut recorded = start();
    (recorded.start.tape, recorded.at) = (Some(trace(&played, &["a", "b"])), None);
    let mut replayed = Played::new(recorded);
    loop {
        let update = replayed.session.as_ref().unwrap().updates.recv().unwrap();
        let over = matches!(&update, Update::Read(reading) if reading.over);
        replayed.desk.send(Msg::Update(update));
        if over {
            break;
        }
    }
    let last = played.model().step;
    while replayed.model().step < last {
        replayed.press("l");
    }
    assert_eq!(replayed.line(), line);
}

#[test]
fn a_line_is_answered_on_the_way_and_the_end_of_the_input_stays() {
    let (source, target) = file(ASKS);
    let line = "课程/我的%20程序.py input=a input=b eof @5";
    let mut played = Played::new(opened(Arc::clone(&source), target.clone(), &line.parse().unwrap()));
    let has_read_three = |event: &Event| matches!(event.kind, EventKind::Did { outcome: Outcome::Raised(_), .. });
    assert!(played.stage().history().events(0..usize::MAX).any(|event| has_read_three(&event)));
    let copied = played.line();
    assert!(copied.starts_with("课程/我的%20程序.py input=a input=b eof v1/M"), "{copied}");
    // Who left the lines away is asked for them, and gets there all the same.
    let bare = line.replace(" input=a input=b eof", "").replace("@5", "@3");
    let mut asked = Played::new(opened(source, target, &bare.parse().unwrap()));
    assert!(asked.desk.screen().contains("one?"), "{}", asked.desk.screen());
    asked.press("a<Enter>b<Enter>");
    assert_eq!(asked.model().step, Step(3));
    assert!(asked.line().contains("input=a input=b"));
}

#[test]
fn a_line_that_does_not_fit_says_where() {
    let misfit = Played::at("deadlock/opposite v1/M2.C1 @3");
    let screen = misfit.desk.screen();
    assert!(screen.contains("The schedule does not fit"), "{screen}");
    assert!(screen.contains("step 3: "), "{screen}");
    assert!(screen.contains("The program is not the one that the line was copied from"), "{screen}");
    let beyond = Played::at("counter/race @4000");
    assert!(beyond.desk.screen().contains("it has no step 4000"), "{}", beyond.desk.screen());
}

#[test]
fn a_moment_is_opened_in_the_simulator_whatever_runs_now() {
    let mut desk = Desk::live(120, 32);
    let moment: Moment = "deadlock/opposite v1/M2.A1 @3".parse().unwrap();
    let target = Target::resolve(&moment.target, &Catalogue::embedded()).unwrap();
    desk.send(Msg::Opened(Box::new(opened(target.source(), target, &moment))));
    assert!(!desk.app.stage.as_ref().unwrap().is_real());
}

#[test]
fn what_is_copied_is_shown_and_said() {
    let mut played = Played::new(loaded("philosophers/naive"));
    played.press("G");
    played.press("y");
    let line = played.copied.clone().unwrap();
    let shown = played.desk.screen();
    assert!(shown.contains("This moment, copied"), "{shown}");
    assert!(shown.contains(&line[..40]), "{shown}");
    played.press("<Esc>");
    let said = played.stage().narration(&Words::new(Lang::En), &Keymap::default());
    assert!(
        said.starts_with("Copied: philosophers/naive seed=7 v1/M") && said.ends_with(&line[line.len() - 12..]),
        "{said}"
    );
    assert!(said.contains("..."), "{said}");
    played.desk.app.words = Words::new(Lang::Zh);
    played.press("y<Esc>");
    assert!(
        played.stage().narration(&Words::new(Lang::Zh), &Keymap::default()).starts_with("已复制：philosophers/naive")
    );
}

#[test]
fn a_line_that_is_too_long_for_a_clipboard_is_not_copied() {
    let text = "import threading\nn = 0\ndef work():\n    global n\n    for i in range(9000):\n        n = n + 1\n\
                a = threading.Thread(target=work)\nb = threading.Thread(target=work)\na.start()\nb.start()\n";
    let (source, target) = file(text);
    let moment = Moment { scheduler: "rr".parse().unwrap(), ..Moment::new("课程/我的 程序.py") };
    let mut played = Played::new(opened(source, target, &moment));
    played.press("Gy");
    assert_eq!(played.copied, None);
    let said = played.stage().narration(&Words::new(Lang::En), &Keymap::default());
    assert!(said.contains("too long for a clipboard") && said.contains("S saves"), "{said}");
}
