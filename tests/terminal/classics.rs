//! Each of the six classics as a student takes it: predicted, run, explained, challenged, compared, and remembered.

use crate::lockstep;
use crate::pty::Pty;
use lockstep::scenario::Catalogue;
use lockstep::words::Lang;
use std::fs;

/// More steps than any of the ways takes.
const FAR: u32 = 80;

/// What a student can rely on seeing, in one language.
struct Speech {
    lang: Lang,
    gallery: &'static str,
    question: &'static str,
    /// The verdict on an answer: right, wrong, or not known yet.
    verdicts: [&'static str; 3],
    menu: &'static str,
    begun: &'static str,
    /// What stands before the letter of the thread in a hint, and after it.
    hint: (&'static [&'static str], &'static str),
    won: &'static str,
    over: &'static str,
    difference: &'static str,
    /// What the gallery says of a challenge that was won.
    reached: &'static str,
    step: fn(u32) -> String,
}

const ENGLISH: Speech = Speech {
    lang: Lang::En,
    gallery: "Scenarios",
    question: "Question 1 of",
    verdicts: ["Right.", "Not quite.", "Not decided."],
    menu: "Challenge: what",
    begun: "You are the scheduler",
    hint: (&["Hint: go on with ", "Hint: let "], "From here"),
    won: "WON",
    over: "The challenge is over",
    difference: "First difference",
    reached: "challenge won",
    step: |step| format!("step {step}  switches"),
};

const CHINESE: Speech = Speech {
    lang: Lang::Zh,
    gallery: "场景",
    question: "第 1 题",
    verdicts: ["答对了", "没有答对", "尚无定论"],
    menu: "挑战：要",
    begun: "你来当调度器：",
    hint: (&["提示：让 "], "从这里起"),
    won: "成功",
    over: "挑战结束了",
    difference: "第一处不同",
    reached: "挑战成功",
    step: |step| format!("第 {step} 步  切换"),
};

/// The letter of the thread that the hint names, when the whole hint stands there.
fn hinted(screen: &vt100::Screen, (before, after): (&[&str], &str)) -> Option<char> {
    let text = screen.contents();
    let rest = before.iter().find_map(|before| text.split_once(before)).map(|(_, rest)| rest)?;
    if rest.contains(after) { rest.chars().next() } else { None }
}

/// Waits for one of these texts.
#[track_caller]
fn wait_any(pty: &mut Pty, texts: &[&str]) {
    pty.wait_for(&texts.join(", or "), |screen| texts.iter().any(|text| screen.contents().contains(text)));
}

/// The first words of the explanation, as far as they are plain.
fn explanation(name: &str, lang: Lang) -> String {
    let catalogue = Catalogue::embedded();
    let (scenario, variant) = name.split_once('/').unwrap();
    let story = &catalogue.get(scenario).unwrap().story;
    let story = if lang == Lang::Zh { &story.zh } else { &story.en };
    let after = &story.section(variant).unwrap().after;
    let plain: String = after.chars().take(12).take_while(|c| !"`*\n".contains(*c)).collect();
    assert!(!plain.trim().is_empty(), "{after}");
    plain.trim().to_owned()
}

/// From the gallery to the verdict on the first question.
fn predict(pty: &mut Pty, name: &str, speech: &Speech) {
    pty.wait_text(speech.gallery);
    pty.send(&format!("/{name}"));
    pty.wait_text(&format!("/ {name}"));
    pty.send("\r");
    pty.wait_text(speech.question);
    pty.wait_for("the options", |screen| screen.contents().contains("1 ( )") || screen.contents().contains("1 [ ]"));
    pty.send("1\r");
    wait_any(pty, &speech.verdicts);
    pty.send("s");
    pty.wait_text(&(speech.step)(0));
}

/// Runs it to the end, and reads why it ended so.
fn explain(pty: &mut Pty, name: &str, speech: &Speech) {
    pty.send("G");
    pty.wait_for("the end", |screen| !screen.contents().contains(&(speech.step)(0)));
    pty.send("i");
    pty.wait_text(&explanation(name, speech.lang));
}

/// Begins the first challenge, and follows the hints until it is won.
fn challenge(pty: &mut Pty, speech: &Speech) {
    pty.send("c");
    pty.wait_text(speech.menu);
    pty.send("\r");
    pty.wait_text(speech.begun);
    pty.wait_text(&(speech.step)(0));
    for step in 1..FAR {
        pty.send("H");
        let has_won = |screen: &vt100::Screen| screen.contents().contains(speech.won);
        pty.wait_for("a hint", |screen| hinted(screen, speech.hint).is_some() || has_won(screen));
        if has_won(pty.screen()) {
            return;
        }
        let key = match hinted(pty.screen(), speech.hint) {
            Some('M') => 0,
            Some(letter @ 'A'..='I') => letter as u32 - 'A' as u32 + 1,
            other => panic!("{other:?} has no key:\n{}", pty.screen().contents()),
        };
        pty.send(&key.to_string());
        let header = (speech.step)(step);
        // Both belong to one picture, which may arrive in pieces.
        pty.wait_for(&header, |screen| {
            let text = screen.contents();
            text.contains(&header) && speech.hint.0.iter().all(|hint| !text.contains(hint))
        });
    }
    panic!("not won:\n{}", pty.screen().contents());
}

/// Takes a classic from the first question to what is remembered of it. What was wanted, by its name in the file.
fn student(name: &str, wanted: &str, speech: &Speech) {
    let (mut pty, home) = lockstep(&["--lang", speech.lang.code()], 120, 32);
    predict(&mut pty, name, speech);
    explain(&mut pty, name, speech);
    challenge(&mut pty, speech);
    pty.send("\x1b");
    pty.wait_text(speech.over);
    pty.send("d");
    pty.wait_text(speech.difference);
    pty.send("\x1b");
    pty.wait_for("the stage", |screen| !screen.contents().contains(speech.difference));
    pty.send("q");
    pty.wait_text(speech.reached);
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
    let kept = fs::read_to_string(home.path().join("data/lockstep/progress.txt")).unwrap();
    let line = kept.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line.contains(" run") && line.contains(" predicted="), "{line}");
    let (_, counts) = line.split_once(&format!("challenge:{wanted}=")).unwrap_or_else(|| panic!("{line}"));
    let (moves, par) = counts.split(' ').next().unwrap().split_once('/').unwrap();
    let (moves, par): (u32, u32) = (moves.parse().unwrap(), par.parse().unwrap());
    // Whoever does as the hints say needs no more switches than anybody.
    assert_eq!(moves, par, "{line}");
}

#[test]
fn the_counter() {
    student("counter/race", "assertion", &ENGLISH);
}

#[test]
fn two_locks() {
    student("deadlock/opposite", "deadlock", &ENGLISH);
}

#[test]
fn the_philosophers() {
    student("philosophers/naive", "deadlock", &CHINESE);
}

#[test]
fn the_traffic_light() {
    student("traffic/boss", "stuck", &ENGLISH);
}

#[test]
fn producers_and_consumers() {
    student("condition/if", "crash", &ENGLISH);
}

#[test]
fn the_car_park() {
    student("parking/bounded", "crash", &ENGLISH);
}
