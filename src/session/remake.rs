//! Making a recorded run again in the simulator, so that it can be gone on with.
//!
//! Program, options and choices determine every event. So the recorded choices are made again, and what comes of them is
//! compared with what was recorded; where it is not the same, the file was written by another version of Lockstep, or
//! altered by hand, and to go on from there would show a run that never was.

use super::desk::{Desk, Gone};
use super::ledger::{Ledger, Likeness};
use super::run::{Listener, Run};
use super::{Control, Start, Unresumable};
use crate::event::Event;
use crate::ids::Step;
use crate::kernel::sim::Status;

/// The worker looks whether somebody says something once in this many steps.
const LISTEN_STEPS: u32 = 256;

/// What came of it.
pub(super) enum Remade {
    /// The run after the step, and those of its events that are not on the tape.
    Run(Box<Run>, Vec<Event>),
    No(Unresumable),
    /// Somebody wants something else.
    Interrupted,
}

/// Makes the run again up to this step.
pub(super) fn remake(start: &Start, ledger: &Ledger, to: Step, desk: &mut Desk) -> Result<Remade, Gone> {
    let mut events = Vec::new();
    let mut run = act(&mut events, |listener| Run::new(start, listener));
    run.know(ledger.lines(&start.inputs));
    let mut quiet = 0;
    loop {
        while let Status::Busy | Status::AwaitingInput { .. } = run.status() {
            if run.status() == Status::Busy {
                if is_interrupted(desk)? {
                    return Ok(Remade::Interrupted);
                }
                act(&mut events, |listener| run.resume(listener));
            } else if let Some(line) = run.known_line() {
                act(&mut events, |listener| run.give_input(line, listener));
            } else {
                break;
            }
        }
        let at = run.step();
        let new = match ledger.compare(at, &events) {
            Likeness::Same => events.len(),
            Likeness::Begun(recorded) => recorded,
            Likeness::Unlike => return Ok(Remade::No(Unresumable::Unlike(at))),
        };
        if at >= to {
            run.know(start.inputs.iter().cloned().map(Some).collect());
            return Ok(Remade::Run(Box::new(run), events.split_off(new)));
        }
        events.clear();
        quiet = (quiet + 1) % LISTEN_STEPS;
        if quiet == 0 && is_interrupted(desk)? {
            return Ok(Remade::Interrupted);
        }
        let next = Step(at.0 + 1);
        let Some(choice) = ledger.choice_after(at) else { return Ok(Remade::No(Unresumable::Unlike(next))) };
        if let Err(misfit) = act(&mut events, |listener| run.repeat(choice, listener)) {
            return Ok(Remade::No(Unresumable::Misfit(next, misfit.said())));
        }
    }
}

/// Lets the run do something that stops at nothing.
fn act<T>(events: &mut Vec<Event>, act: impl FnOnce(&mut Listener<'_>) -> T) -> T {
    act(&mut Listener { events, breakpoints: &[], hit: &mut None })
}

/// Whether somebody wants something else. What takes effect in passing waits: it does not hold anything up.
fn is_interrupted(desk: &mut Desk) -> Result<bool, Gone> {
    desk.listen()?;
    let passing =
        |control: &Control| matches!(control, Control::Scheduler { .. } | Control::Breakpoints(_) | Control::Pace(_));
    Ok(!desk.waiting.iter().all(passing))
}
