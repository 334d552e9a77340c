//! Exceptions: raising, matching, unwinding.

use super::{Flow, Machine, Step};
use crate::ids::ThreadId;
use crate::vm::frame::Then;
use crate::vm::lib::entry;
use crate::vm::native::Raise;
use crate::vm::object::{Exception, Obj, TraceLine};
use crate::vm::op::{Advance, Op};
use crate::vm::thread::Pending;
use crate::vm::types;
use crate::vm::value::{Ref, Value};
use std::sync::Arc;

/// What raising costs, and what it costs per frame: as much time as so many instructions take.
const RAISE_COST: i64 = 120;
const FRAME_COST: i64 = 20;

impl Machine<'_> {
    // ---- the instructions ----

    /// `exception → previous exception`
    pub(super) fn push_exc_info(&mut self) {
        let exception = self.pop();
        let previous = std::mem::replace(&mut self.t.handled, exception);
        self.push(previous);
        self.push(exception);
    }

    /// `exception type → exception bool`
    pub(super) fn check_exc_match(&mut self) -> Result<(), Raise> {
        let wanted = self.pop();
        let exception = self.peek(1);
        let classes = self.vm.heap.tuple(wanted).cloned().unwrap_or_else(|| Arc::new([wanted]));
        for class in &*classes {
            let fits = match class {
                Value::Type(id) => types::is_exception(*id),
                Value::Ref(at) => {
                    matches!(self.vm.heap.get(*at), Obj::Class(class) if types::is_exception(class.base_type))
                }
                Value::NotYet(_) => true,
                _ => false,
            };
            if !fits {
                return Err(self.type_error("catching classes that do not inherit from BaseException is not allowed"));
            }
        }
        let matches = classes.iter().any(|class| self.vm.is_instance(exception, *class));
        self.push(Value::Bool(matches));
        Ok(())
    }

    pub(super) fn raise_varargs(&mut self, n: u8) -> Step {
        if n == 0 {
            let Value::Ref(at) = self.t.handled else {
                return Err(self.raise(types::RUNTIME_ERROR, "No active exception to reraise"));
            };
            self.reraising = true;
            return Err(Raise::Exception(at));
        }
        let cause = if n == 2 { self.pop() } else { Value::Null };
        let raised = self.pop();
        let exception = self.as_exception(raised, "exceptions must derive from BaseException")?;
        if n == 2 {
            let cause = match cause {
                Value::None => Value::Null,
                cause => Value::Ref(self.as_exception(cause, "exception causes must derive from BaseException")?),
            };
            if let Some(exception) = self.exception_mut(exception) {
                exception.cause = cause;
                exception.suppress_context = true;
            }
        }
        Err(Raise::Exception(exception))
    }

    /// An exception, from an instance or a class.
    pub(in crate::vm) fn as_exception(&mut self, value: Value, otherwise: &str) -> Result<Ref, Raise> {
        let fresh = match value {
            Value::Type(id) if types::is_exception(id) => Some(Exception::new(value, vec![])),
            Value::Ref(at) => match self.vm.heap.get(at) {
                Obj::Exception(_) => return Ok(at),
                Obj::Class(class) if types::is_exception(class.base_type) => {
                    let made = self.cx().call(value, &[])?;
                    return match made {
                        Value::Ref(at) if matches!(self.vm.heap.get(at), Obj::Exception(_)) => Ok(at),
                        _ => Err(self.type_error(otherwise)),
                    };
                }
                _ => None,
            },
            _ => None,
        };
        match fresh {
            Some(exception) => Ok(self.vm.heap.alloc(Obj::Exception(Arc::new(exception)))),
            None => Err(self.type_error(otherwise)),
        }
    }

    pub(super) fn reraise(&mut self) -> Step {
        self.reraising = true;
        match self.pop() {
            Value::Ref(at) => Err(Raise::Exception(at)),
            _ => Err(self.raise(types::SYSTEM_ERROR, "no exception to raise again")),
        }
    }

    // ---- unwinding ----

    pub(in crate::vm) fn exception_mut(&mut self, at: Ref) -> Option<&mut Exception> {
        match self.vm.heap.get_mut(at) {
            Obj::Exception(exception) => Some(Arc::make_mut(exception)),
            _ => None,
        }
    }

    /// Looks for a handler, frame by frame. `Err`: the thread stops.
    pub(in crate::vm) fn unwind(&mut self, raise: Raise) -> Result<(), Box<Advance>> {
        let mut exception = match raise {
            Raise::Exception(at) => at,
            Raise::Unmodelled(what) => {
                let line = self.t.line_of_call(self.program);
                return Err(Box::new(Advance::Unmodelled { what, line }));
            }
        };
        self.t.keyword_names = None;
        self.granted = false;
        self.vm.fuel -= RAISE_COST;
        let mut reraising = std::mem::take(&mut self.reraising);
        if !reraising {
            self.chain(exception);
        }
        loop {
            self.vm.fuel -= FRAME_COST;
            let Some(frame) = self.t.frames.last() else {
                return Err(Box::new(self.died(exception)));
            };
            let at = frame.pc.saturating_sub(1);
            let code = self.program.code(frame.code);
            if !reraising {
                let line = code.lines.get(at as usize).copied().unwrap_or(0);
                let entry = TraceLine { code: frame.code, line };
                if let Some(exception) = self.exception_mut(exception) {
                    exception.trace.push(entry);
                }
            }
            reraising = false;
            let frame = self.frame();
            if let Some(handler) = code.handlers.iter().find(|handler| (handler.start..handler.end).contains(&at)) {
                let size = code.locals.len() + code.cells.len() + code.frees.len();
                let depth = frame.base as usize + size + handler.depth as usize;
                self.t.stack.truncate(depth);
                self.push(Value::Ref(exception));
                self.save(handler.target as usize);
                return Ok(());
            }
            if let Some(done) = self.leave_frame(&mut exception)? {
                return Ok(done);
            }
        }
    }

    /// Takes the innermost frame away because of an exception. `Some`: somebody has dealt with it.
    fn leave_frame(&mut self, exception: &mut Ref) -> Result<Option<()>, Box<Advance>> {
        let Some(frame) = self.t.frames.pop() else { return Ok(None) };
        self.t.stack.truncate(frame.cut as usize);
        self.t.handled = frame.handled;
        let mut then = frame.then;
        if let Then::Generator { generator, then: inner } = then {
            self.close_generator(generator);
            if self.is_stop_iteration(*exception) {
                *exception = self.generator_raised_stop(*exception);
                return Ok(None);
            }
            then = *inner;
        }
        match then {
            Then::Import(module) => self.vm.set_module_loaded(module, false),
            Then::End => return Err(Box::new(self.died(*exception))),
            then if self.ends_iteration(&then, *exception) => return self.offer_stop(then, *exception),
            _ => {}
        }
        Ok(None)
    }

    fn offer_stop(&mut self, then: Then, exception: Ref) -> Result<Option<()>, Box<Advance>> {
        match self.take_stop_iteration(then, exception) {
            None => Ok(None),
            Some(Ok(Flow::Stop(advance))) => Err(advance),
            Some(Ok(Flow::Next | Flow::Reload)) => Ok(Some(())),
            Some(Err(raise)) => self.unwind(raise).map(Some),
        }
    }

    /// Whether this exception tells whoever waits that there is nothing more.
    fn ends_iteration(&self, then: &Then, exception: Ref) -> bool {
        let by_index = matches!(then, Then::Item(_))
            && self.vm.is_instance(Value::Ref(exception), Value::Type(types::INDEX_ERROR));
        by_index || self.is_stop_iteration(exception)
    }

    fn is_stop_iteration(&self, exception: Ref) -> bool {
        self.vm.is_instance(Value::Ref(exception), Value::Type(types::STOP_ITERATION))
    }

    /// PEP 479.
    fn generator_raised_stop(&mut self, stop: Ref) -> Ref {
        let raise = self.raise(types::RUNTIME_ERROR, "generator raised StopIteration");
        let Raise::Exception(at) = raise else { return stop };
        if let Some(exception) = self.exception_mut(at) {
            exception.cause = Value::Ref(stop);
            exception.context = Value::Ref(stop);
            exception.suppress_context = true;
        }
        at
    }

    /// Remembers what was being handled when this exception was raised.
    fn chain(&mut self, at: Ref) {
        let Value::Ref(handled) = self.t.handled else { return };
        if handled == at || self.context_chain_has(handled, at) {
            return;
        }
        if let Some(exception) = self.exception_mut(at)
            && matches!(exception.context, Value::Null)
        {
            exception.context = Value::Ref(handled);
        }
    }

    fn context_chain_has(&mut self, from: Ref, wanted: Ref) -> bool {
        let mut current = from;
        for _ in 0..1000 {
            self.vm.fuel -= 1;
            let Obj::Exception(exception) = self.vm.heap.get(current) else { return false };
            match exception.context {
                Value::Ref(next) if next == wanted => return true,
                Value::Ref(next) => current = next,
                _ => return false,
            }
        }
        true
    }

    /// No frame has handled it.
    fn died(&mut self, exception: Ref) -> Advance {
        self.t.frames.clear();
        self.t.stack.clear();
        if self.nested {
            self.failed = Some(exception);
            return Advance::Finished;
        }
        if self.vm.is_instance(Value::Ref(exception), Value::Type(types::SYSTEM_EXIT)) {
            return self.exit(exception);
        }
        let texts = self.own_texts(exception);
        let (summary, traceback, line) = self.vm.report(self.program, self.id, exception, &texts);
        Advance::Failed { exception: summary.into(), traceback: traceback.into(), line }
    }

    /// What the `__str__` methods of the program say about an exception and those it came from.
    fn own_texts(&mut self, exception: Ref) -> Vec<(Ref, Arc<str>)> {
        let mut texts = Vec::new();
        for at in self.vm.exception_chain(exception) {
            if self.vm.special(Value::Ref(at), self.vm.tables.names.str).is_some() {
                let text = entry::str(&mut self.cx(), Value::Ref(at));
                texts.push((at, text.unwrap_or_else(|_| "<exception str() failed>".into())));
            }
        }
        texts
    }

    /// `sys.exit`: in the main thread a message is shown, any other thread just ends.
    fn exit(&mut self, exception: Ref) -> Advance {
        let argument = match self.vm.heap.get(exception) {
            Obj::Exception(exception) => exception.args.first().copied().unwrap_or(Value::None),
            _ => Value::None,
        };
        if self.id != ThreadId::MAIN || matches!(argument, Value::None | Value::Int(_) | Value::Bool(_)) {
            return Advance::Finished;
        }
        let text = match self.vm.heap.str(argument) {
            Some(text) => format!("{text}\n"),
            None => format!("{}\n", self.vm.repr(self.program, argument, usize::MAX)),
        };
        self.t.pending = Pending::LastWords;
        Advance::Op(Op::Print { text: text.into(), error: true })
    }
}
