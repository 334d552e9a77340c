//! The state of one thread.

use super::Position;
use super::frame::{Frame, Then};
use super::value::{NativeId, Value};
use crate::lang::{ConstId, Program, Sym};
use std::sync::Arc;

/// One thread of the program, or the part of one that runs inside a native.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    pub(super) stack: Vec<Value>,
    pub(super) frames: Vec<Frame>,
    /// The exception that is being handled; `Null` when none is.
    pub(super) handled: Value,
    /// What the thread asked for and has not been answered.
    pub(super) pending: Pending,
    /// The names of the next call's keyword arguments.
    pub(super) keyword_names: Option<ConstId>,
    /// The `Thread` object; `Null` for the main thread until somebody asks.
    pub(super) object: Value,
    /// The line that what it creates is attributed to, while others run.
    pub(super) creates_on: u32,
    pub(super) frames_made: u32,
    pub(super) back_edges: u64,
    pub(super) calls: u64,
}

/// What a thread waits to be told.
#[derive(Clone, Debug, Default)]
pub(super) enum Pending {
    /// Nothing: `advance` goes on.
    #[default]
    Nothing,
    /// It was started and has no frame yet.
    Begin,
    /// Its instruction touches memory others see; it is executed when that is granted.
    Memory,
    /// A call of a native.
    Native(Box<NativeCall>),
    /// The last words of a thread that ends: nothing comes after the reply.
    LastWords,
}

/// A call of a native whose arguments lie on the stack.
#[derive(Clone, Debug)]
pub(super) struct NativeCall {
    pub(super) native: NativeId,
    pub(super) args: usize,
    pub(super) cut: usize,
    pub(super) names: Option<Arc<[Sym]>>,
    pub(super) then: Then,
    pub(super) phase: Phase,
}

/// What the reply is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The native touches a container others see; it has not been called.
    Granted,
    /// The reply is the result.
    Result,
    /// The native is called again with the reply.
    Ask,
}

impl Thread {
    /// The main thread, about to execute the body of the user's module.
    pub(super) fn main(program: &Program) -> Thread {
        let mut thread = Thread { handled: Value::Null, object: Value::Null, ..Thread::default() };
        thread.push_module(program, program.main().body, false, Then::End);
        thread
    }

    /// Pushes the frame of a module's body.
    pub(super) fn push_module(&mut self, program: &Program, body: crate::lang::CodeId, hidden: bool, then: Then) {
        let code = program.code(body);
        let base = self.stack.len();
        self.stack.resize(base + code.locals.len() + code.cells.len() + code.frees.len(), Value::Null);
        self.push_frame(Frame {
            code: body,
            pc: 0,
            base: u32::try_from(base).unwrap_or(u32::MAX),
            cut: u32::try_from(base).unwrap_or(u32::MAX),
            hidden,
            serial: 0,
            function: Value::Null,
            handled: Value::Null,
            then,
        });
    }

    /// Makes one thread's object another's.
    pub(super) fn rename(&mut self, from: Value, to: Value) {
        let same = |value: Value| matches!((value, from), (Value::Ref(one), Value::Ref(other)) if one == other);
        let frames = self.frames.iter_mut().flat_map(|frame| [&mut frame.function, &mut frame.handled]);
        let places = self.stack.iter_mut().chain(frames).chain([&mut self.object, &mut self.handled]);
        places.filter(|place| same(**place)).for_each(|place| *place = to);
    }

    /// Pushes a frame, giving it its serial number and what to restore when it ends.
    #[inline]
    pub(super) fn push_frame(&mut self, mut frame: Frame) {
        frame.serial = self.frames_made;
        frame.handled = self.handled;
        self.frames_made = self.frames_made.wrapping_add(1);
        self.frames.push(frame);
    }

    /// The line of the innermost frame that is not library code.
    pub(super) fn line(&self, program: &Program) -> u32 {
        let innermost = self.frames.len().wrapping_sub(1);
        let Some(number) = self.frames.iter().rposition(|frame| !frame.hidden) else { return 0 };
        let frame = &self.frames[number];
        let standing = number == innermost && !matches!(self.pending, Pending::Native(_));
        let pc = if standing { frame.pc } else { frame.pc.saturating_sub(1) };
        let lines = &program.code(frame.code).lines;
        lines.get(pc as usize).or(lines.last()).copied().unwrap_or(0)
    }

    /// The line of the instruction that is being executed, for errors.
    pub(super) fn line_of_call(&self, program: &Program) -> u32 {
        let Some(frame) = self.frames.iter().rfind(|frame| !frame.hidden) else { return 0 };
        let pc = frame.pc.saturating_sub(1) as usize;
        program.code(frame.code).lines.get(pc).copied().unwrap_or(0)
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
