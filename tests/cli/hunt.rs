//! No command speaks two languages at once.

use super::{Came, Program, lockstep};
use crate::languages::{Allowed, chinese};

/// A command line, and the words that its program or file contributes.
struct Case {
    args: Vec<String>,
    allowed: Allowed,
    /// The text of the program, which may be in any language.
    source: Option<String>,
}

fn case(args: &[&str], allowed: &Allowed) -> Case {
    Case { args: args.iter().map(|arg| (*arg).to_owned()).collect(), allowed: allowed.clone(), source: None }
}

/// What is said in this language.
fn said(case: &Case, lang: &str) -> Came {
    let mut args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    // Where the arguments end with what is asked of clap, the language stands before it.
    args.push("--lang");
    args.push(lang);
    lockstep(&args)
}

/// What is English in Chinese, and Chinese in English.
fn mixed(cases: &[Case]) -> Vec<String> {
    let mut found = Vec::new();
    for case in cases {
        let line = case.args.join(" ");
        let zh = said(case, "zh");
        let source = case.source.as_deref().unwrap_or("");
        found.extend(case.allowed.english(&zh.out).into_iter().map(|what| format!("{line}: {what}")));
        found.extend(case.allowed.english(&zh.err).into_iter().map(|what| format!("{line}: error: {what}")));
        let en = said(case, "en");
        for text in [&en.out, &en.err] {
            let quoted = |what: &String| source.chars().any(|c| !c.is_ascii() && what.contains(c));
            found.extend(
                chinese(text)
                    .into_iter()
                    .filter(|what| !quoted(what))
                    .map(|what| format!("{line}: in English: {what}")),
            );
        }
        assert_eq!(zh.code, en.code, "{line}");
    }
    found
}

#[track_caller]
fn pure(cases: &[Case]) {
    let found = mixed(cases);
    assert!(found.is_empty(), "{}\n{} lines", found.join("\n"), found.len());
}

fn names() -> Allowed {
    Allowed::names()
}

/// The names of all scenarios and variants.
fn catalogue() -> Allowed {
    let catalogue = lockstep::scenario::Catalogue::embedded();
    let variants = catalogue.scenarios().iter().flat_map(|scenario| {
        let ids = scenario.variants.iter().map(|variant| variant.id.replace('-', " "));
        ids.chain([scenario.id.replace('-', " ")])
    });
    variants.fold(names().also("Event"), |known, name| known.also(&name))
}

#[test]
fn commands_that_tell() {
    let mut cases: Vec<Case> =
        [&["list"][..], &["paths"], &["doctor"]].iter().map(|args| case(args, &catalogue())).collect();
    for scenario in ["counter/race", "philosophers/naive", "traffic", "bounded-buffer", "peterson", "barrier"] {
        let target = lockstep::scenario::Target::resolve(scenario, &lockstep::scenario::Catalogue::embedded()).unwrap();
        // A traceback is Python's own.
        let allowed = catalogue()
            .program(&target.source().text)
            .also("Traceback most recent call last File line in module")
            .also(scenario);
        cases.push(case(&["run", scenario, "--max-steps", "2000"], &allowed));
        cases.push(case(&["run", scenario, "--plain", "--max-steps", "2000"], &allowed));
        cases.push(case(&["run", scenario, "--repeat", "5", "--max-steps", "2000"], &allowed));
        cases.push(case(&["explore", scenario, "--max-states", "20000"], &allowed));
    }
    pure(&cases);
}

#[test]
fn help() {
    let commands = [
        "",
        "list",
        "run",
        "explore",
        "check",
        "keys",
        "replay",
        "export",
        "diff",
        "schema",
        "completions",
        "man",
        "doctor",
        "paths",
        "new",
        "notes",
        "progress",
    ];
    let allowed = names().also(VALUES);
    let cases: Vec<Case> = commands
        .iter()
        .flat_map(|command| {
            let args = |option| [*command, option].into_iter().filter(|arg| !arg.is_empty()).collect::<Vec<_>>();
            [case(&args("--help"), &allowed), case(&args("-h"), &allowed)]
        })
        .collect();
    pure(&cases);
}

/// Names of commands and values, which are typed as they stand.
const VALUES: &str = "lockstep list run explore check keys replay export diff schema completions man doctor paths help auto always never \
    TARGET VALUE NAME DIAL WHOM TEXT SCHEDULER SECONDS MILLISECONDS LANG DIR THEME WHEN SET STEP TRACE OPTIONS COMMAND KIND SHELL \
    race lost update lock order all counter philosophers ordered bash elvish fish powershell zsh jsonl gz FILE PATH STATES \
    FORMAT FROM TO COLUMNS ROWS QUANTUM DEPTH LENGTH new progress notes MIB WHAT STEPS html svg csv dot mermaid chromium perfetto cast COLUMNSxROWS";

#[test]
fn usage() {
    let allowed = names().also(VALUES);
    let lines: &[&[&str]] = &[
        &["run"],
        &["run", "a", "b"],
        &["list", "x"],
        &["--nonsense"],
        &["run", "x", "--sched", "lottery"],
        &["run", "counter", "--sede", "3"],
        &["run", "counter", "--seed", "many"],
        &["run", "counter", "--seed"],
        &["run", "counter", "--plain", "--json"],
        &["run", "counter", "--color", "maybe"],
        &["run", "counter", "-p", "N"],
        &["run", "counter", "--schedule", "v1/zz!"],
        &["run", "counter", "--repeat", "0"],
        &["run", "counter", "--deny", "sins"],
        &["run", "counter", "--pace", "99999999"],
        &["explor"],
        &["completions"],
        &["completions", "tcsh"],
        &["man"],
        &["replay"],
        &["run", "counter", "--seed", "1", "--seed", "2"],
        &["run", "counter", "--speed", "0"],
        &["run", "counter", "--theme", "pink"],
        &["run", "counter", "--glyphs", "runes"],
        &["run", "counter", "--atomic", "byte"],
        &["run", "counter", "--notify", "none"],
        &["export", "x", "--to", "gif"],
        &["explore", "counter", "--max-states", "few"],
    ];
    let cases: Vec<Case> = lines
        .iter()
        .map(|args| case(args, &args.iter().fold(allowed.clone(), |allowed, arg| allowed.also(arg))))
        .collect();
    pure(&cases);
}

#[test]
fn targets_and_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str, bytes: &[u8]| {
        let path = directory.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let binary = path("binary.py", b"a\0b");
    let encoding = path("encoding.py", b"print('\xd6\xd0')");
    let broken = path("broken.jsonl", b"{\"lockstep\":1}\n{}\n");
    let empty = path("empty.jsonl", b"");
    let folder = directory.path().to_str().unwrap();
    let lines: &[&[&str]] = &[
        &["run", "nowhere"],
        &["run", "philosopers"],
        &["run", "counter/rac"],
        &["run", "counter/q"],
        &["run", "missing.py"],
        &["run", folder],
        &["run", &binary],
        &["run", &encoding],
        &["check", &binary],
        &["check", &encoding],
        &["check", "/nowhere.py"],
        &["replay", &broken],
        &["replay", &broken, "--plain"],
        &["replay", &empty],
        &["replay", "/nowhere.jsonl"],
        &["run", &broken],
        &["diff", &broken, &broken],
        &["run", "counter", "-p", "N=99"],
        &["run", "counter", "-p", "M=1"],
        &["run", "counter", "--sched", "manual"],
        &["counter"],
        &["run", "counter/race v1/M2.A3 @99"],
        &["run", "counter/race v1/M2.A3 @"],
        &["run", "counter v1/Z9 @1"],
        &["run", "counter", "--schedule", "v1/Z9"],
        &["list", "--path", "/nowhere"],
        &["list", "--path", folder],
        &["explore", "counter", "--live"],
        &["export", "/nowhere.jsonl", "--to", "html"],
        &["run", "counter", "--record", "/nowhere/x.jsonl"],
        &["check", folder],
        &["man", "/proc/nowhere"],
        &["new", "/proc/nowhere"],
        &["new", &empty],
        &["new", "/"],
        &["run", "counter", "--record", folder],
        &["run", "counter", "--record", "/proc/nowhere"],
        &["run", "counter/locked", "--record", "/dev/full"],
    ];
    let allowed = names().also(VALUES).also(folder).also("Thread").quotations();
    let cases: Vec<Case> = lines
        .iter()
        .map(|args| case(args, &args.iter().fold(allowed.clone(), |allowed, arg| allowed.also(arg))))
        .collect();
    pure(&cases);
}

#[test]
fn programs_that_are_refused() {
    let problems = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lang/problems");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(problems).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "py") {
            // An excerpt of the program may show its comments.
            let source = std::fs::read_to_string(&path).unwrap();
            let allowed = names().also(&source).also(path.to_str().unwrap());
            for command in ["check", "run"] {
                let case = case(&[command, path.to_str().unwrap()], &allowed);
                cases.push(Case { source: Some(source.clone()), ..case });
            }
        }
    }
    let program = Program::new("import numpy\nprint(open('x'))\n");
    cases.push(case(&["check", program.path()], &names().also(program.path()).also("import numpy print open")));
    pure(&cases);
}
