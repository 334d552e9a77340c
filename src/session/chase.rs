//! Somebody wants to bring something about: the way there from wherever they stand, searched for on an OS thread of its own.

use super::message_of;
use crate::event::Schedule;
use crate::explore::{Answer, Progress, Pursuit};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What was asked, by its number, and the answer. An error is a mistake in this program, never in the one under study.
pub type Answered = (u64, Result<Answer, String>);

/// A pursuit that waits for questions. It ends when this is dropped.
#[derive(Debug)]
pub struct Chase {
    questions: Sender<Question>,
    answers: Receiver<Answered>,
    /// Of what every question rests on, and of the last question.
    life: Progress,
    last: Progress,
}

#[derive(Debug)]
struct Question {
    number: u64,
    prefix: Schedule,
    progress: Progress,
}

impl Chase {
    /// Asks for the way from the place after these choices. A question that was asked before, and was not answered yet,
    /// is given up: it may never be answered.
    pub fn ask(&mut self, number: u64, prefix: Schedule) {
        self.last.cancel();
        let progress = Progress::default();
        self.last = progress.clone();
        // When the thread is gone, it has said why.
        let _ = self.questions.send(Question { number, prefix, progress });
    }

    /// Where the answers come.
    #[must_use]
    pub fn answers(&self) -> &Receiver<Answered> {
        &self.answers
    }
}

impl Drop for Chase {
    fn drop(&mut self) {
        self.life.cancel();
        self.last.cancel();
    }
}

/// Begins a pursuit. A panic in there does not spread: it becomes the answer.
#[must_use]
pub fn chase(mut pursuit: Pursuit) -> Chase {
    let (questions, asked) = unbounded::<Question>();
    let (out, answers) = unbounded();
    let complain = out.clone();
    let life = Progress::default();
    let watched = life.clone();
    let work = move || {
        for first in &asked {
            // Of several questions only the last one is still of interest.
            let Question { number, prefix, progress } = asked.try_iter().last().unwrap_or(first);
            if !pursuit.knows(&prefix) {
                // Every other answer rests on this. A question that is given up does not end it.
                pursuit.prepare(&watched);
            }
            let answer = catch_unwind(AssertUnwindSafe(|| pursuit.ask(&prefix, &progress)));
            let over = answer.is_err();
            let answer = answer.map_err(|panic| message_of(panic.as_ref()));
            if out.send((number, answer)).is_err() || over {
                return;
            }
        }
    };
    let guarded = {
        let complain = complain.clone();
        move || {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(work)) {
                // Nobody may be there to hear it.
                let _ = complain.send((0, Err(message_of(panic.as_ref()))));
            }
        }
    };
    if let Err(error) = std::thread::Builder::new().name("pursuit".into()).spawn(guarded) {
        let _ = complain.send((0, Err(error.to_string())));
    }
    Chase { questions, answers, life, last: Progress::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Aim, BugKind, Settings};
    use crate::kernel::Options;
    use crate::lang::{Parameters, compile};
    use crate::source::Source;
    use std::sync::Arc;

    fn pursuit() -> Pursuit {
        let text = "\
from threading import Lock, Thread
a, b = Lock(), Lock()
def work(first, second):
    with first:
        with second:
            pass
for pair in [(a, b), (b, a)]:
    Thread(target=work, args=pair).start()
";
        let source = Arc::new(Source::new("test.py", text));
        let program = compile(&source, &Parameters::default()).program.expect("it compiles");
        let options = Options { abstract_time: true, ..Options::default() };
        Pursuit::new(program, options, Settings::default(), Aim::Bug(BugKind::Deadlock))
    }

    #[test]
    fn every_last_question_is_answered() {
        let mut chase = chase(pursuit());
        for (number, prefix, left) in [(1, "v1/", Some(2)), (2, "v1/M2.A1", Some(1)), (3, "v1/M2.A2", None)] {
            chase.ask(number, prefix.parse().expect("a schedule"));
            let (answered, answer) = chase.answers().recv().expect("an answer");
            assert_eq!(answered, number);
            match answer.expect("no mistake") {
                Answer::Reachable(way) => assert_eq!(Some(way.switches), left),
                Answer::Unreachable { .. } => assert_eq!(left, None),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn of_several_questions_the_last_one_is_answered() {
        let mut chase = chase(pursuit());
        for number in 1..=20 {
            chase.ask(number, Schedule::new());
        }
        let last = chase.answers().iter().find(|(number, _)| *number == 20).expect("an answer");
        assert!(matches!(last.1, Ok(Answer::Reachable(_))));
    }
}
