//! What is written of an object: everything a program can find out, each variant with all its fields.

use super::{Canon, END};
use crate::vm::lib::container::{Dict, Set};
use crate::vm::object::{
    Attrs, Bound, Class, Deque, Exception, Function, Generator, Instance, Iter, Obj, Primitive, Range, Record, Super,
    TraceLine,
};
use crate::vm::value::Value;
use std::hash::Hash;

impl Canon<'_> {
    pub(super) fn object(&mut self, obj: &Obj) {
        self.scratch.words.variant(obj);
        match obj {
            // Which slot is the next free one is an accident.
            Obj::Free(_) => {}
            Obj::Str(text) => self.scratch.words.text(text),
            Obj::Bytes(bytes) => bytes.hash(&mut self.scratch.words),
            Obj::Tuple(items) => self.values(items),
            Obj::List(items) => self.values(items),
            Obj::Dict(dict) => self.dict(dict),
            Obj::Set(set) | Obj::FrozenSet(set) => self.set(set),
            Obj::Deque(deque) => self.deque(deque),
            Obj::Slice(parts) | Obj::Property(parts) => self.values(&parts[..]),
            Obj::Range(range) => self.range(**range),
            Obj::DictView(dict, part) => {
                self.reference(*dict);
                self.scratch.words.variant(part);
            }
            Obj::Function(function) => self.function(function),
            Obj::Bound(bound) => {
                let Bound { function, receiver } = **bound;
                self.value(function);
                self.value(receiver);
            }
            Obj::Class(class) => self.class(class),
            Obj::Instance(instance) => {
                let Instance { class, attrs, inner } = &**instance;
                self.reference(*class);
                self.attrs(attrs);
                self.value(*inner);
            }
            Obj::Exception(exception) => self.exception(exception),
            Obj::Cell(value) | Obj::StaticMethod(value) | Obj::ClassMethod(value) => self.value(*value),
            Obj::Super(parts) => {
                let Super { class, receiver } = **parts;
                self.value(class);
                self.value(receiver);
            }
            Obj::RangeIter { next, left, step } => {
                // What an exhausted one would have given next is never asked.
                self.push(if *left == 0 { 0 } else { next.cast_unsigned() });
                self.push(u64::from(*left));
                self.push(u64::from(step.cast_unsigned()));
            }
            Obj::ListIter { list, index } => {
                self.reference(*list);
                self.push(u64::from(*index));
            }
            Obj::Iter(iter) => self.iterator(iter),
            Obj::Generator(generator) => self.generator(generator),
            Obj::Primitive(primitive) => {
                // Its number is an accident; the kernel's part is written by whoever writes this.
                let Primitive { id: _, kind, items, extra, size } = &**primitive;
                self.scratch.words.variant(kind);
                if let crate::vm::object::PrimitiveKind::Queue(order) = kind {
                    self.scratch.words.variant(order);
                }
                self.push(items.len() as u64);
                for item in items {
                    self.value(*item);
                }
                self.value(*extra);
                self.push(size.cast_unsigned());
            }
            Obj::Namespace(attrs) => self.attrs(attrs),
            Obj::Stream(number) => self.push(u64::from(*number)),
            Obj::Record(record) => {
                let Record { type_id, fields, thread } = &**record;
                self.push(u64::from(type_id.0));
                self.values(fields);
                self.push(thread.map_or(END, |thread| u64::from(thread.0)));
            }
        }
    }

    fn attrs(&mut self, attrs: &Attrs) {
        self.push(attrs.entries().len() as u64);
        for (name, value) in attrs.entries() {
            self.sym(*name);
            self.value(*value);
        }
    }

    /// With its gaps: iterators remember slots.
    fn dict(&mut self, dict: &Dict) {
        for entry in dict.slots() {
            match entry {
                None => self.push(END - 1),
                Some(entry) => {
                    self.push(entry.hash.cast_unsigned() & (END >> 2));
                    self.push(entry.hash.cast_unsigned() >> 62);
                    self.value(entry.key);
                    self.value(entry.value);
                }
            }
        }
        self.push(END);
    }

    /// With its table: it is the order of the members.
    fn set(&mut self, set: &Set) {
        self.push(set.finger() as u64);
        for place in set.layout() {
            match place {
                Err(removed) => self.push(END - 1 - u64::from(removed)),
                Ok(member) => {
                    self.push(member.hash.cast_unsigned() & (END >> 2));
                    self.push(member.hash.cast_unsigned() >> 62);
                    self.value(member.key);
                }
            }
        }
        self.push(END);
    }

    fn deque(&mut self, deque: &Deque) {
        let Deque { items, maxlen } = deque;
        self.push(items.len() as u64);
        for item in items {
            self.value(*item);
        }
        self.push(maxlen.map_or(END, |length| length as u64));
    }

    fn range(&mut self, range: Range) {
        let Range { start, stop, step } = range;
        for n in [start, stop, step] {
            self.push(n.cast_unsigned());
        }
    }

    fn function(&mut self, function: &Function) {
        let Function { code, name, qualname, defaults, keyword_defaults, closure, attrs } = function;
        self.push(u64::from(code.0));
        self.sym(*name);
        self.sym(*qualname);
        self.values(defaults);
        self.push(keyword_defaults.len() as u64);
        for (name, value) in keyword_defaults {
            self.sym(*name);
            self.value(*value);
        }
        self.values(closure);
        self.attrs(attrs);
    }

    fn class(&mut self, class: &Class) {
        let Class { name, qualname, bases, mro, attrs, base_type, hidden, module } = class;
        self.sym(*name);
        self.sym(*qualname);
        self.values(bases);
        self.values(mro);
        self.attrs(attrs);
        self.push(u64::from(base_type.0));
        self.push(u64::from(*hidden));
        self.sym(*module);
    }

    fn exception(&mut self, exception: &Exception) {
        let Exception { class, args, attrs, cause, context, suppress_context, trace } = exception;
        for value in [class, cause, context] {
            self.value(*value);
        }
        self.values(args);
        self.attrs(attrs);
        self.push(u64::from(*suppress_context));
        self.push(trace.len() as u64);
        for TraceLine { code, line } in trace {
            self.push(u64::from(code.0));
            self.push(u64::from(*line));
        }
    }

    fn generator(&mut self, generator: &Generator) {
        let Generator { name, qualname, state, frame, stack } = generator;
        self.sym(*name);
        self.sym(*qualname);
        self.scratch.words.variant(state);
        self.push(u64::from(frame.is_some()));
        if let Some(frame) = frame {
            self.frame(frame);
        }
        self.values(stack);
    }

    fn iterator(&mut self, iter: &Iter) {
        self.scratch.words.variant(iter);
        match iter {
            Iter::Range { range, index } => {
                self.range(*range);
                self.push(*index);
            }
            Iter::Tuple { items, index } | Iter::Values { items, index } => {
                self.values(items);
                self.push(*index as u64);
            }
            Iter::Str { text, index } => {
                self.scratch.words.text(text);
                self.push(*index as u64);
            }
            Iter::Bytes { bytes, index } => {
                bytes.hash(&mut self.scratch.words);
                self.push(*index as u64);
            }
            Iter::Dict { dict, part, position, expected } => {
                self.reference(*dict);
                self.scratch.words.variant(part);
                self.push(*position as u64);
                self.push(*expected as u64);
            }
            Iter::Set { set, position, expected } => {
                self.reference(*set);
                self.push(*position as u64);
                self.push(*expected as u64);
            }
            Iter::Deque { deque, index, expected } => {
                self.reference(*deque);
                self.push(*index as u64);
                self.push(*expected as u64);
            }
            Iter::Reversed { sequence, left } => self.value_and(*sequence, *left as u64),
            Iter::ReversedDict { dict, part, position } => {
                self.reference(*dict);
                self.scratch.words.variant(part);
                self.push(*position as u64);
            }
            Iter::Enumerate { inner, count } => self.value_and(*inner, count.cast_unsigned()),
            Iter::Zip { inner, strict } => {
                self.values(inner);
                self.push(u64::from(*strict));
            }
            Iter::GetItem { sequence, index } => self.value_and(*sequence, index.cast_unsigned()),
            Iter::Callable { callable, sentinel } => {
                self.value(*callable);
                self.value(*sentinel);
            }
            Iter::Done => {}
        }
    }

    fn value_and(&mut self, value: Value, number: u64) {
        self.value(value);
        self.push(number);
    }
}
