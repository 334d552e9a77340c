//! `lockstep run --record`.

use super::{Came, Program, json, lockstep};
use lockstep::event::{Event, EventKind};
use lockstep::model::Recording;
use lockstep::trace::{Problem, Reader};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// It never ends.
const COUNTS: &str = "from threading import Thread\nn = 0\n\ndef work():\n    global n\n    while True:\n        n += 1\n\nThread(target=work).start()\nwork()\n";

/// A directory for recordings.
struct Shelf(TempDir);

impl Shelf {
    fn new() -> Shelf {
        Shelf(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// `lockstep run ARGS --record PATH`
fn record(path: &Path, args: &[&str]) -> Came {
    lockstep(&[&["run"], args, &["--record", path.to_str().unwrap()]].concat())
}

fn read(path: &Path) -> (Recording, Vec<Problem>) {
    Recording::read(Reader::open(path).unwrap())
}

/// The recording, in which nothing is wrong or missing.
fn whole(path: &Path) -> Recording {
    let (recording, problems) = read(path);
    assert_eq!(problems, []);
    assert!(recording.complete, "{}", path.display());
    recording
}

fn events(recording: &Recording) -> Vec<Event> {
    recording.history.events(0..recording.history.event_count()).collect()
}

/// `lockstep run ARGS` as a child that can be watched and killed.
fn start(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
    command.arg("run").args(args).args(["--lang", "en"]).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn wait(child: Child) -> Came {
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Came { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line
}

/// Looks at the recording until it is as wanted.
fn wait_for(path: &Path, wanted: impl Fn(&Recording) -> bool) -> Recording {
    let patience = Instant::now() + Duration::from_mins(1);
    loop {
        // There may be no header yet.
        if let Ok(reader) = Reader::open(path) {
            let (recording, problems) = Recording::read(reader);
            assert_eq!(problems, []);
            if wanted(&recording) {
                return recording;
            }
        }
        assert!(Instant::now() < patience, "it is not in the file: {}", path.display());
        std::thread::yield_now();
    }
}

#[test]
fn a_recorded_run_is_told_as_any_other() {
    let shelf = Shelf::new();
    for (number, form) in [&[][..], &["--plain"], &["--json"]].into_iter().enumerate() {
        let args = [&["counter/race", "--seed", "4"], form].concat();
        let path = shelf.path(&format!("{number}.jsonl"));
        let (recorded, told) = (record(&path, &args), lockstep(&[&["run"], &args[..]].concat()));
        assert_eq!((recorded.code, recorded.out, recorded.err), (told.code, told.out, told.err), "{form:?}");
        assert_eq!(whole(&path).header.seed, 4);
    }
    let bytes = |name: &str| std::fs::read(shelf.path(name)).unwrap();
    assert_eq!(bytes("0.jsonl"), bytes("1.jsonl"));
    assert_eq!(bytes("0.jsonl"), bytes("2.jsonl"));
}

#[test]
fn what_was_typed_is_in_the_header_and_makes_the_same_run() {
    let shelf = Shelf::new();
    let path = shelf.path("run.jsonl.gz");
    let args = "philosophers/naive -p N=3 --seed 7 --sched rr:2 --fair --atomic line --schedule v1/M1 --input x";
    let came = record(&path, &args.split(' ').chain(["--json"]).collect::<Vec<_>>());
    let recording = whole(&path);
    assert_eq!(std::fs::read(&path).unwrap()[..2], [0x1f, 0x8b]);
    let header = &recording.header;
    assert_eq!((&*header.target, &*header.source_name), ("philosophers/naive", "naive.py"));
    assert_eq!((header.seed, header.options.seed, header.scheduler.to_string().as_str()), (7, 7, "rr:2"));
    assert_eq!(header.parameters, [("N".to_owned(), "3".to_owned())]);
    assert_eq!(header.inputs, ["x".into()]);
    assert!(header.options.fair && !header.is_live());
    let told = json(&came);
    let schedule = recording.history.schedule(recording.history.last_step());
    assert_eq!(told["schedule"], schedule.to_string());
    let again = args.replace("--schedule v1/M1", &format!("--schedule {schedule}"));
    let other = shelf.path("again.jsonl");
    record(&other, &again.split(' ').collect::<Vec<_>>());
    assert_eq!(events(&whole(&other)), events(&recording));
}

#[test]
fn real_threads_are_recorded_as_they_ran() {
    let shelf = Shelf::new();
    for (number, form) in [&[][..], &["--plain"], &["--json"]].into_iter().enumerate() {
        let path = shelf.path(&format!("{number}.jsonl"));
        let came = record(&path, &[&["deadlock/self", "--live", "--speed", "1000"], form].concat());
        assert_eq!(came.code, 1, "{came:?}");
        let recording = whole(&path);
        assert!(recording.header.is_live());
        assert_eq!(recording.history.all_findings().len(), 1);
        let schedule = recording.history.schedule(recording.history.last_step()).to_string();
        if form.contains(&"--json") {
            assert_eq!(json(&came)["schedule"], schedule);
        }
        let again = lockstep(&["run", "deadlock/self", "--schedule", &schedule]);
        assert_eq!(again.code, 1, "{schedule}: {again:?}");
    }
}

#[test]
fn lines_of_input_are_recorded_in_both_worlds() {
    let shelf = Shelf::new();
    let program =
        Program::new("a = input()\nb = input()\nprint(a + b)\ntry:\n    input()\nexcept EOFError:\n    pass\n");
    for world in [&[][..], &["--live"]] {
        let path = shelf.path(if world.is_empty() { "sim.jsonl" } else { "live.jsonl" });
        let record = ["--record", path.to_str().unwrap(), "--input", "one"];
        let came = super::with_input(&[&["run", program.path()], world, &record].concat(), "two\n");
        assert_eq!((came.code, came.out.as_str()), (0, "onetwo\n"), "{came:?}");
        let recording = whole(&path);
        assert_eq!(recording.inputs, [Some("one".into()), Some("two".into()), None]);
        assert_eq!(recording.header.inputs, ["one".into()]);
    }
}

#[test]
fn a_file_that_is_there_stays_unless_it_may_go() {
    let shelf = Shelf::new();
    let path = shelf.path("run.jsonl");
    std::fs::write(&path, "somebody else's\n").unwrap();
    let came = record(&path, &["counter/locked"]);
    let message = format!("lockstep: {}: there is such a file already; --force replaces it\n", path.display());
    assert_eq!((came.code, came.out.as_str(), came.err), (5, "", message));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "somebody else's\n");
    assert_eq!(record(&path, &["counter/locked", "--force"]).code, 0);
    whole(&path);
    // Nothing is touched when there is nothing to record.
    assert_eq!(record(&path, &["counter/lokced", "--force"]).code, 2);
    let wrong = Program::new("import tkinter\n");
    assert_eq!(record(&path, &[wrong.path(), "--force"]).code, 3);
    whole(&path);
}

#[test]
fn what_cannot_be_written_is_said() {
    let shelf = Shelf::new();
    let came = record(&shelf.path("no/run.jsonl"), &["counter/locked"]);
    assert_eq!(came.code, 5, "{came:?}");
    assert!(came.err.contains("the directory it should be in is not there"), "{came:?}");
    let came = record(shelf.0.path(), &["counter/locked", "--force"]);
    assert_eq!(came.code, 5, "{came:?}");
    assert!(came.err.contains("this is a directory; name a file in it"), "{came:?}");
    let program = Program::new("print('mine')\n");
    let came = record(&program.path, &[program.path(), "--force"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("this is the program itself"), "{came:?}");
    assert_eq!(std::fs::read_to_string(&program.path).unwrap(), "print('mine')\n");
    let came = record(&shelf.path("run.jsonl"), &["counter/locked", "--repeat", "2"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(!shelf.path("run.jsonl").exists());
    assert_eq!(lockstep(&["run", "counter/locked", "--force"]).code, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_after_the_run_was_told() {
    for world in [&[][..], &["--live"], &["--plain"]] {
        let came = record(Path::new("/dev/full"), &[&["deadlock/self"], world].concat());
        assert_eq!(came.code, 5, "{came:?}");
        let told = [came.out.as_str(), came.err.as_str()].concat();
        let place = |text: &str| told.find(text).unwrap_or_else(|| panic!("{text}: {told}"));
        assert!(place("Deadlock: A payer wants lock") < place("lockstep: /dev/full: the recording broke off"));
    }
}

#[test]
fn the_trace_can_go_to_standard_output() {
    let file = Shelf::new();
    let path = file.path("run.jsonl");
    record(&path, &["deadlock/opposite"]);
    for (world, printed) in [(&[][..], "first has a, wants b\n"), (&["--plain"], "Step 1, ")] {
        let came = lockstep(&[&["run", "deadlock/opposite", "--record", "-"], world].concat());
        assert_eq!((came.code, came.out), (1, std::fs::read_to_string(&path).unwrap()));
        assert!(came.err.contains(printed) && came.err.contains("Deadlock of 2 threads"), "{}", came.err);
    }
    let came = lockstep(&["run", "deadlock/self", "--record", "-", "--live"]);
    let (recording, problems) = Recording::read(Reader::new(Cursor::new(came.out)).unwrap());
    assert!(recording.complete && problems.is_empty(), "{problems:?}");
    let came = lockstep(&["run", "deadlock/self", "--record", "-", "--json"]);
    assert_eq!((came.code, came.out.as_str()), (2, ""), "{came:?}");
}

#[test]
fn a_run_ends_when_nobody_reads_its_trace() {
    let program = Program::new(COUNTS);
    for world in [&["--max-steps", "0"][..], &["--max-steps", "0", "--live"]] {
        let mut child = start(&[&[program.path(), "--record", "-"], world].concat());
        let mut some = [0; 1000];
        child.stdout.as_mut().unwrap().read_exact(&mut some).unwrap();
        drop(child.stdout.take());
        let came = wait(child);
        assert_eq!((came.code, came.err.as_str()), (0, ""), "{came:?}");
    }
}

#[test]
fn whatever_ends_a_run_leaves_a_finished_file() {
    let shelf = Shelf::new();
    let last = |recording: &Recording| events(recording).pop().map(|event| event.kind);
    let hangs = Program::new(
        "from threading import Event, Thread\nfrom time import sleep\nprint('here', flush=True)\n\
         Thread(target=Event().wait, daemon=True).start()\nwhile True:\n    sleep(1000)\n",
    );
    let path = shelf.path("interrupted.jsonl.gz");
    let mut child = start(&[hangs.path(), "--live", "--record", path.to_str().unwrap()]);
    assert_eq!(first_line(&mut child), "here\n");
    signal(&child, "-INT");
    assert_eq!(wait(child).code, 130);
    assert!(matches!(last(&whole(&path)), Some(EventKind::Ended(_))));
    let path = shelf.path("late.jsonl");
    assert_eq!(record(&path, &[hangs.path(), "--live", "--timeout", "1"]).code, 4);
    assert!(matches!(last(&whole(&path)), Some(EventKind::Ended(_))));
    let path = shelf.path("late_simulated.jsonl.gz");
    let counts = Program::new(COUNTS);
    assert_eq!(record(&path, &[counts.path(), "--max-steps", "20000"]).code, 4);
    assert_eq!(whole(&path).history.last_step().0, 20000);
    let path = shelf.path("misfit.jsonl");
    assert_eq!(record(&path, &["counter/race", "--schedule", "v1/M3.F1"]).code, 2);
    assert_eq!(whole(&path).history.last_step().0, 3);
}

#[test]
fn what_happened_is_in_the_file_when_the_process_is_killed() {
    let shelf = Shelf::new();
    let program = Program::new("print('here')\nprint('asks')\ninput()\n");
    for (name, world) in
        [("a.jsonl", &[][..]), ("b.jsonl.gz", &[]), ("c.jsonl", &["--live"]), ("d.jsonl.gz", &["--live"])]
    {
        let path = shelf.path(name);
        let mut child = start(&[&[program.path(), "--record", path.to_str().unwrap()], world].concat());
        assert_eq!(first_line(&mut child), "here\n");
        // It waits for a line: nothing more happens.
        let asks = |recording: &Recording| recording.history.output().line_count() == 2;
        let before = events(&wait_for(&path, asks));
        signal(&child, "-KILL");
        wait(child);
        let (recording, problems) = read(&path);
        assert_eq!(problems, []);
        assert!(!recording.complete);
        assert!(events(&recording).starts_with(&before));
    }
}
