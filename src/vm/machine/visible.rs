//! Where a thread stops, and how it goes on.

use super::{Flow, Machine, Step};
use crate::ids::ThreadId;
use crate::lang::{Code, Program, Sym};
use crate::vm::Vm;
use crate::vm::frame::Frame;
use crate::vm::native::{Effect, Native, Raise, Registry};
use crate::vm::object::Obj;
use crate::vm::op::{Advance, Op, Reply};
use crate::vm::thread::{NativeCall, Pending, Phase, Thread};
use crate::vm::types;
use crate::vm::value::{Ref, TypeId, Value};
use std::sync::Arc;

/// How far reading a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Iterators and views lead to their containers.
    Iterators,
    /// The elements are looked at, too.
    Everything,
}

/// How many objects are looked at for one that others see.
const LOOK_INSIDE: u32 = 1000;

/// Natives that advance their iterator.
const ADVANCES: &[&str] = &["next", "__next__", "send", "throw", "close"];

/// Natives that read what all their arguments contain.
const READS_ALL: &[&str] = &[
    "difference",
    "difference_update",
    "extend",
    "extendleft",
    "fromkeys",
    "intersection",
    "intersection_update",
    "isdisjoint",
    "issubset",
    "issuperset",
    "join",
    "symmetric_difference",
    "symmetric_difference_update",
    "union",
    "update",
];

/// Natives that read everything inside their arguments.
const READS_TEXTS: &[&str] =
    &["ascii", "count", "format", "index", "max", "min", "print", "remove", "repr", "sorted", "str", "sum"];

impl<'a> Machine<'a> {
    /// A machine for this thread.
    pub(in crate::vm) fn new(vm: &'a mut Vm, program: &'a Program, id: ThreadId, t: Thread) -> Machine<'a> {
        Machine {
            vm,
            program,
            registry: Registry::get(),
            t,
            id,
            granted: false,
            quiet: false,
            nested: false,
            depth: 0,
            reraising: false,
            result: Value::None,
            failed: None,
        }
    }

    /// Goes on with the reply to what the thread asked for.
    pub(in crate::vm) fn answer(&mut self, reply: Reply) -> Advance {
        let step = match std::mem::take(&mut self.t.pending) {
            Pending::Nothing => Ok(Flow::Next),
            Pending::Begin => return self.begin(),
            Pending::LastWords => return Advance::Finished,
            Pending::Memory => self.perform(reply),
            Pending::Native(call) => self.answer_native(*call, reply),
        };
        match step {
            Ok(Flow::Stop(advance)) => *advance,
            Ok(Flow::Next | Flow::Reload) => self.run(),
            Err(raise) => match self.unwind(raise) {
                Ok(()) => self.run(),
                Err(advance) => *advance,
            },
        }
    }

    fn perform(&mut self, reply: Reply) -> Step {
        if let Reply::Raise(class, text) = reply {
            let pc = self.frame().pc as usize;
            self.save(pc + 1);
            return Err(self.raise(class, &text));
        }
        self.granted = true;
        Ok(Flow::Next)
    }

    fn answer_native(&mut self, call: NativeCall, reply: Reply) -> Step {
        self.quiet = self.nested || self.frame().hidden;
        // The end of a call that stopped: a place where CPython may switch threads, after the operation.
        self.t.calls += 1;
        match (call.phase, reply) {
            (_, Reply::Raise(class, text)) => Err(self.raise(class, &text)),
            (Phase::Granted, _) => {
                self.granted = true;
                self.call_native(call.native, call.args, call.cut, call.names, call.then, None)
            }
            (Phase::Ask, reply) => {
                self.call_native(call.native, call.args, call.cut, call.names, call.then, Some(reply))
            }
            (Phase::Result, reply) => {
                let value = self.value_of_reply(reply);
                self.t.stack.truncate(call.cut);
                self.deliver(call.then, value)
            }
        }
    }

    /// The value a reply stands for.
    fn value_of_reply(&mut self, reply: Reply) -> Value {
        match reply {
            Reply::Value(value) => value,
            Reply::Text(text) => self.alloc(Obj::Str(text)),
            Reply::Float(x) => Value::Float(x),
            Reply::Indices(indices) => {
                let items: Vec<Value> = indices.iter().map(|n| Value::Int(i64::from(*n))).collect();
                self.alloc(Obj::List(Arc::new(items)))
            }
            Reply::Threads(threads) => {
                let items: Vec<Value> = threads.iter().map(|thread| self.vm.thread_object(*thread)).collect();
                self.alloc(Obj::List(Arc::new(items)))
            }
            Reply::Perform | Reply::Raise(..) => Value::None,
        }
    }

    /// Stops before the instruction that was just fetched: it is executed when the operation is granted.
    pub(super) fn stop_before(&mut self, op: Op) -> Flow {
        if let Some(frame) = self.t.frames.last_mut() {
            frame.pc = frame.pc.saturating_sub(1);
        }
        self.t.pending = Pending::Memory;
        super::stop(Advance::Op(op))
    }

    /// True, once, when the visible operation has been granted.
    #[inline]
    pub(super) fn take_grant(&mut self) -> bool {
        std::mem::take(&mut self.granted)
    }

    /// Lets a nested run say what others would see, although it performs everything silently.
    pub(in crate::vm) fn look_around(&mut self) {
        self.quiet = false;
    }

    /// Whether reading this object's contents is a visible operation. A container that is about to be written is not
    /// frozen any more.
    #[inline]
    pub(super) fn is_visible(&mut self, at: Ref, writes: bool) -> bool {
        if self.quiet {
            self.vm.note_silent(at);
            return false;
        }
        let head = *self.vm.heap.head(at);
        if !head.shared {
            return false;
        }
        if head.frozen && !writes {
            return false;
        }
        if head.frozen || head.id.is_none() {
            self.vm.declare_late(at);
        }
        true
    }

    /// Whether a call that touches this container is visible.
    pub(super) fn touches_visibly(&mut self, value: Value, writes: bool) -> Option<Ref> {
        let Value::Ref(at) = self.inner(value) else { return None };
        let container = match self.vm.heap.get(at) {
            Obj::List(_) | Obj::Dict(_) | Obj::Set(_) | Obj::Deque(_) => at,
            Obj::DictView(dict, _) => *dict,
            _ => return None,
        };
        self.is_visible(container, writes).then_some(container)
    }

    /// What a call of a native touches that others see, with whether it changes it.
    pub(super) fn touched_by_native(&mut self, native: &Native, args: usize, given: usize) -> Option<(Ref, bool)> {
        if self.quiet && !self.vm.journal.on {
            return None;
        }
        let first = self.t.stack.get(args).copied()?;
        let writes = native.effect == Effect::Writes;
        if native.effect != Effect::Pure
            && let Some(target) = self.touches_visibly(first, writes)
        {
            return Some((target, writes));
        }
        if ADVANCES.contains(&native.name) {
            return self.seen_inside(first, Depth::Iterators).map(|target| (target, true));
        }
        let (depth, count) = match native.effect {
            _ if READS_TEXTS.contains(&native.name) => (Depth::Everything, given),
            _ if READS_ALL.contains(&native.name) => (Depth::Iterators, given),
            Effect::Reads => (Depth::Iterators, 1),
            Effect::Pure | Effect::Writes => return None,
        };
        (args..args + count).find_map(|place| {
            let value = self.t.stack.get(place).copied()?;
            self.seen_inside(value, depth).map(|target| (target, false))
        })
    }

    /// The first thing that others see and that is read when this value is read.
    pub(super) fn seen_inside(&mut self, value: Value, depth: Depth) -> Option<Ref> {
        let Value::Ref(first) = value else { return None };
        if self.quiet && !self.vm.journal.on {
            return None;
        }
        let mut open = vec![first];
        for _ in 0..LOOK_INSIDE {
            let at = open.pop()?;
            let (container, iterator) = match self.vm.heap.get(at) {
                Obj::List(_) | Obj::Dict(_) | Obj::Set(_) | Obj::Deque(_) => (true, false),
                Obj::Iter(_) | Obj::ListIter { .. } | Obj::RangeIter { .. } | Obj::Generator(_) => (false, true),
                _ => (false, false),
            };
            if (container || iterator) && self.is_visible(at, iterator) {
                return Some(at);
            }
            let goes_on = match self.vm.heap.get(at) {
                Obj::Tuple(_) => depth == Depth::Everything,
                Obj::Iter(_) | Obj::ListIter { .. } | Obj::DictView(..) => true,
                Obj::Instance(instance) => {
                    open.extend(instance.inner.as_ref());
                    false
                }
                _ => container && depth == Depth::Everything,
            };
            if goes_on {
                self.vm.heap.get(at).each_reference(&mut |next| open.push(next));
            }
        }
        self.vm.journal.opaque = true;
        None
    }

    /// Stops before a native that touches a container others see.
    pub(super) fn stop_before_native(&mut self, mut call: NativeCall, target: Ref, writes: bool) -> Flow {
        let native = self.registry.native(call.native);
        let name = self.vm.intern(self.program, native.name);
        // What it touches stands first, as the receiver or as the first argument, and is named already.
        let shown = self.t.stack.get(call.args + 1..).unwrap_or_default();
        let op = Op::Method { target, name, args: shown.into(), writes };
        call.phase = Phase::Granted;
        self.t.pending = Pending::Native(Box::new(call));
        super::stop(Advance::Op(op))
    }

    /// Stops before an operation of a native.
    pub(super) fn stop_for_native(&mut self, call: NativeCall, op: Op) -> Step {
        if self.nested {
            return Err(Raise::Unmodelled(nested_text(&op).into()));
        }
        self.t.pending = Pending::Native(Box::new(call));
        Ok(super::stop(Advance::Op(op)))
    }

    /// An operator that reads a container others see, as a method of it.
    pub(super) fn stop_before_operator(&mut self, target: Ref, name: &str, args: &[Value], writes: bool) -> Flow {
        let name = self.vm.intern(self.program, name);
        self.stop_before(Op::Method { target, name, args: args.into(), writes })
    }

    // ---- where it stands ----

    #[inline]
    pub(super) fn frame(&self) -> &Frame {
        self.t.frames.last().expect("instructions are executed in a frame")
    }

    pub(super) fn base(&self) -> usize {
        self.frame().base as usize
    }

    pub(super) fn code(&self) -> &'a Code {
        self.program.code(self.frame().code)
    }

    pub(in crate::vm) fn name(&self, name: Sym) -> &str {
        self.vm.name(self.program, name)
    }

    pub(in crate::vm) fn raise(&mut self, class: TypeId, text: &str) -> Raise {
        self.cx().raise(class, text)
    }

    pub(super) fn type_error(&mut self, text: &str) -> Raise {
        self.raise(types::TYPE_ERROR, text)
    }

    pub(super) fn type_name(&self, value: Value) -> Arc<str> {
        self.vm.type_name(self.program, value)
    }
}

fn nested_text(op: &Op) -> &'static str {
    match op {
        Op::Print { .. } => "print() inside a method that a built-in operation calls",
        Op::Input { .. } => "input() inside a method that a built-in operation calls",
        Op::Sleep(_) => "sleep() inside a method that a built-in operation calls",
        _ => "a synchronisation inside a method that a built-in operation calls",
    }
}
