//! Calls.
//!
//! A call finds its arguments on top of the value stack, from place `args` on, the values of keyword arguments last.
//! Its result goes to a [`Then`] after the stack was cut back to place `cut`. A Python function's frame begins where
//! its arguments lie; nothing is copied.

use super::{Flow, Machine, Step};
use crate::lang::{Const, ConstId16, MakeFlags, Sym};
use crate::vm::frame::{Frame, NativeAgain, Then};
use crate::vm::native::{Answer, Args, Cx, Raise};
use crate::vm::object::{Attrs, Class, Function, Obj};
use crate::vm::op::{Op, Reply};
use crate::vm::thread::{NativeCall, Phase};
use crate::vm::types;
use crate::vm::value::{NativeId, Ref, Value};
use smallvec::SmallVec;
use std::sync::Arc;

/// How many bound methods, instances with `__call__` and the like may lead to what is called in the end.
const MAX_INDIRECTIONS: u32 = 100;

impl Machine<'_> {
    // ---- the instructions ----

    pub(super) fn call_plain(&mut self, n: usize) -> Step {
        let args = self.t.stack.len() - n;
        let callable = self.t.stack[args - 1];
        let names = self.take_keyword_names();
        self.call(callable, args, args - 1, names, Then::Push)
    }

    pub(super) fn call_method(&mut self, n: usize) -> Step {
        let first = self.t.stack.len() - n;
        let (callable, receiver) = (self.t.stack[first - 2], self.t.stack[first - 1]);
        let args = if matches!(receiver, Value::Null) { first } else { first - 1 };
        let names = self.take_keyword_names();
        self.call(callable, args, first - 2, names, Then::Push)
    }

    fn take_keyword_names(&mut self) -> Option<Arc<[Sym]>> {
        let id = self.t.keyword_names.take()?;
        self.vm.tables.keyword_names.get(&id).cloned()
    }

    /// `f(*args, **kwargs)`
    pub(super) fn call_spread(&mut self, keywords: bool) -> Step {
        let kwargs = if keywords { Some(self.pop()) } else { None };
        let spread = self.pop();
        let callable = self.peek(1);
        let cut = self.t.stack.len() - 1;
        let items = self.vm.heap.tuple(spread).cloned().unwrap_or_else(|| Arc::new([]));
        self.t.stack.extend_from_slice(&items);
        let mut names: Vec<Sym> = Vec::new();
        if let Some(Obj::Dict(dict)) = kwargs.and_then(|kwargs| self.obj(kwargs)) {
            let dict = Arc::clone(dict);
            for entry in dict.iter() {
                let Some(text) = self.vm.heap.str(entry.key).cloned() else {
                    return Err(self.type_error("keywords must be strings"));
                };
                names.push(self.vm.intern(self.program, &text));
                self.push(entry.value);
            }
        }
        let names = (!names.is_empty()).then(|| names.into());
        self.call(callable, cut + 1, cut, names, Then::Push)
    }

    pub(super) fn make_function(&mut self, code: ConstId16, flags: MakeFlags) {
        let Const::Code(code) = self.program.consts[code.id().index()] else { return };
        let closure = if flags.closure { self.pop_tuple() } else { vec![] };
        let keyword_defaults = if flags.keyword_defaults { self.pop_keyword_defaults() } else { vec![] };
        let defaults = if flags.defaults { self.pop_tuple() } else { vec![] };
        let made = self.program.code(code);
        let function = Function {
            code,
            name: made.name,
            qualname: made.qualname,
            defaults,
            keyword_defaults,
            closure,
            attrs: Attrs::default(),
        };
        let value = self.alloc(Obj::Function(Arc::new(function)));
        self.push(value);
    }

    fn pop_tuple(&mut self) -> Vec<Value> {
        let value = self.pop();
        self.vm.heap.tuple(value).map(|items| items.to_vec()).unwrap_or_default()
    }

    fn pop_keyword_defaults(&mut self) -> Vec<(Sym, Value)> {
        let value = self.pop();
        let Some(Obj::Dict(dict)) = self.obj(value) else { return vec![] };
        let dict = Arc::clone(dict);
        dict.iter()
            .filter_map(|entry| {
                let text = self.vm.heap.str(entry.key).cloned()?;
                Some((self.vm.intern(self.program, &text), entry.value))
            })
            .collect()
    }

    // ---- calling ----

    /// Calls anything.
    pub(in crate::vm) fn call(
        &mut self,
        callable: Value,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
    ) -> Step {
        let mut callable = callable;
        for _ in 0..MAX_INDIRECTIONS {
            let at = match callable {
                Value::Ref(at) => at,
                Value::Native(id) => {
                    self.t.calls += 1;
                    return self.call_native(id, args, cut, names, then, None);
                }
                Value::Type(id) => {
                    self.t.calls += 1;
                    return self.construct(id, args, cut, names, then);
                }
                Value::NotYet(name) => return Err(Raise::Unmodelled(self.name(name).into())),
                _ => return Err(self.not_callable(callable)),
            };
            match self.vm.heap.get(at) {
                Obj::Function(function) => {
                    let function = Arc::clone(function);
                    return self.call_function(callable, &function, args, cut, names.as_deref(), then);
                }
                Obj::Class(class) => {
                    let class = Arc::clone(class);
                    return self.instantiate(at, &class, args, cut, names, then);
                }
                Obj::Bound(bound) => {
                    let bound = **bound;
                    self.t.stack.insert(args, bound.receiver);
                    callable = bound.function;
                }
                Obj::StaticMethod(function) | Obj::ClassMethod(function) => callable = *function,
                _ => callable = self.call_method_of(callable, args)?,
            }
        }
        Err(self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded"))
    }

    /// The `__call__` of an instance, with the instance as its first argument.
    fn call_method_of(&mut self, instance: Value, args: usize) -> Result<Value, Raise> {
        let name = self.vm.tables.names.call;
        let Some(function) = self.vm.special(instance, name) else { return Err(self.not_callable(instance)) };
        self.t.stack.insert(args, instance);
        Ok(function)
    }

    fn not_callable(&mut self, callable: Value) -> Raise {
        let text = format!("'{}' object is not callable", self.type_name(callable));
        self.type_error(&text)
    }

    /// Pushes the frame of a Python function.
    pub(super) fn call_function(
        &mut self,
        function: Value,
        parts: &Function,
        args: usize,
        cut: usize,
        names: Option<&[Sym]>,
        then: Then,
    ) -> Step {
        if self.depth as usize + self.t.frames.len() >= self.vm.limits.recursion as usize {
            self.t.stack.truncate(cut);
            return Err(self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        let code = self.program.code(parts.code);
        let params = code.params;
        let given = self.t.stack.len() - args;
        let exact = given == params.positional as usize && params.keyword_only == 0;
        if !exact || names.is_some() || params.varargs || params.varkwargs {
            self.bind_arguments(code, parts, args, names)?;
        }
        let size = code.locals.len() + code.cells.len() + code.frees.len();
        self.t.stack.resize(args + size, Value::Null);
        self.t.calls += 1;
        self.vm.fuel -= 16;
        self.t.push_frame(Frame {
            code: parts.code,
            pc: 0,
            base: args as u32,
            cut: cut as u32,
            hidden: self.program.modules[code.module.index()].hidden,
            serial: 0,
            function,
            handled: Value::Null,
            then,
        });
        if (self.vm.fuel <= 0 || self.vm.heap.fresh_bytes() >= self.vm.collect_at)
            && let Some(advance) = self.rest()?
        {
            return Ok(super::stop(advance));
        }
        Ok(Flow::Reload)
    }

    /// Calls a native, for the first time or with the reply it asked for.
    pub(super) fn call_native(
        &mut self,
        id: NativeId,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
        reply: Option<Reply>,
    ) -> Step {
        if id == self.vm.tables.build_class {
            return self.build_class(args, cut, then);
        }
        let native = *self.registry.native(id);
        let given = (self.t.stack.len() - names.as_ref().map_or(0, |names| names.len())).saturating_sub(args);
        if reply.is_none()
            && let Some((target, writes)) = self.touched_by_native(&native, args, given)
            && !self.take_grant()
        {
            let call = NativeCall { native: id, args, cut, names, then, phase: Phase::Granted };
            return Ok(self.stop_before_native(call, target, writes));
        }
        let end = self.t.stack.len() - names.as_ref().map_or(0, |names| names.len());
        let keywords: SmallVec<[(Sym, Value); 4]> = match &names {
            Some(names) => names.iter().copied().zip(self.t.stack[end..].iter().copied()).collect(),
            None => SmallVec::new(),
        };
        self.vm.fuel -= 16;
        let depth = self.depth + self.t.frames.len() as u32;
        let mut cx = Cx { vm: self.vm, program: self.program, thread: self.id, reply, depth, hidden: self.quiet };
        let answer = (native.call)(
            &mut cx,
            Args { positional: self.t.stack.get(args..end).unwrap_or_default(), keywords: &keywords },
        )?;
        match answer {
            Answer::Value(value) => {
                self.t.stack.truncate(cut);
                if matches!(then, Then::Push) {
                    self.t.stack.push(value);
                    return Ok(Flow::Next);
                }
                self.deliver(then, value)
            }
            Answer::Op(op) => self.stop_native(id, args, cut, names, then, Phase::Result, op),
            Answer::Ask(op) => self.stop_native(id, args, cut, names, then, Phase::Ask, op),
            Answer::Call { function, args: values } => {
                self.t.stack.truncate(cut);
                self.t.stack.extend_from_slice(&values);
                self.call(function, cut, cut, None, then)
            }
            Answer::Length { function, receiver } => {
                self.t.stack.truncate(cut);
                self.call_with(function, &[receiver], Then::Length(Box::new(then)))
            }
            Answer::Resume { generator, sent } => {
                self.t.stack.truncate(cut);
                self.resume(generator, sent, then)
            }
            Answer::Materialise(n) => {
                let place = args + n;
                let iterable = self.t.stack.get(place).copied().unwrap_or_default();
                let again = NativeAgain { native: id, place, args, cut, names, then };
                self.collect(iterable, Then::Again(Box::new(again)))
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "these are the fields of the call")]
    fn stop_native(
        &mut self,
        native: NativeId,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
        phase: Phase,
        op: Op,
    ) -> Step {
        let memory = matches!(op, Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. });
        if self.nested && memory {
            return self.call_native(native, args, cut, names, then, Some(Reply::Perform));
        }
        self.stop_for_native(NativeCall { native, args, cut, names, then, phase }, op)
    }

    // ---- instances ----

    fn instantiate(
        &mut self,
        at: Ref,
        class: &Arc<Class>,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
    ) -> Step {
        let new = self.vm.tables.names.new;
        if let Some((function, owner)) = self.in_mro(at, new)
            && matches!(owner, Value::Ref(_))
        {
            let function = match self.obj(function) {
                Some(Obj::StaticMethod(inner)) => *inner,
                _ => function,
            };
            return self.call_new(at, function, args, cut, names, then);
        }
        let instance = self.make_instance(at, class, args, names.as_deref())?;
        self.initialise(at, instance, args, cut, names, then)
    }

    /// Calls `__init__`, if the class has one.
    pub(super) fn initialise(
        &mut self,
        class: Ref,
        instance: Value,
        args: usize,
        cut: usize,
        names: Option<Arc<[Sym]>>,
        then: Then,
    ) -> Step {
        let init = self.vm.tables.names.init;
        if let Some((function, owner)) = self.in_mro(class, init)
            && (matches!(owner, Value::Ref(_)) || self.has_inner(instance))
        {
            self.t.stack.insert(args, instance);
            let then = Then::Init { instance, then: Box::new(then) };
            return self.call(function, args, cut, names, then);
        }
        let given = self.t.stack.len() > args;
        self.t.stack.truncate(cut);
        if given && matches!(self.obj(instance), Some(Obj::Instance(_))) && !self.has_inner(instance) {
            let text = format!("{}() takes no arguments", self.type_name(instance));
            return Err(self.type_error(&text));
        }
        self.deliver(then, instance)
    }

    fn has_inner(&self, instance: Value) -> bool {
        matches!(self.obj(instance), Some(Obj::Instance(instance)) if !matches!(instance.inner, Value::Null))
    }
}
