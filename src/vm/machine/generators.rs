//! Generators: frames that are set aside.

use super::{Flow, Machine, Step};
use crate::vm::frame::{Frame, Then};
use crate::vm::native::Raise;
use crate::vm::object::{Generator, GeneratorState, Obj};
use crate::vm::types;
use crate::vm::value::{Ref, Value};
use std::sync::Arc;

impl Machine<'_> {
    /// First instruction of a generator's frame: the frame goes aside, the generator to the caller.
    pub(super) fn return_generator(&mut self) -> Step {
        let Some(mut frame) = self.t.frames.pop() else { return Ok(Flow::Reload) };
        let stack = self.t.stack.split_off(frame.base as usize);
        let code = self.program.code(frame.code);
        let then = std::mem::replace(&mut frame.then, Then::End);
        let cut = frame.cut as usize;
        let generator = Generator {
            name: code.name,
            qualname: code.qualname,
            state: GeneratorState::Created,
            frame: Some(Box::new(frame)),
            stack,
        };
        self.t.stack.truncate(cut);
        let value = self.alloc(Obj::Generator(Arc::new(generator)));
        self.deliver_reload(then, value)
    }

    pub(super) fn deliver_reload(&mut self, then: Then, value: Value) -> Step {
        Ok(match self.deliver(then, value)? {
            Flow::Next => Flow::Reload,
            other => other,
        })
    }

    /// Resumes a generator; what it yields goes to `then`.
    pub(in crate::vm) fn resume(&mut self, at: Ref, sent: Value, then: Then) -> Step {
        let first = match self.generator_state(at) {
            GeneratorState::Running => return Err(self.raise(types::VALUE_ERROR, "generator already executing")),
            GeneratorState::Closed => {
                let raise = self.stop_iteration();
                return match raise {
                    Raise::Exception(exception) => match self.take_stop_iteration(then, exception) {
                        Some(step) => step,
                        None => Err(raise),
                    },
                    other @ Raise::Unmodelled(_) => Err(other),
                };
            }
            state => state == GeneratorState::Created,
        };
        if first && !matches!(sent, Value::None) {
            return Err(self.type_error("can't send non-None value to a just-started generator"));
        }
        if self.depth as usize + self.t.frames.len() >= self.vm.limits.recursion as usize {
            return Err(self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        self.push_generator_frame(at, then);
        self.push(sent);
        Ok(Flow::Reload)
    }

    /// Puts the generator's frame back on the thread.
    fn push_generator_frame(&mut self, at: Ref, then: Then) {
        let Obj::Generator(generator) = self.vm.heap.get_mut(at) else { return };
        let generator = Arc::make_mut(generator);
        generator.state = GeneratorState::Running;
        let Some(frame) = generator.frame.take() else { return };
        let stack = std::mem::take(&mut generator.stack);
        let base = self.t.stack.len() as u32;
        self.t.stack.extend_from_slice(&stack);
        self.t.push_frame(Frame {
            base,
            cut: base,
            then: Then::Generator { generator: at, then: Box::new(then) },
            ..*frame
        });
    }

    pub(super) fn yield_value(&mut self) -> Step {
        let value = self.pop();
        let Some(mut frame) = self.t.frames.pop() else { return Ok(Flow::Reload) };
        let stack = self.t.stack.split_off(frame.base as usize);
        self.t.handled = frame.handled;
        let Then::Generator { generator, then } = std::mem::replace(&mut frame.then, Then::End) else {
            return Err(Raise::Unmodelled("yield outside of a generator".into()));
        };
        if self.vm.heap.head(generator).shared {
            // Whoever resumes it next sees what it has made since.
            for value in &stack {
                self.vm.share(*value);
            }
        }
        if let Obj::Generator(parts) = self.vm.heap.get_mut(generator) {
            let parts = Arc::make_mut(parts);
            parts.state = GeneratorState::Suspended;
            parts.stack = stack;
            parts.frame = Some(Box::new(frame));
        }
        self.deliver_reload(*then, value)
    }

    /// A generator has returned: whoever asked gets `StopIteration` with its value.
    pub(super) fn generator_returned(&mut self, at: Ref, then: Then, value: Value) -> Step {
        self.close_generator(at);
        let args = if matches!(value, Value::None) { vec![] } else { vec![value] };
        let raise = self.cx().raise_with(types::STOP_ITERATION, args);
        match raise {
            Raise::Exception(exception) => match self.take_stop_iteration(then, exception) {
                Some(step) => step,
                None => Err(raise),
            },
            Raise::Unmodelled(_) => Err(raise),
        }
    }

    pub(super) fn close_generator(&mut self, at: Ref) {
        if let Obj::Generator(parts) = self.vm.heap.get_mut(at) {
            let parts = Arc::make_mut(parts);
            parts.state = GeneratorState::Closed;
            parts.frame = None;
            parts.stack = Vec::new();
        }
    }

    /// `yield from`: the iterator.
    pub(super) fn get_yield_from_iter(&mut self) -> Step {
        self.get_iter()
    }

    /// `iterator sent → iterator yielded`
    pub(super) fn send(&mut self, exhausted: u32) -> Step {
        let (sent, iterator) = (self.pop(), self.peek(1));
        if let (Some(Obj::Generator(_)), Value::Ref(at)) = (self.obj(iterator), iterator) {
            return self.resume(at, sent, Then::SendNext { exhausted });
        }
        if self.advances_in_python(iterator) {
            return self.advance_iterator(iterator, Then::SendNext { exhausted });
        }
        let Value::Ref(at) = iterator else { return Err(self.stop_iteration()) };
        if let Some(item) = crate::vm::lib::entry::next(&mut self.cx(), at)? {
            self.push(item);
            return Ok(Flow::Next);
        }
        self.pop();
        self.push(Value::None);
        Ok(self.jump(exhausted))
    }
}
