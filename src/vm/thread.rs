//! The state of one thread.

use super::Position;
use super::frame::{Frame, Then};
use super::native::Registry;
use super::value::Value;
use crate::lang::Program;

/// One thread of the program.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    pub(super) stack: Vec<Value>,
    pub(super) frames: Vec<Frame>,
    pub(super) back_edges: u64,
    pub(super) calls: u64,
}

impl Thread {
    /// The main thread, about to execute the body of the user's module.
    pub(super) fn main(program: &Program) -> Thread {
        let body = program.main().body;
        let code = program.code(body);
        let size = code.locals.len() + code.cells.len() + code.frees.len();
        let frame = Frame {
            code: body,
            pc: 0,
            base: 0,
            cut: 0,
            hidden: false,
            serial: 0,
            function: Value::Null,
            then: Then::End,
        };
        Thread { stack: vec![Value::Null; size], frames: vec![frame], ..Thread::default() }
    }

    /// The line of the innermost frame that is not library code.
    pub(super) fn line(&self, program: &Program) -> u32 {
        let Some(frame) = self.frames.iter().rev().find(|frame| !frame.hidden) else { return 0 };
        let lines = &program.code(frame.code).lines;
        lines.get(frame.pc as usize).or(lines.last()).copied().unwrap_or(0)
    }

    pub(super) fn position(&self, program: &Program) -> Position {
        let Some(frame) = self.frames.last() else { return Position::default() };
        Position {
            frame: frame.serial,
            line: self.line(program),
            back_edges: self.back_edges,
            calls: self.calls,
            hidden: frame.hidden,
        }
    }
}

/// Puts `threading`'s and `queue`'s natives into the tables.
pub(super) fn register(_registry: &mut Registry) {}
