//! `lockstep export`.

use super::{Came, lockstep, with_input};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A directory with a recorded deadlock, `run.jsonl`.
struct Desk {
    directory: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { directory: tempfile::tempdir().unwrap() };
        let came = lockstep(&["run", "deadlock/opposite", "--seed", "3", "--record", &desk.path("run.jsonl")]);
        assert_eq!(came.code, 1, "{came:?}");
        desk
    }

    fn path(&self, name: &str) -> String {
        self.directory.path().join(name).to_str().unwrap().to_owned()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// `lockstep export run.jsonl ARGS`, with the files named in the directory.
    fn export(&self, args: &[&str]) -> Came {
        let here = |arg: &&str| if arg.contains('.') { self.path(arg) } else { (*arg).to_owned() };
        let args: Vec<String> = args.iter().map(here).collect();
        let trace = self.path("run.jsonl");
        let all: Vec<&str> = ["export", &*trace].into_iter().chain(args.iter().map(|arg| &**arg)).collect();
        lockstep(&all)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.directory).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Failed, with nothing on standard output, and a message that says this.
#[track_caller]
fn refused(came: &Came, code: i32, reason: &str) {
    assert_eq!((came.code, came.out.as_str()), (code, ""), "{came:?}");
    assert!(came.err.starts_with("lockstep: ") || came.err.starts_with("error: "), "{came:?}");
    assert!(came.err.contains(reason), "{reason:?} in {came:?}");
}

#[test]
fn an_export_goes_to_standard_output_or_into_a_file() {
    let desk = Desk::new();
    for (format, file, beginning) in [
        ("perfetto", "out.json", "{\"displayTimeUnit\""),
        ("mermaid", "out.mmd", "sequenceDiagram\n"),
        ("dot", "out.gv", "digraph lockstep {"),
        ("csv", "out.csv", "seq,step,at_ns,"),
    ] {
        let came = desk.export(&["--to", format]);
        assert_eq!((came.code, came.err.as_str()), (0, ""), "{came:?}");
        assert!(came.out.starts_with(beginning), "{came:?}");
        assert_eq!(desk.export(&["--to", format, "-o", "-"]).out, came.out);
        // The ending says the format.
        let written = desk.export(&["-o", file]);
        assert_eq!((written.code, written.out.as_str(), written.err.as_str()), (0, "", ""));
        assert_eq!(desk.read(file), came.out);
        // What is named goes before what the ending says.
        assert_eq!(desk.export(&["--to", format, "-o", "out.txt", "--force"]).code, 0);
        assert_eq!(desk.read("out.txt"), came.out);
    }
}

#[test]
fn a_file_is_replaced_only_when_that_is_wanted() {
    let desk = Desk::new();
    fs::write(desk.path("out.csv"), "mine").unwrap();
    refused(&desk.export(&["-o", "out.csv"]), 5, "out.csv: there is such a file already; --force replaces it");
    assert_eq!(desk.read("out.csv"), "mine");
    assert_eq!(desk.export(&["-o", "out.csv", "--force"]).code, 0);
    assert!(desk.read("out.csv").starts_with("seq,"));
    assert_eq!(desk.names(), ["out.csv", "run.jsonl"]);
    // Nothing is to be replaced on standard output.
    assert_eq!(desk.export(&["--to", "csv", "--force"]).code, 2);
}

#[test]
fn what_cannot_be_written_is_said_with_the_place() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder.csv")).unwrap();
    refused(&desk.export(&["-o", "folder.csv"]), 5, "folder.csv: this is a directory");
    refused(&desk.export(&["-o", "folder.csv", "--force"]), 5, "folder.csv: this is a directory");
    refused(&desk.export(&["-o", "no/where.csv"]), 5, "where.csv: the directory it should be in is not there");
    let nobody = Path::new("/proc/lockstep.csv").to_str().unwrap();
    let came = lockstep(&["export", &desk.path("run.jsonl"), "-o", nobody]);
    refused(&came, 5, nobody);
    assert_eq!(desk.names(), ["folder.csv", "run.jsonl"]);
}

#[test]
fn the_trace_itself_is_not_written_over() {
    let desk = Desk::new();
    let before = desk.read("run.jsonl");
    refused(&desk.export(&["--to", "csv", "-o", "run.jsonl", "--force"]), 2, "the recording itself");
    assert_eq!(desk.read("run.jsonl"), before);
}

#[test]
fn options_that_mean_nothing_are_refused() {
    let desk = Desk::new();
    for (args, reason) in [
        (&["--to", "csv", "--at", "3"][..], "--at means nothing for csv, only for dot"),
        (&["--to", "dot", "--steps", "1-2"], "--steps means nothing for dot, only for mermaid and csv"),
        (&["--to", "mermaid", "--size", "80x24"], "--size means nothing for mermaid"),
        (&["--to", "perfetto", "--frame", "2"], "--frame means nothing for perfetto"),
        (&["--to", "dot", "--at", "4000"], "--at 4000: the last step of this run is 6"),
        (&["--to", "csv", "--steps", "7-"], "--steps 7: the last step of this run is 6"),
        (&["--to", "csv", "--steps", "5-2"], "the first step comes after the last"),
        (&["--to", "png"], "perfetto"),
        (&[], "--to FORMAT is needed"),
        (&["-o", "out.png"], "the ending of "),
    ] {
        refused(&desk.export(args), 2, reason);
    }
    assert_eq!(desk.names(), ["run.jsonl"]);
    // Every format is named with what it is.
    assert!(desk.export(&[]).err.contains("dot       who holds and who waits"));
}

#[test]
fn what_is_no_trace_is_named() {
    let desk = Desk::new();
    let export = |name: &str| lockstep(&["export", &desk.path(name), "--to", "csv"]);
    refused(&export("none.jsonl"), 5, "none.jsonl: there is no such file");
    fs::write(desk.path("empty.jsonl"), "").unwrap();
    refused(&export("empty.jsonl"), 5, "empty.jsonl: the file is empty");
    fs::write(desk.path("other.jsonl"), "print('\u{1b}[2J')\n").unwrap();
    refused(&export("other.jsonl"), 5, "other.jsonl: this is no recorded run");
    assert!(!export("other.jsonl").err.contains('\u{1b}'));
    let newer = desk.read("run.jsonl").replacen("\"lockstep_trace\":1", "\"lockstep_trace\":99", 1);
    fs::write(desk.path("newer.jsonl"), newer).unwrap();
    refused(&export("newer.jsonl"), 5, "version 99");
    let broken = desk.read("run.jsonl").replacen("\n{\"seq\":3,", "\nnonsense{\"seq\":3,", 1);
    fs::write(desk.path("broken.jsonl"), broken).unwrap();
    assert!(export("broken.jsonl").err.contains("broken.jsonl: line 5: it is no JSON object; the line is passed over"));
    let told = lockstep(&["--lang", "zh", "export", &desk.path("broken.jsonl"), "--to", "csv"]);
    assert!(told.err.contains("broken.jsonl: 第 5 行：这不是一个 JSON 对象；已跳过这一行"), "{}", told.err);
    fs::create_dir(desk.path("folder")).unwrap();
    refused(&export("folder"), 5, "folder: this is a directory");
    assert!(
        lockstep(&["export", &desk.path("none.jsonl"), "--to", "csv", "--lang", "zh"]).err.contains("没有这个文件")
    );
}

#[test]
fn what_makes_sense_of_a_broken_trace_is_exported() {
    let desk = Desk::new();
    let whole = desk.read("run.jsonl");
    let lines: Vec<&str> = whole.lines().collect();
    fs::write(desk.path("cut.jsonl"), lines[..lines.len() - 3].join("\n")).unwrap();
    let cut = lockstep(&["export", &desk.path("cut.jsonl"), "--to", "csv"]);
    assert_eq!(cut.code, 0, "{cut:?}");
    assert!(cut.err.contains("cut.jsonl: the recording was cut short"), "{cut:?}");
    assert!(cut.out.lines().count() > 10);
    let mut broken = lines.clone();
    broken.insert(5, "{\"what\": \u{1b}]0;owned\u{7}");
    fs::write(desk.path("broken.jsonl"), broken.join("\n")).unwrap();
    let came = lockstep(&["export", &desk.path("broken.jsonl"), "--to", "csv"]);
    assert_eq!(came.code, 0, "{came:?}");
    assert!(came.err.contains("broken.jsonl: line 6: "), "{came:?}");
    assert!(!came.err.contains(['\u{1b}', '\u{7}']));
    assert_eq!(came.out, desk.export(&["--to", "csv"]).out);
}

#[test]
fn a_trace_may_come_from_standard_input() {
    let desk = Desk::new();
    let came = with_input(&["export", "-", "--to", "csv"], &desk.read("run.jsonl"));
    assert_eq!((came.code, came.err.as_str()), (0, ""));
    assert_eq!(came.out, desk.export(&["--to", "csv"]).out);
}

#[test]
fn the_same_trace_gives_the_same_bytes() {
    let desk = Desk::new();
    for format in ["perfetto", "mermaid", "dot", "csv"] {
        let first = desk.export(&["--to", format, "--lang", "zh"]);
        assert_eq!(first.code, 0, "{first:?}");
        assert_eq!(desk.export(&["--to", format, "--lang", "zh"]).out, first.out);
    }
}
