//! Every sentence, in both languages.

use super::samples::{self, A, NUMBERS};
use crate::event::ObjectState;
use crate::words::{Lang, Words};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A finished sentence: filled in, closed, without a trace of the catalogue.
fn check_sentence(lang: Lang, sentence: &str) {
    let end = sentence.chars().last();
    let closed = match lang {
        Lang::En => matches!(end, Some('.' | ')')),
        Lang::Zh => matches!(end, Some('。' | '）')),
    };
    assert!(closed || sentence.contains("Error: "), "{lang}: {sentence:?} does not end");
    check_filled(lang, sentence);
}

fn check_filled(lang: Lang, text: &str) {
    assert!(!text.is_empty());
    let key = text.contains('-') && !text.contains(' ') && text.is_ascii();
    assert!(!key && !text.contains(['{', '$']) || text.contains("{}"), "{lang}: {text:?} is not filled in");
}

#[test]
fn every_operation_has_a_sample() {
    let seen: BTreeSet<usize> = samples::actions().iter().map(|(action, _)| samples::number(action)).collect();
    assert_eq!(seen.len(), NUMBERS);
}

#[test]
fn every_operation_with_every_outcome_is_a_sentence() {
    let model = samples::model();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (action, usual) in samples::actions() {
            check_filled(lang, &words.action(&action, &model));
            check_sentence(lang, &words.did(A, &action, &usual, &model));
            for outcome in samples::outcomes() {
                check_sentence(lang, &words.did(A, &action, &outcome, &model));
            }
        }
    }
}

#[test]
fn states_ends_events_and_findings_are_said_in_both_languages() {
    let model = samples::model();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for state in samples::states() {
            check_filled(lang, &words.state(state));
            check_filled(lang, &words.state_clause(state, &model));
        }
        for end in samples::ends() {
            check_sentence(lang, &words.end(&end));
        }
        for kind in samples::events() {
            check_sentence(lang, &words.event(&samples::event(A, kind), &model));
        }
        for finding in samples::findings() {
            check_filled(lang, &words.finding_kind(&finding.kind));
            check_sentence(lang, &words.finding(&finding, &model));
        }
        for object in model.objects.iter().flatten() {
            check_filled(lang, &words.kind(object.kind));
            let shown = words.object_state(object, &model);
            assert!(shown.is_empty() == (matches!(object.state, ObjectState::Fields(_))), "{}: {shown:?}", object.name);
        }
    }
}

/// All of it to read through: a change of wording shows up here.
#[test]
fn the_book_of_sentences() {
    let model = samples::model();
    let mut book = String::new();
    let mut line = |text: String| writeln!(book, "{text}").expect("a string takes everything");
    for lang in Lang::ALL {
        let words = Words::new(lang);
        line(format!("# {lang}: about to, and did"));
        for (action, outcome) in samples::actions() {
            line(format!("{} / {}", words.action(&action, &model), words.did(A, &action, &outcome, &model)));
        }
        line(format!("\n# {lang}: states of threads"));
        for state in samples::states() {
            line(format!("{} / A {}", words.state(state), words.state_clause(state, &model)));
        }
        line(format!("\n# {lang}: objects"));
        for object in model.objects.iter().flatten() {
            line(format!("{} / {} / {}", object.name, words.kind(object.kind), words.object_state(object, &model)));
        }
        line(format!("\n# {lang}: events"));
        for kind in samples::events() {
            line(words.event(&samples::event(A, kind), &model));
        }
        line(format!("\n# {lang}: findings"));
        for finding in samples::findings() {
            line(format!("{} / {}", words.finding_kind(&finding.kind), words.finding(&finding, &model)));
        }
        line(format!("\n# {lang}: ends"));
        for end in samples::ends() {
            line(words.end(&end));
        }
        line(String::new());
    }
    insta::assert_snapshot!(book);
}
