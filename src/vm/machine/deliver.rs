//! What happens with the result of a call: see [`Then`].

use super::{Flow, Machine, Step};
use crate::vm::frame::{NativeAgain, Test, Then};
use crate::vm::lib::entry;
use crate::vm::native::Raise;
use crate::vm::object::Obj;
use crate::vm::op::Advance;
use crate::vm::types;
use crate::vm::value::{Ref, Value};

impl Machine<'_> {
    /// `RETURN_VALUE`: the innermost frame ends.
    #[inline]
    pub(super) fn return_value(&mut self, value: Value) -> Step {
        let Some(frame) = self.t.frames.pop() else { return Ok(Flow::Reload) };
        self.t.stack.truncate(frame.cut as usize);
        self.t.handled = frame.handled;
        if matches!(frame.then, Then::Push) {
            self.t.stack.push(value);
            return Ok(Flow::Reload);
        }
        match self.deliver(frame.then, value)? {
            Flow::Next => Ok(Flow::Reload),
            other => Ok(other),
        }
    }

    /// Gives a result to whoever waits for it. The arguments of the call are gone from the stack.
    pub(super) fn deliver(&mut self, then: Then, value: Value) -> Step {
        match then {
            Then::Push | Then::Next { .. } | Then::SendNext { .. } => self.push(value),
            Then::PushNull => {
                self.push(value);
                self.push(Value::Null);
            }
            Then::Forget => {}
            Then::Init { instance, then } => {
                if !matches!(value, Value::None) {
                    let text = format!("__init__() should return None, not '{}'", self.type_name(value));
                    return Err(self.type_error(&text));
                }
                return self.deliver(*then, instance);
            }
            Then::New(new) => return self.after_new(*new, value),
            Then::Truth { by_length, then } => {
                let truth = self.truth_of_result(value, by_length)?;
                return Ok(self.decide(then, truth));
            }
            Then::Binary(call) => return self.after_binary(*call, value),
            Then::Compare(call) => return self.after_compare(*call, value),
            Then::Iter(then) => return self.after_iter(value, *then),
            Then::NextOr { then, .. } | Then::Item(then) => return self.deliver(*then, value),
            Then::Collect { list, iterator, then } => return self.collect_step(list, iterator, *then, value),
            Then::Sentinel { iterator, sentinel, then } => {
                return self.after_sentinel(iterator, sentinel, *then, value);
            }
            Then::Replace { place } => {
                self.t.stack[place as usize] = value;
                if let Some(frame) = self.t.frames.last_mut() {
                    frame.pc = frame.pc.saturating_sub(1);
                }
                return Ok(Flow::Reload);
            }
            Then::Again(again) => return self.again(*again, value),
            Then::Import(module) => return self.after_import(module),
            Then::ClassBody { parts, namespace } => return self.finish_class(*parts, namespace, value),
            Then::Text { method, then } => {
                if self.vm.heap.str(value).is_none() {
                    let text = format!("{method} returned non-string (type {})", self.type_name(value));
                    return Err(self.type_error(&text));
                }
                return self.deliver(*then, value);
            }
            Then::Format { spec } => return self.format_text(value, spec),
            Then::Length(then) => {
                let length = self.checked_length(value)?;
                return self.deliver(*then, Value::Int(length));
            }
            Then::Generator { generator, then } => return self.generator_returned(generator, *then, value),
            Then::End => {
                self.result = value;
                return Ok(super::stop(Advance::Finished));
            }
        }
        Ok(Flow::Next)
    }

    fn again(&mut self, again: NativeAgain, list: Value) -> Step {
        self.t.stack[again.place] = list;
        self.call_native(again.native, again.args, again.cut, again.names, again.then, None)
    }

    /// What `__bool__` or `__len__` said.
    fn truth_of_result(&mut self, value: Value, by_length: bool) -> Result<bool, Raise> {
        if by_length {
            return Ok(self.checked_length(value)? != 0);
        }
        match value {
            Value::Bool(truth) => Ok(truth),
            other => {
                let text = format!("__bool__ should return bool, returned {}", self.type_name(other));
                Err(self.type_error(&text))
            }
        }
    }

    fn checked_length(&mut self, value: Value) -> Result<i64, Raise> {
        match value {
            Value::Int(length @ 0..) => Ok(length),
            Value::Bool(length) => Ok(i64::from(length)),
            Value::Int(_) => Err(self.raise(types::VALUE_ERROR, "__len__() should return >= 0")),
            other => {
                let text = format!("'{}' object cannot be interpreted as an integer", self.type_name(other));
                Err(self.type_error(&text))
            }
        }
    }

    /// Goes on according to a truth.
    pub(super) fn decide(&mut self, test: Test, truth: bool) -> Flow {
        match test {
            Test::Push { negate } => {
                self.push(Value::Bool(truth != negate));
                Flow::Next
            }
            Test::Jump { when, target } if truth == when => self.jump(target),
            Test::Jump { .. } => Flow::Next,
            Test::JumpOrPop { when, target } if truth == when => self.jump(target),
            Test::JumpOrPop { .. } => {
                self.pop();
                Flow::Next
            }
        }
    }

    /// `StopIteration` has come out of a frame: does whoever waits for it take it? `None`: no.
    pub(super) fn take_stop_iteration(&mut self, then: Then, exception: Ref) -> Option<Step> {
        let step = match then {
            Then::Next { exhausted } => {
                self.pop();
                Ok(self.jump(exhausted))
            }
            Then::SendNext { exhausted } => {
                let value = self.stop_value(exception);
                self.pop();
                self.push(value);
                Ok(self.jump(exhausted))
            }
            Then::NextOr { default, then } => self.deliver(*then, default),
            Then::Item(then) | Then::Sentinel { then, .. } => return self.take_stop_iteration(*then, exception),
            Then::Collect { list, iterator, then } if !matches!(iterator, Value::Null) => {
                self.deliver(*then, Value::Ref(list))
            }
            _ => return None,
        };
        Some(step)
    }

    /// The value that a `StopIteration` carries.
    pub(super) fn stop_value(&self, exception: Ref) -> Value {
        match self.vm.heap.get(exception) {
            Obj::Exception(exception) => exception.args.first().copied().unwrap_or(Value::None),
            _ => Value::None,
        }
    }

    /// Called by `FORMAT_VALUE` with the text of the value.
    fn format_text(&mut self, text: Value, spec: Value) -> Step {
        if self.vm.heap.str(text).is_none() {
            let text = format!("__str__ returned non-string (type {})", self.type_name(text));
            return Err(self.type_error(&text));
        }
        let spec = self.vm.heap.str(spec).cloned().unwrap_or_else(|| "".into());
        let formatted = entry::format(&mut self.cx(), text, &spec)?;
        let value = self.alloc(Obj::Str(formatted));
        self.push(value);
        Ok(Flow::Next)
    }
}
