//! Displays, unpacking, formatted strings.

use super::visible::Depth;
use super::{Flow, Machine, Step};
use crate::lang::{Conversion, Instr};
use crate::vm::frame::Then;
use crate::vm::heap::Origin;
use crate::vm::lib::{entry, sets};
use crate::vm::native::Raise;
use crate::vm::object::Obj;
use crate::vm::types;
use crate::vm::value::{Ref, Value};
use std::fmt::Write;
use std::sync::Arc;

impl Machine<'_> {
    pub(super) fn build(&mut self, instr: Instr) -> Step {
        match instr {
            Instr::BuildTuple(n) => {
                let items: Arc<[Value]> = self.take(n as usize).into();
                self.make_sequence(Obj::Tuple(Arc::clone(&items)), &items);
            }
            Instr::BuildList(n) => {
                self.note_line();
                let items = self.take(n as usize);
                self.make_sequence(Obj::List(Arc::new(items.clone())), &items);
            }
            Instr::ListToTuple => {
                let list = self.pop();
                let items = match self.obj(list) {
                    Some(Obj::List(items)) => Arc::clone(items),
                    _ => Arc::default(),
                };
                self.make_sequence(Obj::Tuple(items[..].into()), &items);
            }
            Instr::BuildSet(n) => self.build_set(n as usize)?,
            Instr::BuildMap(n) => self.build_map(n as usize)?,
            Instr::BuildString(n) => self.build_string(n as usize)?,
            Instr::ListAppend(n) => self.list_append(n as usize),
            Instr::SetAdd(n) => {
                let item = self.pop();
                if let Value::Ref(set) = self.peek(n as usize) {
                    entry::set_add(&mut self.cx(), set, item)?;
                }
            }
            Instr::MapAdd(n) => {
                let (value, key) = (self.pop(), self.pop());
                if let Value::Ref(dict) = self.peek(n as usize) {
                    self.dict_set(dict, key, value)?;
                }
            }
            Instr::ListExtend(n) => return self.extend(n as usize, false),
            Instr::SetUpdate(n) => return self.extend(n as usize, true),
            Instr::DictUpdate(n) => return self.update(n as usize, false),
            Instr::DictMerge(n) => return self.update(n as usize, true),
            _ => {}
        }
        Ok(Flow::Next)
    }

    /// The topmost `n` operands, in order.
    fn take(&mut self, n: usize) -> Vec<Value> {
        let from = self.t.stack.len().saturating_sub(n);
        self.t.stack.split_off(from)
    }

    fn make_sequence(&mut self, obj: Obj, items: &[Value]) {
        let made = self.vm.heap.alloc(obj);
        if !self.quiet {
            for (item, index) in items.iter().zip(0u32..) {
                if let Value::Ref(item) = item {
                    self.vm.name_after(*item, Origin::Index(made, index));
                }
            }
        }
        self.push(Value::Ref(made));
    }

    fn list_append(&mut self, n: usize) {
        let item = self.pop();
        let Value::Ref(at) = self.peek(n) else { return };
        let Some(items) = self.vm.heap.list_mut(at) else { return };
        items.push(item);
        let index = items.len() as u32 - 1;
        self.vm.heap.charge(16);
        if let Value::Ref(item) = item
            && !self.quiet
        {
            self.vm.name_after(item, Origin::Index(at, index));
        }
    }

    fn build_set(&mut self, n: usize) -> Result<(), Raise> {
        self.note_line();
        let constant = self.are_constants(n);
        let items = self.take(n);
        if constant {
            let set = sets::display_of_constants(&mut self.cx(), &items)?;
            let value = self.alloc(Obj::Set(Arc::new(set)));
            self.push(value);
            return Ok(());
        }
        let set = self.vm.heap.alloc(Obj::Set(Arc::default()));
        for item in items {
            entry::set_add(&mut self.cx(), set, item)?;
        }
        self.push(Value::Ref(set));
        Ok(())
    }

    /// More than two operands, all of them written as constants: CPython makes a set of them when it compiles.
    fn are_constants(&self, n: usize) -> bool {
        let Some(frame) = self.t.frames.last() else { return false };
        let end = (frame.pc as usize).saturating_sub(1);
        let loads = self.program.code(frame.code).instrs.get(end.saturating_sub(n)..end).unwrap_or_default();
        n > 2 && loads.len() == n && loads.iter().all(|instr| matches!(instr, Instr::LoadConst(_)))
    }

    fn build_map(&mut self, n: usize) -> Result<(), Raise> {
        self.note_line();
        let items = self.take(2 * n);
        let dict = self.vm.heap.alloc(Obj::Dict(Arc::default()));
        for pair in items.chunks_exact(2) {
            self.dict_set(dict, pair[0], pair[1])?;
        }
        self.push(Value::Ref(dict));
        Ok(())
    }

    fn dict_set(&mut self, dict: Ref, key: Value, value: Value) -> Result<(), Raise> {
        entry::dict_set(&mut self.cx(), dict, key, value)
    }

    fn build_string(&mut self, n: usize) -> Result<(), Raise> {
        let parts = self.take(n);
        let length = parts.iter().filter_map(|part| self.vm.heap.str(*part)).map(|text| text.len() as u64).sum();
        self.cx().reserve(length)?;
        let text: String = parts.iter().filter_map(|part| self.vm.heap.str(*part)).map(|text| &**text).collect();
        let value = self.alloc(Obj::Str(text.into()));
        self.push(value);
        Ok(())
    }

    /// `list … iterable → list …`
    fn extend(&mut self, n: usize, set: bool) -> Step {
        let iterable = self.peek(1);
        if self.runs_python(iterable) {
            let place = self.t.stack.len() as u32 - 1;
            return self.collect(iterable, Then::Replace { place });
        }
        if let Some(target) = self.touches_visibly(iterable, false)
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, "iter", &[], false));
        }
        let inner = self.inner(iterable);
        let items = match entry::collect(&mut self.cx(), inner) {
            Ok(items) => items,
            Err(_) if entry::iterate(&mut self.cx(), inner).is_err() => return Err(self.spread_error(iterable, n)),
            Err(raise) => return Err(raise),
        };
        self.pop();
        let Value::Ref(at) = self.peek(n) else { return Ok(Flow::Next) };
        if set {
            for item in items {
                entry::set_add(&mut self.cx(), at, item)?;
            }
        } else if let Some(list) = self.vm.heap.list_mut(at) {
            let bytes = items.len() as u64 * 16;
            list.extend(items);
            self.vm.heap.charge(bytes);
        }
        Ok(Flow::Next)
    }

    /// `*value` of something that cannot be iterated, in a display or in the arguments of a call. The list is the
    /// `n`-th operand below it.
    fn spread_error(&mut self, value: Value, n: usize) -> Raise {
        let rest = self.code().instrs.get(self.frame().pc as usize..).unwrap_or_default();
        let is_call = matches!(rest, [Instr::ListToTuple, ..])
            && rest.iter().take(12).any(|instr| matches!(instr, Instr::CallFunctionEx(_)));
        let callable = self.peek(n + 2);
        let text = match self.definition_name(callable) {
            Some(name) if is_call => {
                format!("{name}() argument after * must be an iterable, not {}", self.type_name(value))
            }
            _ => format!("Value after * must be an iterable, not {}", self.type_name(value)),
        };
        self.type_error(&text)
    }

    /// A function or class as a message about its arguments names it.
    fn definition_name(&self, value: Value) -> Option<String> {
        let (module, qualname) = match self.obj(value)? {
            Obj::Function(function) => {
                let code = self.program.code(function.code);
                (self.program.modules[code.module.index()].name, function.qualname)
            }
            Obj::Class(class) => (class.module, class.qualname),
            Obj::Bound(bound) => return self.definition_name(bound.function),
            _ => return None,
        };
        Some(format!("{}.{}", self.name(module), self.name(qualname)))
    }

    /// `dict … mapping → dict …`
    fn update(&mut self, n: usize, merge: bool) -> Step {
        let mapping = self.peek(1);
        if let Some(target) = self.touches_visibly(mapping, false)
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, "items", &[], false));
        }
        let mapping = self.pop();
        let inner = self.inner(mapping);
        let Value::Ref(dict) = self.peek(n) else { return Ok(Flow::Next) };
        let Some(Obj::Dict(other)) = self.obj(inner) else {
            let what = if merge { "argument after ** must be a mapping, not" } else { "object is not a mapping:" };
            let text = format!("{what} {}", self.type_name(mapping));
            return Err(self.type_error(&text));
        };
        let other = Arc::clone(other);
        for entry in other.iter() {
            if merge && self.has_key(dict, entry.key)? {
                let key = self.vm.heap.str(entry.key).cloned().unwrap_or_else(|| "?".into());
                let text = format!("got multiple values for keyword argument '{key}'");
                return Err(self.type_error(&text));
            }
            self.dict_set(dict, entry.key, entry.value)?;
        }
        Ok(Flow::Next)
    }

    fn has_key(&mut self, dict: Ref, key: Value) -> Result<bool, Raise> {
        entry::contains(&mut self.cx(), key, Value::Ref(dict))
    }

    // ---- unpacking ----

    /// The items of what is to be unpacked; `None` when they have to be collected first.
    fn unpack_items(&mut self) -> Result<Result<Vec<Value>, Flow>, Raise> {
        let value = self.peek(1);
        if self.runs_python(value) {
            let place = self.t.stack.len() as u32 - 1;
            return self.collect(value, Then::Replace { place }).map(Err);
        }
        if let Some(target) = self.touches_visibly(value, false)
            && !self.take_grant()
        {
            return Ok(Err(self.stop_before_operator(target, "iter", &[], false)));
        }
        let inner = self.inner(value);
        if matches!(self.obj(inner), None | Some(Obj::Instance(_) | Obj::Function(_) | Obj::Class(_))) {
            let text = format!("cannot unpack non-iterable {} object", self.type_name(value));
            return Err(self.type_error(&text));
        }
        entry::collect(&mut self.cx(), inner).map(Ok)
    }

    /// `sequence → aₙ … a₁`
    pub(super) fn unpack(&mut self, n: usize) -> Step {
        let value = self.peek(1);
        if let Some(items) = self.vm.heap.tuple(value)
            && items.len() == n
        {
            let items = Arc::clone(items);
            self.pop();
            self.t.stack.extend(items.iter().rev());
            return Ok(Flow::Next);
        }
        let items = match self.unpack_items()? {
            Ok(items) => items,
            Err(flow) => return Ok(flow),
        };
        if items.len() != n {
            let text = if items.len() < n {
                format!("not enough values to unpack (expected {n}, got {})", items.len())
            } else {
                format!("too many values to unpack (expected {n})")
            };
            return Err(self.raise(types::VALUE_ERROR, &text));
        }
        self.pop();
        self.t.stack.extend(items.iter().rev());
        Ok(Flow::Next)
    }

    pub(super) fn unpack_rest(&mut self, before: usize, after: usize) -> Step {
        let items = match self.unpack_items()? {
            Ok(items) => items,
            Err(flow) => return Ok(flow),
        };
        if items.len() < before + after {
            let text =
                format!("not enough values to unpack (expected at least {}, got {})", before + after, items.len());
            return Err(self.raise(types::VALUE_ERROR, &text));
        }
        self.pop();
        let rest = items[before..items.len() - after].to_vec();
        let list = self.alloc(Obj::List(Arc::new(rest)));
        self.t.stack.extend(items[items.len() - after..].iter().rev());
        self.push(list);
        self.t.stack.extend(items[..before].iter().rev());
        Ok(Flow::Next)
    }

    // ---- patterns ----

    /// `subject → subject bool`: whether it can be matched with a sequence pattern.
    pub(super) fn match_sequence(&mut self) {
        let subject = self.peek(1);
        let fits = matches!(self.obj(subject), Some(Obj::List(_) | Obj::Tuple(_) | Obj::Range(_) | Obj::Deque(_)));
        self.push(Value::Bool(fits));
    }

    /// `subject → subject length`
    pub(super) fn get_len(&mut self) -> Step {
        let subject = self.peek(1);
        if let Some(target) = self.touches_visibly(subject, false)
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, "len", &[], false));
        }
        let length = entry::length(&mut self.cx(), subject)?;
        self.push(Value::Int(length));
        Ok(Flow::Next)
    }

    // ---- formatted strings ----

    pub(super) fn format_value(&mut self, conversion: Conversion, spec: bool) -> Step {
        let value = self.peek(if spec { 2 } else { 1 });
        if let Some(target) = self.seen_inside(value, Depth::Everything)
            && !self.take_grant()
        {
            return Ok(self.stop_before_operator(target, "str", &[], false));
        }
        let spec = if spec { self.pop() } else { Value::Null };
        self.pop();
        if self.user_class(value).is_some()
            && let Some(step) = self.format_instance(value, conversion, spec)
        {
            return step;
        }
        let spec = self.vm.heap.str(spec).cloned().unwrap_or_else(|| "".into());
        let mut cx = self.cx();
        let text = match conversion {
            Conversion::None => entry::format(&mut cx, value, &spec)?,
            Conversion::Str | Conversion::Repr | Conversion::Ascii => {
                let text = match conversion {
                    Conversion::Str => entry::str(&mut cx, value)?,
                    Conversion::Repr => entry::repr(&mut cx, value)?,
                    _ => ascii(&entry::repr(&mut cx, value)?),
                };
                let text = cx.str(text);
                entry::format(&mut cx, text, &spec)?
            }
        };
        let value = self.alloc(Obj::Str(text));
        self.push(value);
        Ok(Flow::Next)
    }

    /// `__format__`, `__str__` or `__repr__` of a user's class, in a frame.
    fn format_instance(&mut self, value: Value, conversion: Conversion, spec: Value) -> Option<Step> {
        let names = &self.vm.tables.names;
        let (format, str, repr) = (names.format, names.str, names.repr);
        if conversion == Conversion::None
            && let Some(function) = self.vm.special(value, format)
        {
            let spec = if matches!(spec, Value::Null) { self.alloc(Obj::Str("".into())) } else { spec };
            let then = Then::Text { method: "__format__", then: Box::new(Then::Push) };
            return Some(self.call_with(function, &[value, spec], then));
        }
        let function = match conversion {
            Conversion::None | Conversion::Str => self.vm.special(value, str).or_else(|| self.plain_repr(value, repr)),
            Conversion::Repr => self.vm.special(value, repr),
            Conversion::Ascii => None,
        }?;
        Some(self.call_with(function, &[value], Then::Format { spec }))
    }

    /// `__repr__` stands in for `__str__`, except for exceptions, which have a `__str__` of their own.
    fn plain_repr(&self, value: Value, repr: crate::lang::Sym) -> Option<Value> {
        if matches!(self.obj(value), Some(Obj::Exception(_))) { None } else { self.vm.special(value, repr) }
    }
}

/// A `repr` with everything outside ASCII escaped.
fn ascii(text: &str) -> Arc<str> {
    let mut escaped = String::new();
    for c in text.chars() {
        match u32::from(c) {
            0..=0x7f => escaped.push(c),
            n @ 0x80..=0xff => drop(write!(escaped, "\\x{n:02x}")),
            n @ 0x100..=0xffff => drop(write!(escaped, "\\u{n:04x}")),
            n => drop(write!(escaped, "\\U{n:08x}")),
        }
    }
    escaped.into()
}
