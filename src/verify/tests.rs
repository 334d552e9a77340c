use super::*;
use crate::scenario::Catalogue;

const PROGRAM: &str = "\
import threading

n = 0


def add():
    global n
    n = n + 1


a = threading.Thread(target=add, name='A')
b = threading.Thread(target=add, name='B')
a.start()
b.start()
a.join()
b.join()
print(n)
";

/// A scenario about that program, with these fields of its variant.
fn verified(fields: &str) -> Vec<String> {
    verified_of(PROGRAM, fields)
}

fn verified_of(program: &str, fields: &str) -> Vec<String> {
    verified_with("", program, fields)
}

/// Besides, these fields of the scenario.
fn verified_with(more: &str, program: &str, fields: &str) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("demo");
    std::fs::create_dir(&folder).unwrap();
    let manifest = format!(
        r#"{{"id": "demo", "title": {{"en": "D"}}, "summary": {{"en": "D."}}, "topic": {{"en": "D"}}, "level": "first",
"languages": ["en"], {more} "variants": [{{"id": "one", "file": "one.py", "title": {{"en": "O"}}, "summary": {{"en": "O."}},
{fields}
}}]}}"#
    );
    let story = "# D\n\nHello.\n\n## one\n\nBefore.\n\n### after\n\nAfter.\n";
    for (name, text) in [("scenario.json", &*manifest), ("one.py", program), ("story.en.md", story)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let mut catalogue = Catalogue::default();
    catalogue.add(&folder).unwrap();
    let variant = &catalogue.scenarios()[0].variants[0];
    let verified = verify(variant, 100_000, &Progress::default());
    verified.shortfalls.iter().map(|shortfall| format!("{}: {}", shortfall.line, told(&shortfall.kind))).collect()
}

fn told(kind: &ShortfallKind) -> String {
    match kind {
        ShortfallKind::Outcomes { missing, extra } => {
            let values = |list: &[StatedOutcome]| -> Vec<String> {
                list.iter().map(|outcome| outcome.globals.values().cloned().collect::<String>()).collect()
            };
            format!("outcomes -{:?} +{:?}", values(missing), values(extra))
        }
        other => format!("{other:?}"),
    }
}

const TRUE: &str = r#""expect": {"verdict": "proved", "ends": {"finished": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]},
"outcomes": [{"end": "finished", "globals": {"n": "1"}}, {"end": "finished", "globals": {"n": "2"}}]}"#;

#[test]
fn what_is_true_falls_short_of_nothing() {
    let rest = r#", "stage": "register value=n threads=A,B",
        "notes": [{"when": {"event": "wrote", "object": "n"}, "text": {"en": "x"}}],
        "questions": [{"ask": "values", "of": "n"}, {"ask": "deadlock"}]"#;
    assert_eq!(verified(&format!("{TRUE}{rest}")), Vec::<String>::new());
}

#[test]
fn each_statement_that_is_not_true_is_named_with_its_line() {
    let lists =
        TRUE.replace("\"n\": \"2\"", "\"n\": \"3\"").replace("\"finished\": [1,", "\"crash\": [1], \"finished\": [");
    // A verdict that could be true together with these ends.
    let lists = lists
        .replace("\"proved\"", "[\"crash\"]")
        .replace("\"outcomes\": [", "\"outcomes\": [{\"end\": \"crash\", \"globals\": {\"n\": \"1\"}}, ");
    let rest = r#",
"stage": "register value=m threads=A,C",
"notes": [{"when": {"event": "blocked"}, "text": {"en": "x"}},
{"when": {"event": "wrote", "object": "n"}, "text": {"en": "x"}}],
"questions": [{"ask": "deadlock"},
{"ask": "values", "of": "m"},
{"ask": "now", "of": "n", "after": "v1/A9"}]"#;
    let found = verified(&format!("{lists}{rest}"));
    let begins = [
        "3: Verdict { stated: [Crash], found: [] }",
        "3: outcomes -[\"3\", \"1\"] +[\"2\"]",
        "3: End { seed: 1, stated: Crash, found: Finished }",
        "9: Question { number: 2, flaw: NoVariable(\"m\") }",
        "10: Question { number: 3, flaw: Misfit(",
        "6: Note { number: 1, runs: 22, without: None }",
        "5: Role { role: \"value\", name: \"m\" }",
        "5: Role { role: \"threads\", name: \"C\" }",
    ];
    assert_eq!(found.len(), begins.len(), "{found:#?}");
    for (found, begin) in found.iter().zip(begins) {
        assert!(found.starts_with(begin), "{found} is not {begin}");
    }
}

#[test]
fn globals_of_the_outcomes_are_those_of_the_program() {
    // `add` is a function, `to` a word in a comment, `x` one in a string.
    for (name, is_global) in [("n", true), ("add", false), ("to", false), ("x", false), ("print", false)] {
        let fields = TRUE.replace("\"n\"", &format!("\"{name}\""));
        let found = verified_of(&format!("{PROGRAM}# back to x\nprint('x')\n"), &fields);
        let wanted = format!("3: Global {{ name: \"{name}\" }}");
        assert_eq!(found, if is_global { Vec::new() } else { vec![wanted] });
    }
}

#[test]
fn what_keeps_a_note_silent_is_named() {
    let rest = r#",
        "notes": [{"when": {"event": "wrote", "object": "m", "thread": "A"}, "text": {"en": "x"}}]"#;
    let found = verified(&format!("{TRUE}{rest}"));
    assert!(found[0].contains(r#"without: Some("object")"#), "{found:?}");
}

#[test]
fn what_is_not_finished_proves_nothing() {
    let variant = Catalogue::embedded().get("philosophers").unwrap().variant("ordered").unwrap().clone();
    let verified = verify(&variant, 10, &Progress::default());
    assert!(matches!(verified.shortfalls[0].kind, ShortfallKind::NotFinished { .. }), "{verified:?}");
    assert_eq!(verified.verdict, Some(explore::Verdict::NotFinished));
}

/// Three that meet at a table for two to five, and a question with steps for three.
const TABLE: &str = "\
import threading

N = 3
seats = [threading.Lock() for i in range(3)]


def sit(i):
    with seats[i]:
        print(i)


for i in range(N):
    threading.Thread(target=sit, args=(i,)).start()
";

#[test]
fn the_ends_of_a_parameter_are_looked_at() {
    let parameter = |max: i64| {
        let about = r#""about": {"en": "how many"}"#;
        format!("\"parameters\": [\n{{\"name\": \"N\", {about}, \"min\": 1, \"max\": {max}}}],")
    };
    let fields = |ask: &str| format!("\"expect\": {{\"verdict\": \"proved\"}}, \"questions\": [{ask}]");
    let steps = "{\"ask\": \"next\", \"after\": \"v1/M3.A1.B1\"}";
    // With one thread the steps of the question do not exist: that is nobody's fault.
    assert_eq!(verified_with(&parameter(3), TABLE, &fields(steps)), Vec::<String>::new());
    // There are seats for three. The run with a seed is enough to see it.
    let found = verified_with(&parameter(4), TABLE, &fields(steps));
    let wanted = "3: Limit { name: \"N\", value: 4, wrong: End { seed: 1, found: Crash } }";
    assert_eq!(found, [wanted]);
    // A variable that is not there has no value with any number.
    let found = verified_with(&parameter(3), TABLE, &fields("{\"ask\": \"values\", \"of\": \"x\"}"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].contains("value: 1, wrong: Question { number: 1, flaw: NoVariable(\"x\") }"), "{found:?}");
}

#[test]
fn every_embedded_scenario_makes_sense_at_the_ends_of_its_parameters() {
    let mut wrong = Vec::new();
    for scenario in Catalogue::embedded().scenarios() {
        for variant in &scenario.variants {
            for setting in &variant.settings {
                let found = limits::at_limits(variant, setting, 1_000, &Progress::default());
                wrong.extend(found.iter().map(|kind| format!("{}/{}: {}", scenario.id, variant.id, told(kind))));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
