//! What refers to what: for sharing and for the collection.

use super::frame::{Frame, Then};
use super::object::{Attrs, Iter, Obj};
use super::thread::{NativeCall, Pending, Thread};
use super::value::{Ref, Value};

/// Calls `visit` for a value that is a heap object.
fn one(value: Value, visit: &mut dyn FnMut(Ref)) {
    if let Value::Ref(at) = value {
        visit(at);
    }
}

fn all<'a>(values: impl IntoIterator<Item = &'a Value>, visit: &mut dyn FnMut(Ref)) {
    for value in values {
        one(*value, visit);
    }
}

fn attributes(attrs: &Attrs, visit: &mut dyn FnMut(Ref)) {
    all(attrs.entries().iter().map(|(_, value)| value), visit);
}

impl Obj {
    /// Calls `visit` for every object this one refers to.
    pub(super) fn each_reference(&self, visit: &mut dyn FnMut(Ref)) {
        match self {
            Obj::Free(_) | Obj::Str(_) | Obj::Bytes(_) | Obj::Range(_) | Obj::RangeIter { .. } | Obj::Stream(_) => {}
            Obj::Tuple(items) => all(items.iter(), visit),
            Obj::List(items) => all(items.iter(), visit),
            Obj::Dict(dict) => {
                for entry in dict.iter() {
                    one(entry.key, visit);
                    one(entry.value, visit);
                }
            }
            Obj::Set(set) | Obj::FrozenSet(set) => {
                for member in set.iter() {
                    one(member.key, visit);
                }
            }
            Obj::Deque(deque) => all(&deque.items, visit),
            Obj::Slice(parts) | Obj::Property(parts) => all(parts.iter(), visit),
            Obj::DictView(dict, _) => visit(*dict),
            Obj::Function(function) => {
                all(&function.defaults, visit);
                all(function.keyword_defaults.iter().map(|(_, value)| value), visit);
                all(&function.closure, visit);
                attributes(&function.attrs, visit);
            }
            Obj::Bound(bound) => all([&bound.function, &bound.receiver], visit),
            Obj::Class(class) => {
                all(&class.bases, visit);
                all(&class.mro, visit);
                attributes(&class.attrs, visit);
            }
            Obj::Instance(instance) => {
                visit(instance.class);
                one(instance.inner, visit);
                attributes(&instance.attrs, visit);
            }
            Obj::Exception(exception) => {
                all([&exception.class, &exception.cause, &exception.context], visit);
                all(&exception.args, visit);
                attributes(&exception.attrs, visit);
            }
            Obj::Cell(value) | Obj::StaticMethod(value) | Obj::ClassMethod(value) => one(*value, visit),
            Obj::Super(parts) => all([&parts.class, &parts.receiver], visit),
            Obj::ListIter { list, .. } => visit(*list),
            Obj::Iter(iter) => iterator(iter, visit),
            Obj::Generator(generator) => {
                all(&generator.stack, visit);
                if let Some(frame) = &generator.frame {
                    frame.each_reference(visit);
                }
            }
            Obj::Primitive(primitive) => {
                all(&primitive.items, visit);
                one(primitive.extra, visit);
            }
            Obj::Namespace(attrs) => attributes(attrs, visit),
            Obj::Record(record) => all(&record.fields, visit),
        }
    }
}

fn iterator(iter: &Iter, visit: &mut dyn FnMut(Ref)) {
    match iter {
        Iter::Range { .. } | Iter::Str { .. } | Iter::Bytes { .. } | Iter::Done => {}
        Iter::Tuple { items, .. } | Iter::Values { items, .. } => all(items.iter(), visit),
        Iter::Dict { dict, .. } | Iter::ReversedDict { dict, .. } => visit(*dict),
        Iter::Set { set, .. } => visit(*set),
        Iter::Deque { deque, .. } => visit(*deque),
        Iter::Reversed { sequence, .. } | Iter::GetItem { sequence, .. } => one(*sequence, visit),
        Iter::Enumerate { inner, .. } => one(*inner, visit),
        Iter::Zip { inner, .. } => all(inner, visit),
        Iter::Callable { callable, sentinel } => all([callable, sentinel], visit),
    }
}

impl Frame {
    /// Calls `visit` for every object this frame refers to, apart from the value stack.
    pub(super) fn each_reference(&self, visit: &mut dyn FnMut(Ref)) {
        all([&self.function, &self.handled], visit);
        self.then.each_reference(visit);
    }
}

impl Then {
    fn each_reference(&self, visit: &mut dyn FnMut(Ref)) {
        match self {
            Then::Push
            | Then::PushNull
            | Then::Forget
            | Then::Truth { .. }
            | Then::Next { .. }
            | Then::SendNext { .. }
            | Then::Replace { .. }
            | Then::Import(_)
            | Then::End => {}
            Then::Iter(then) | Then::Item(then) | Then::Text { then, .. } | Then::Length(then) => {
                then.each_reference(visit);
            }
            Then::Init { instance: value, then } | Then::NextOr { default: value, then } => {
                one(*value, visit);
                then.each_reference(visit);
            }
            Then::New(new) => {
                visit(new.class);
                all(&new.args, visit);
                new.then.each_reference(visit);
            }
            Then::Binary(call) => all([&call.left, &call.right], visit),
            Then::Compare(call) => all([&call.left, &call.right], visit),
            Then::Collect { list, iterator, then } => {
                visit(*list);
                one(*iterator, visit);
                then.each_reference(visit);
            }
            Then::Sentinel { iterator, sentinel, then } => {
                all([iterator, sentinel], visit);
                then.each_reference(visit);
            }
            Then::Again(again) => again.then.each_reference(visit),
            Then::ClassBody { parts, namespace } => {
                all([&parts.name, namespace], visit);
                all(&parts.bases, visit);
                parts.then.each_reference(visit);
            }
            Then::Format { spec } => one(*spec, visit),
            Then::Generator { generator, then } => {
                visit(*generator);
                then.each_reference(visit);
            }
        }
    }
}

impl Thread {
    /// Calls `visit` for every object this thread refers to.
    pub(super) fn each_reference(&self, visit: &mut dyn FnMut(Ref)) {
        all(&self.stack, visit);
        all([&self.handled, &self.object], visit);
        for frame in &self.frames {
            frame.each_reference(visit);
        }
        if let Pending::Native(call) = &self.pending {
            let NativeCall { then, .. } = &**call;
            then.each_reference(visit);
        }
    }
}
