use super::*;
use crate::event::{Alternative, Choice};
use crate::ids::ThreadId;
use proptest::prelude::*;

fn parse(text: &str) -> Moment {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn wrong(text: &str) -> String {
    text.parse::<Moment>().map_or_else(|error| error.to_string(), |moment| panic!("{text} is {moment:?}"))
}

#[test]
fn the_lines_of_the_manual_read_and_print() {
    for text in [
        "counter/race @0",
        "counter/race N=3 seed=7 atomic=line v1/M5.A2.B3 @10",
        "deadlock/timeout sched=rr:3 notify=any fair spurious v1/M2.A!timeout @2",
        "%E2%80%AE.py eof @0",
        "../课程/我的%20程序.py N=-3 p.seed=4 name=%22it%27s%22 input=Ada%20L input= eof v1/ @0",
        "%2Dp.py names=[1,%202] @4294967295",
    ] {
        assert_eq!(parse(text).to_string(), text);
    }
    let moment = parse("../课程/我的%20程序.py p.seed=4 input=%1B[2J v1/M3 @3");
    assert_eq!(moment.target, "../课程/我的 程序.py");
    assert_eq!(moment.parameters, [("seed".to_owned(), "4".to_owned())]);
    assert_eq!((moment.seed, moment.inputs), (1, vec![Some("\x1b[2J".into())]));
}

#[test]
fn a_line_that_was_broken_by_a_letter_is_whole_again() {
    let whole = parse("counter/race N=3 v1/M5.A12.B3 @20");
    for text in [
        "counter/race N=3\n v1/M5.A12.\n B3 @20\n",
        "counter/race\u{a0}N=3 v1/M5.A1 2.B3\r\n@20",
        "  counter/race\u{3000}N=3 v1/ M5.A12.B3\t@20",
    ] {
        assert_eq!(parse(text), whole, "{text:?}");
    }
}

#[test]
fn the_first_mistake_is_named_with_its_place_and_the_remedy() {
    let cases = [
        ("", "moment, character 1: a scenario or a file is needed first"),
        ("a/b v1/M3", "moment, character 10: a moment ends with its step, as in @12; the end of the line is missing"),
        ("a/b seed=7", "moment, character 11: a moment ends with its step, as in @12; the end of the line is missing"),
        ("a/b v1/M3 @", "moment, character 12: `@`: a step is a number from 0 to 4294967295"),
        ("a/b v1/M3 @-1", "moment, character 12: `@-1`: a step is a number from 0 to 4294967295"),
        ("a/b @4294967296", "moment, character 6: `@4294967296`: a step is a number from 0 to 4294967295"),
        (
            "a/b v1/M3 @4",
            "moment, character 11: the schedule ends after step 3, and the moment is step 4: a part of the line is missing",
        ),
        ("a/b v1/M3 @3 v1/M3", "moment, character 14: `v1/M3`: nothing can follow on the step"),
        ("a/b v1/M3 @3 @3", "moment, character 14: `@3`: nothing can follow on the step"),
        ("a/b v1/M3.. A2 @3", "moment, character 11: in the schedule: expected a thread's letter, found nothing"),
        ("a/b v1/M3. a2 @3", "moment, character 12: in the schedule: expected a thread's letter, found \"a\""),
        ("a/b v2/M3 @3", "moment, character 5: in the schedule: a schedule begins with \"v1/\""),
        ("a/b seed=x @3", "moment, character 10: `seed=x`: a seed is a number from 0 to 18446744073709551615"),
        ("a/b seed=1 seed=1 @3", "moment, character 12: seed is said twice"),
        ("a/b fair=yes @3", "moment, character 5: fair has no value"),
        ("a/b atomic=lines @3", "moment, character 12: unknown atomicity \"lines\"; there are op, line and gil"),
        ("a/b notify=\u{202e} @3", "moment, character 12: `notify=\\u{202e}` is no name"),
        ("a/b eof input=x @3", "moment, character 9: nothing can be typed after the end of the input (eof)"),
        ("a/b =3 @3", "moment, character 5: the name before = is missing"),
        ("a/b p.=3 @3", "moment, character 7: the name before = is missing"),
        ("a/b N=%2 @3", "moment, character 7: after % two digits of base 16 are needed, as in %20; % itself is %25"),
        ("a%zz @3", "moment, character 2: after % two digits of base 16 are needed, as in %20; % itself is %25"),
        ("a/b 中=%C3中 @3", "moment, character 7: the bytes written with % are no UTF-8 text"),
        (
            "a/b fare @3",
            "moment, character 5: `fare` means nothing here; there are NAME=VALUE, seed=..., sched=..., atomic=..., \
             notify=..., input=..., fair, spurious, eof, a schedule v1/..., and @STEP at the end",
        ),
    ];
    for (text, reason) in cases {
        assert_eq!(wrong(text), reason, "{text}");
    }
}

#[test]
fn a_reason_stays_short_and_harmless_whatever_the_line_is() {
    for word in ["\x1b[2J".repeat(40_000), "\u{202e}x".repeat(40_000), "v1/M1.".to_owned() + &"\x1b".repeat(90_000)] {
        let reason = wrong(&format!("a/b {word} @3"));
        assert!(reason.len() < 1_000, "{} bytes", reason.len());
        assert!(!reason.chars().any(char::is_control), "{reason:?}");
    }
}

#[test]
fn what_means_to_be_a_moment_is_told_from_a_file() {
    for text in ["a/b @0", "a/b v1/M3", "my program.py v1/ @0", "a/b N=3 @x", "a/b v2/M3 @3", "a/b\n@3"] {
        assert!(Moment::is_meant(text), "{text}");
    }
    for text in ["", "counter/race", "my program.py", "v1/M3.py", "a v/x.py", "@3"] {
        assert!(!Moment::is_meant(text), "{text}");
    }
}

#[test]
fn real_threads_lead_to_the_usual_rules() {
    let options = Options { atomicity: Atomicity::Line, fair: true, ..Options::default() };
    let header = Header { target: "a.py".into(), seed: 3, options, ..Header::default() };
    let inputs = || vec![Some("x".into()), None, Some("never read".into())];
    let schedule = || "v1/M3.A1".parse().unwrap();
    let simulated = Moment::of(&header, schedule(), inputs());
    assert_eq!(simulated.to_string(), "a.py seed=3 atomic=line fair input=x eof v1/M3.A1 @4");
    let live = Header { live: Some(crate::kernel::live::LiveOptions::default()), ..header };
    assert_eq!(Moment::of(&live, schedule(), inputs()).to_string(), "a.py seed=3 input=x eof v1/M3.A1 @4");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-z_]{1,8}", 2 => "\\PC{1,12}", 1 => "(?s).{1,12}", 1 => "[@=%'\"p.v1/ \n-]{1,8}"]
}

fn names() -> impl Strategy<Value = String> {
    let reserved = prop::sample::select(vec!["seed", "fair", "eof", "input", "p", "p.x", "v1/", "数"]);
    prop_oneof![2 => "[A-Za-z_]{1,6}", 1 => text(), 1 => reserved.prop_map(str::to_owned)]
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let alternatives = prop::sample::select(vec![
        Alternative::Go,
        Alternative::Timeout,
        Alternative::Spurious,
        Alternative::Wake(2),
        Alternative::Draw(7),
    ]);
    let choice =
        (0..40_u32, alternatives).prop_map(|(thread, alternative)| Choice { thread: ThreadId(thread), alternative });
    prop::collection::vec(choice, 0..40).prop_map(|choices| choices.into_iter().collect())
}

fn moments() -> impl Strategy<Value = Moment> {
    let kinds = ["manual", "random", "rr", "rr:7", "fifo", "pct", "pct:5:200"];
    let rules = (
        prop_oneof![Just(1_u64), any::<u64>()],
        prop::sample::select(kinds.to_vec()),
        prop::sample::select(vec![Atomicity::Op, Atomicity::Line, Atomicity::Gil]),
        any::<[bool; 2]>(),
        prop::sample::select(vec![Notify::First, Notify::Any]),
    );
    let typed = (prop::collection::vec(prop_oneof![3 => text(), 1 => Just(String::new())], 0..3), any::<bool>());
    let place = (prop::option::of(schedules()), any::<u32>());
    let parameters = prop::collection::vec((names(), text()), 0..4);
    (text(), parameters, rules, typed, place).prop_map(|(target, parameters, rules, (lines, eof), (schedule, step))| {
        let (seed, kind, atomicity, [fair, spurious], notify) = rules;
        let inputs = lines.into_iter().map(|line| Some(line.into())).chain(eof.then_some(None)).collect();
        let most = schedule.as_ref().map_or(u32::MAX, |schedule| u32::try_from(schedule.len()).unwrap());
        let step = Step(if most == u32::MAX { step } else { step % (most + 1) });
        let scheduler = kind.parse().unwrap();
        Moment { target, parameters, seed, scheduler, atomicity, fair, spurious, notify, inputs, schedule, step }
    })
}

proptest! {
    #[test]
    fn a_line_keeps_everything(moment in moments()) {
        let line = moment.to_string();
        prop_assert_eq!(line.parse::<Moment>(), Ok(moment), "{}", line);
        prop_assert!(Moment::is_meant(&line));
        prop_assert!(!line.starts_with('-'));
        let odd = |c: char| c.is_control() || "'\"`$\\<>&|;*?~#{}\u{202e}\u{200b}".contains(c);
        prop_assert!(!line.chars().any(odd), "{}", line);
        prop_assert!(!line.chars().any(|c| c != ' ' && c.is_whitespace()), "{}", line);
    }

    #[test]
    fn no_line_makes_the_parser_panic(text in "(a/b )?([a-z%0-9 =.@M中]|v1/|input=|\\PC){0,40}( @[0-9]{1,3})?") {
        if let Ok(moment) = text.parse::<Moment>() {
            prop_assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment));
        }
    }
}
