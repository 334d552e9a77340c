//! Traces that are broken in every way that came to mind: what is said of each, and what is left of it.

use crate::samples;
use lockstep::detect::Finding;
use lockstep::ids::Step;
use lockstep::model::Recording;
use lockstep::trace::{Header, Reader, VERSION};
use std::fmt::Write;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

fn corpus() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trace/broken");
    let mut paths: Vec<_> = directory.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// What a reader has to say of these bytes.
fn report(bytes: Vec<u8>) -> String {
    let reader = match Reader::new(Cursor::new(bytes)) {
        Ok(reader) => reader,
        Err(error) => return format!("unreadable: {error}\n"),
    };
    let (mut recording, problems) = Recording::read(reader);
    let mut text = String::new();
    let shown = problems.iter().take(4).chain(problems.iter().skip(4).last());
    shown.for_each(|problem| writeln!(text, "{problem}").unwrap());
    let (steps, events) = (recording.history.last_step(), recording.history.event_count());
    let findings: Vec<&str> =
        recording.history.all_findings().iter().map(|found: &Finding| found.kind.name()).collect();
    let end = if recording.complete { "complete" } else { "cut short" };
    writeln!(text, "{events} events, {} steps, {findings:?}, {} problems, {end}", steps.0, problems.len()).unwrap();
    // Every place of what is left can be looked at.
    (0..=steps.0).for_each(|step| recording.history.seek(Step(step)));
    text
}

#[test]
fn each_broken_trace_is_told_of() {
    let mut text = String::new();
    for path in corpus() {
        let name = path.file_stem().unwrap().to_string_lossy();
        writeln!(text, "# {name}\n{}", report(std::fs::read(&path).unwrap())).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// The trace that the document shows.
fn example() -> Vec<u8> {
    crate::doc::example(&crate::doc::document()).into_bytes()
}

fn header() -> Vec<u8> {
    let example = example();
    let end = example.iter().position(|byte| *byte == b'\n').unwrap();
    example[..=end].to_vec()
}

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn long_lines_are_passed_over_without_being_kept() {
    let long = |bytes: usize| [&header()[..], br#"{"record":"input","text":""#, &vec![b'x'; bytes], b"\"}\n"].concat();
    assert_eq!(report(long(1 << 20)), "0 events, 0 steps, [], 0 problems, cut short\n");
    let said = report([&long(9 << 20)[..], &example()[header().len()..]].concat());
    assert!(
        said.starts_with("line 2: the line is longer than 8388608 bytes; the line is passed over\n28 events"),
        "{said}"
    );
    // The header may not be as long either.
    let said = report([b"{\"target\":\"", &vec![b'x'; 9 << 20][..]].concat());
    assert_eq!(said, "unreadable: this is no trace: its first line is no header (it is too long)\n");
}

#[test]
fn packed_traces_may_end_anywhere() {
    let whole = packed(&example());
    let mut events = 0;
    for cut in (0..whole.len()).step_by(7).chain([whole.len()]) {
        let said = report(whole[..cut].to_vec());
        if let Some((count, rest)) = said.split_once(" events") {
            let count = count.parse::<usize>().unwrap();
            assert!(count >= events, "{cut}: {said}");
            events = count;
            assert!(rest.contains("0 problems"), "{cut}: {said}");
        } else {
            assert!(events == 0 && said.starts_with("unreadable"), "{cut}: {said}");
        }
    }
    assert_eq!(events, 28);
}

#[test]
fn what_follows_on_a_packed_trace_does_no_harm() {
    let mut bytes = packed(&example());
    bytes.extend(b"garbage after it");
    assert_eq!(report(bytes), "28 events, 6 steps, [\"deadlock\"], 0 problems, complete\n");
    // Several packed parts one after the other are one file.
    let example = example();
    let (one, other) = example.split_at(1500);
    assert_eq!(report([packed(one), packed(other)].concat()), report(example.clone()));
    let mut broken = packed(&example);
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    let said = report(broken);
    assert!(said.contains("cut short") || said.starts_with("unreadable"), "{said}");
}

#[test]
fn a_bomb_does_not_go_off() {
    let began = Instant::now();
    let zeros = packed(&vec![0; 12 << 20]);
    assert!(zeros.len() < 1 << 18);
    assert_eq!(report(zeros), "unreadable: this is no trace: its first line is no header (it is too long)\n");
    let lines = [&header()[..], &vec![b'\n'; 4 << 20]].concat();
    assert_eq!(report(packed(&lines)), "0 events, 0 steps, [], 0 problems, cut short\n");
    let line = [&header()[..], &vec![b'x'; 12 << 20]].concat();
    let said = report(packed(&line));
    assert_eq!(
        said,
        "line 2: the line is longer than 8388608 bytes; the line is passed over\n0 events, 0 steps, [], 1 problems, cut short\n"
    );
    assert!(began.elapsed() < Duration::from_mins(2), "{:?}", began.elapsed());
}

#[test]
fn nothing_of_a_mistake_reaches_the_terminal_raw() {
    for path in corpus() {
        let came = Command::new(env!("CARGO_BIN_EXE_lockstep"))
            .args(["export", "--to", "csv", "--lang", "en"])
            .arg(&path)
            .output()
            .unwrap();
        for text in [came.stdout, came.stderr] {
            let text = String::from_utf8(text).unwrap();
            let raw =
                text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\r' || "\u{202e}\u{2066}".contains(*c));
            assert_eq!(raw, None, "{}: {text}", path.display());
            assert!(text.lines().all(|line| line.len() < 2000), "{}", path.display());
        }
    }
}

/// What version 1 was like when it was new: this file never changes.
#[test]
fn version_1_stays_readable() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trace/v1.jsonl");
    let mut reader = Reader::open(&path).unwrap();
    insta::assert_debug_snapshot!("v1_header", reader.header());
    let records: Vec<_> = std::iter::from_fn(|| reader.next_record()).collect();
    assert_eq!(reader.problems(), []);
    assert!(reader.is_complete());
    let lines: Vec<String> = records.iter().map(|record| format!("{record:?}")).collect();
    insta::assert_snapshot!("v1_records", lines.join("\n"));
    if VERSION == 1 {
        // Without what was added since, what is written is what was written.
        let header = Header { picture: None, ..samples::header() };
        let written = crate::roundtrip::written(&header, &samples::sensible());
        let made_by = |text: &str| text.replacen(concat!("lockstep ", env!("CARGO_PKG_VERSION")), "lockstep 0.1.0", 1);
        assert_eq!(made_by(&String::from_utf8(written).unwrap()), std::fs::read_to_string(&path).unwrap());
    }
}

/// Writes the file of this version. It was run once.
#[test]
#[ignore = "a fixture is written once, when a version is new"]
fn write_the_fixture() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/trace/v{VERSION}.jsonl"));
    assert!(!path.exists(), "it is there already");
    std::fs::write(path, crate::roundtrip::written(&samples::header(), &samples::sensible())).unwrap();
}
