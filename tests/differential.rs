//! Small programs, one per topic, run here and by `python3`: the outputs must be equal to the character.
//!
//! `python3` runs with `PYTHONHASHSEED=0`, which is what the hashes here are equal to, so that even sets of strings are compared.
//! Of an uncaught exception the last line is compared: how CPython marks the failing part of a line changes from version to version.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "this is a test")]

use lockstep::event::NoSink;
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, compile};
use lockstep::sched::Fifo;
use lockstep::source::Source;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// What `python3` prints: standard output, and the last line of standard error.
fn python(file: &Path) -> Option<(String, String)> {
    let run = Command::new("python3")
        .args(["-W", "ignore", "-X"])
        .arg("utf8")
        .arg(file)
        .env("PYTHONHASHSEED", "0")
        .output()
        .ok()?;
    let error = String::from_utf8_lossy(&run.stderr).trim_end().lines().last().unwrap_or_default().to_owned();
    Some((String::from_utf8_lossy(&run.stdout).into_owned(), error))
}

/// What is printed here, standard error included, and how the run ended.
fn here(file: &Path) -> (String, String) {
    let text = std::fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let compiled = compile(&Arc::new(Source::new(name, text)), &Parameters::default());
    let Some(program) = compiled.program else { return (String::new(), format!("{:#?}", compiled.diagnostics)) };
    let mut world = World::new(program, Options::default(), &mut NoSink);
    let end = drive(&mut world, &mut Fifo::default(), Drive::default(), &mut NoSink);
    (world.output().pieces().collect(), format!("{end:?}"))
}

fn compare(topic: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python").join(topic);
    let Some((expected, error)) = python(&file) else {
        println!("SKIPPED: there is no python3 to compare {topic} with");
        return;
    };
    let (output, end) = here(&file);
    let (mut ours, mut theirs) = (output.lines(), expected.lines());
    for line in 1.. {
        match (ours.next(), theirs.next()) {
            (_, None) => break,
            (our, their) => assert_eq!(our, their, "{topic}: line {line} of the output (it ended with {end})"),
        }
    }
    let rest = output.strip_prefix(&expected).unwrap_or_else(|| panic!("{topic}: line ends differ"));
    assert_eq!(rest.trim_end().lines().last().unwrap_or_default(), error, "{topic}: after the output ({end})");
}

macro_rules! topics {
    ($($topic:ident),* $(,)?) => {
        $(#[test]
        fn $topic() {
            compare(concat!(stringify!($topic), ".py"));
        })*

        /// Every program is compared.
        #[test]
        fn every_program_has_a_test() {
            let known = [$(concat!(stringify!($topic), ".py")),*];
            for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python")).unwrap() {
                let name = entry.unwrap().file_name().to_string_lossy().into_owned();
                assert!(known.contains(&name.as_str()), "{name}");
            }
        }
    };
}

topics!(
    arithmetic,
    bank,
    classes,
    containers,
    exceptions,
    functions,
    generators,
    iteration_tools,
    meetings,
    modules,
    strings,
    threads,
    traceback,
    traceback_class,
    typing_names,
);

/// What the compiler says works can be looked up when a program runs.
#[test]
fn everything_the_compiler_knows_is_there() {
    let mut text = String::new();
    for module in lockstep::lang::library::MODULES {
        let members: Vec<&str> = module.now().collect();
        if members.is_empty() || module.name == "Queue" {
            continue;
        }
        text.extend(["import ", module.name, "\n"]);
        text.extend(members.iter().flat_map(|member| [module.name, ".", member, "\n"]));
    }
    let source = Arc::new(Source::new("library.py", text));
    let compiled = compile(&source, &Parameters::default());
    let program = compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let mut world = World::new(program, Options::default(), &mut NoSink);
    drive(&mut world, &mut Fifo::default(), Drive::default(), &mut NoSink).unwrap();
    assert_eq!(world.output().pieces().collect::<String>(), "");
}
