//! What is written of a thread: its frames, its values, and what it waits to be told.

use super::{Canon, END};
use crate::lang::Sym;
use crate::vm::frame::{BinaryCall, ClassParts, CompareCall, Frame, NativeAgain, NewCall, Test, Then};
use crate::vm::thread::{NativeCall, Pending, Thread};
use std::hash::Hash;

impl Canon<'_> {
    pub(super) fn thread(&mut self, thread: &Thread) {
        let Thread { stack, frames, handled, pending, keyword_names, .. } = thread;
        // The rest counts calls and lines, for events and within a step; the object is in the shared part.
        self.push(frames.len() as u64);
        for frame in frames {
            self.frame(frame);
        }
        self.values(stack);
        self.value(*handled);
        self.scratch.words.variant(pending);
        match pending {
            Pending::Nothing | Pending::Begin | Pending::Memory | Pending::LastWords => {}
            Pending::Native(call) => self.native_call(call),
        }
        self.push(keyword_names.map_or(END, |id| id.index() as u64));
    }

    pub(super) fn frame(&mut self, frame: &Frame) {
        // Its serial number only tells frames of one step apart.
        let Frame { code, pc, base, cut, hidden, serial: _, function, handled, then } = frame;
        self.push(u64::from(code.0) << 32 | u64::from(*pc));
        self.push(u64::from(*base) << 32 | u64::from(*cut));
        self.push(u64::from(*hidden));
        self.value(*function);
        self.value(*handled);
        self.then(then);
    }

    fn native_call(&mut self, call: &NativeCall) {
        let NativeCall { native, args, cut, names, then, phase } = call;
        self.push(u64::from(native.0));
        self.push(*args as u64);
        self.push(*cut as u64);
        self.names(names.as_deref());
        self.then(then);
        self.scratch.words.variant(phase);
    }

    fn names(&mut self, names: Option<&[Sym]>) {
        self.push(names.map_or(END, |names| names.len() as u64));
        names.into_iter().flatten().for_each(|name| self.sym(*name));
    }

    fn then(&mut self, then: &Then) {
        self.scratch.words.variant(then);
        match then {
            Then::Push | Then::PushNull | Then::Forget | Then::End => {}
            Then::Init { instance: value, then } | Then::NextOr { default: value, then } => {
                self.value(*value);
                self.then(then);
            }
            Then::New(call) => {
                let NewCall { class, args, names, then } = &**call;
                self.reference(*class);
                self.values(args);
                self.names(names.as_deref());
                self.then(then);
            }
            Then::Truth { by_length, then } => {
                self.push(u64::from(*by_length));
                self.test(*then);
            }
            Then::Binary(call) => {
                let BinaryCall { op, inplace, left, right, stage } = **call;
                op.hash(&mut self.scratch.words);
                self.push(u64::from(inplace) | u64::from(stage) << 1);
                self.value(left);
                self.value(right);
            }
            Then::Compare(call) => {
                let CompareCall { op, left, right, stage, negate } = **call;
                op.hash(&mut self.scratch.words);
                self.push(u64::from(negate) | u64::from(stage) << 1);
                self.value(left);
                self.value(right);
            }
            Then::Iter(then) | Then::Item(then) | Then::Length(then) => self.then(then),
            Then::Next { exhausted } | Then::SendNext { exhausted } => self.push(u64::from(*exhausted)),
            Then::Collect { list, iterator, then } => {
                self.reference(*list);
                self.value(*iterator);
                self.then(then);
            }
            Then::Sentinel { iterator, sentinel, then } => {
                self.value(*iterator);
                self.value(*sentinel);
                self.then(then);
            }
            Then::Replace { place } => self.push(u64::from(*place)),
            Then::Again(again) => {
                let NativeAgain { native, place, args, cut, names, then } = &**again;
                self.push(u64::from(native.0));
                for n in [place, args, cut] {
                    self.push(*n as u64);
                }
                self.names(names.as_deref());
                self.then(then);
            }
            Then::Import(module) => self.push(u64::from(module.0)),
            Then::ClassBody { parts, namespace } => {
                let ClassParts { name, bases, then } = &**parts;
                self.value(*name);
                self.values(bases);
                self.value(*namespace);
                self.then(then);
            }
            Then::Text { method, then } => {
                self.scratch.words.text(method);
                self.then(then);
            }
            Then::Format { spec } => self.value(*spec),
            Then::Generator { generator, then } => {
                self.reference(*generator);
                self.then(then);
            }
        }
    }

    fn test(&mut self, test: Test) {
        self.scratch.words.variant(&test);
        let (flag, target) = match test {
            Test::Push { negate } => (negate, 0),
            Test::Jump { when, target } | Test::JumpOrPop { when, target } => (when, target),
        };
        self.push(u64::from(flag) | u64::from(target) << 1);
    }
}
