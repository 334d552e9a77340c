//! Rust programs that show their own runs.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

use lockstep::detect::FindingKind;
use lockstep::event::End;
use lockstep::ids::ThreadId;
use lockstep::model::Recording;
use lockstep::show::{narrate, record};
use lockstep::sync::{Barrier, Builder, Mutex, RwLock, scope};
use lockstep::trace::{Language, Reader};
use lockstep::words::Lang;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

#[allow(dead_code, reason = "its own main is not called here")]
#[path = "../examples/philosophers.rs"]
mod philosophers;

#[test]
fn who_keep_an_order_all_eat() {
    let mut out = Vec::new();
    let witness = narrate(Lang::En, &mut out, || philosophers::dinner(true)).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!((witness.model.ended, witness.findings.len()), (Some(End::Finished), 0), "{text}");
    for letter in ["A", "B", "C", "D", "E"] {
        let (takes, has) = (format!(" {letter} takes forks["), format!("{letter} has finished."));
        assert!(text.matches(&takes).count() <= 2 && text.contains(&has), "{text}");
        assert_eq!(text.matches(&format!(" {letter} releases forks[")).count(), 2, "{text}");
    }
    assert!(text.ends_with("The program has ended.\n"), "{text}");
}

#[test]
fn who_all_reach_to_the_left_hang_and_are_named() {
    let mut out = Vec::new();
    let witness = narrate(Lang::En, &mut out, || philosophers::dinner(false)).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(witness.model.ended, Some(End::Deadlock), "{text}");
    let circles = witness.findings.iter().filter(|finding| finding.kind == FindingKind::Deadlock);
    let circles: Vec<&[ThreadId]> = circles.map(|finding| &*finding.threads).collect();
    assert_eq!(circles, [[1, 2, 3, 4, 5].map(ThreadId)], "{text}");
    let last = text.lines().last().unwrap();
    assert!(last.starts_with("Deadlock of 5 threads: A Aristotle wants forks[1] (line "), "{text}");
}

#[test]
fn a_recorded_dinner_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dinner.jsonl.gz");
    let end = record(&path, "dinner", "// the program\n", || philosophers::dinner(false)).unwrap();
    assert_eq!(end, Some(End::Deadlock));
    let (read, problems) = Recording::read(Reader::open(&path).unwrap());
    assert_eq!(problems, []);
    assert!(read.complete && read.header.is_live() && read.header.language == Language::Rust);
    assert_eq!((&*read.header.target, &*read.source.text), ("dinner", "// the program\n"));
    let circles = read.history.findings().iter().filter(|finding| finding.kind == FindingKind::Deadlock);
    assert_eq!(circles.map(|finding| finding.threads.len()).collect::<Vec<_>>(), [5]);
    let again = record(&path, "dinner", "", || {}).unwrap_err();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
}

/// M and A read; when M has stopped reading, A alone stands in the way of B, who has what A wants.
fn read_and_write() {
    let (table, lock) = (RwLock::new(1).named("table"), Mutex::new(()).named("lock"));
    let (reads, both) = (Barrier::new(2).named("reads"), Barrier::new(2).named("both"));
    let first = table.read();
    scope(|scope| {
        scope.spawn_named("reader", || {
            let _table = table.read();
            reads.wait().unwrap();
            both.wait().unwrap();
            drop(lock.lock());
        });
        reads.wait().unwrap();
        drop(first);
        scope.spawn_named("writer", || {
            let _lock = lock.lock();
            both.wait().unwrap();
            *table.write() += 1;
        });
    });
}

#[test]
fn a_reader_can_be_part_of_a_circle() {
    let mut out = Vec::new();
    let witness = narrate(Lang::En, &mut out, read_and_write).unwrap();
    let text = String::from_utf8(out).unwrap();
    let circle = &witness.findings[0];
    assert_eq!((&circle.kind, &circle.threads[..]), (&FindingKind::Deadlock, &[1, 2].map(ThreadId)[..]), "{text}");
    assert!(text.contains("B writer wants table (line ") && text.contains("held by A reader since line "), "{text}");
    assert_eq!(witness.model.ended, Some(End::Deadlock), "{text}");
    let holders = witness.model.threads.iter().filter(|thread| !thread.holds.is_empty()).map(|thread| thread.id);
    assert_eq!(holders.collect::<Vec<_>>(), [1, 2].map(ThreadId), "{text}");
}

#[test]
fn a_panic_is_shown_and_does_not_spread() {
    let mut out = Vec::new();
    let witness = narrate(Lang::En, &mut out, || {
        let eats = Builder::new().name("eats").spawn(|| assert_eq!(1 + 1, 3, "no more rice"));
        assert!(eats.unwrap().join().is_err());
    });
    let witness = witness.unwrap();
    let text = String::from_utf8(out).unwrap();
    let crash = "panic: assertion `left == right` failed: no more rice, left: 2, right: 3";
    let kinds: Vec<&FindingKind> = witness.findings.iter().map(|finding| &finding.kind).collect();
    assert_eq!(kinds, [&FindingKind::Crash { exception: crash.into() }], "{text}");
    assert_eq!((witness.findings[0].lines[0], witness.model.ended), (line!() - 8, Some(End::Finished)), "{text}");
}

#[test]
#[ignore = "the program of the test below"]
fn a_program_that_prints() {
    lockstep::show("prints", "", || writeln!(io::stdout(), "printed by the program").unwrap()).unwrap();
}

#[test]
fn a_program_may_print_where_there_is_no_stage() {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "a_program_that_prints"])
        .env("LC_ALL", "en_US.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            panic!("it hangs");
        }
        thread::sleep(Duration::from_millis(5));
    }
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(text.contains("printed by the program") && text.contains("The program has ended"), "{text}");
}
