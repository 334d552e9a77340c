//! `repr` and `str` of everything.
//!
//! One writer serves two callers: the program, where the user's `__repr__` is called, and the screen, where no code may run and
//! long texts are cut off.

use super::container::Entry;
use super::keys::address;
use super::text::{float, quote};
use crate::lang::Program;
use crate::vm::native::{Cx, Raise, Registry};
use crate::vm::object::{Bound, Class, DictPart, Exception, Iter, Obj, PrimitiveKind, Range};
use crate::vm::{Ref, TypeId, Value, Vm, types};
use std::fmt::Write as _;
use std::sync::Arc;

/// Who wants the text.
trait Host {
    fn vm(&self) -> &Vm;
    fn program(&self) -> &Program;
    /// What the user's class says an instance looks like; `None` for the default.
    fn instance(&mut self, at: Ref) -> Result<Option<Arc<str>>, Raise>;
    /// Going into a container, and out of it.
    fn enter(&mut self) -> Result<(), Raise>;
    fn leave(&mut self);
    /// The address of this object is shown.
    fn shows_address(&mut self, at: Ref);
    /// Whether a text of this length may grow further.
    fn room(&mut self, length: usize) -> Result<(), Raise>;
}

impl Host for Cx<'_> {
    fn vm(&self) -> &Vm {
        self.vm
    }

    fn program(&self) -> &Program {
        self.program
    }

    fn instance(&mut self, at: Ref) -> Result<Option<Arc<str>>, Raise> {
        by_method(self, Value::Ref(at), "__repr__")
    }

    fn enter(&mut self) -> Result<(), Raise> {
        self.descend(1, " while getting the repr of an object")
    }

    fn leave(&mut self) {
        self.ascend(1);
    }

    fn shows_address(&mut self, at: Ref) {
        self.vm.see_address(Value::Ref(at));
    }

    fn room(&mut self, length: usize) -> Result<(), Raise> {
        self.work(16)?;
        if length as u64 <= self.vm.limits.memory_bytes {
            return Ok(());
        }
        Err(self.raise(types::MEMORY_ERROR, ""))
    }
}

/// The screen: looks, never runs.
struct Screen<'a> {
    vm: &'a Vm,
    program: &'a Program,
}

impl Host for Screen<'_> {
    fn vm(&self) -> &Vm {
        self.vm
    }

    fn program(&self) -> &Program {
        self.program
    }

    fn instance(&mut self, _at: Ref) -> Result<Option<Arc<str>>, Raise> {
        Ok(None)
    }

    fn enter(&mut self) -> Result<(), Raise> {
        Ok(())
    }

    fn leave(&mut self) {}

    fn shows_address(&mut self, _at: Ref) {}

    fn room(&mut self, _length: usize) -> Result<(), Raise> {
        Ok(())
    }
}

/// The text that a user's method gives.
fn by_method(cx: &mut Cx<'_>, value: Value, name: &str) -> Result<Option<Arc<str>>, Raise> {
    let Some(method) = cx.special(value, name) else { return Ok(None) };
    let answer = cx.call(method, &[value])?;
    match cx.text(answer) {
        Some(text) => Ok(Some(text)),
        None => {
            let text = format!("{name} returned non-string (type {})", cx.type_name(answer));
            Err(cx.type_error(text))
        }
    }
}

/// `repr(value)`.
pub fn repr(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    let mut writer = Writer { host: cx, out: String::new(), limit: usize::MAX, inside: Vec::new() };
    writer.value(value)?;
    Ok(writer.out.into())
}

/// `str(value)`.
pub fn str(cx: &mut Cx<'_>, value: Value) -> Result<Arc<str>, Raise> {
    if let Some(text) = cx.text(value) {
        return Ok(text);
    }
    if let Some(text) = by_method(cx, value, "__str__")? {
        return Ok(text);
    }
    if let Value::Ref(at) = value
        && let Obj::Exception(exception) = cx.vm.heap.get(at)
    {
        // A `__repr__` of its own does not matter: `BaseException` has a `__str__`.
        let exception = Arc::clone(exception);
        return exception_text(cx, &exception);
    }
    repr(cx, value)
}

/// `str(exception)`: its argument, or the tuple of its arguments.
fn exception_text(cx: &mut Cx<'_>, exception: &Exception) -> Result<Arc<str>, Raise> {
    let base = match exception.class {
        Value::Type(id) => id,
        class => match class {
            Value::Ref(at) => match cx.vm.heap.get(at) {
                Obj::Class(class) => class.base_type,
                _ => types::EXCEPTION,
            },
            _ => types::EXCEPTION,
        },
    };
    match exception.args[..] {
        [] => Ok("".into()),
        [key] if types::is_subtype(base, types::KEY_ERROR) => repr(cx, key),
        [only] => str(cx, only),
        [number, text] if types::is_subtype(base, types::OS_ERROR) => {
            let (number, text) = (str(cx, number)?, str(cx, text)?);
            Ok(format!("[Errno {number}] {text}").into())
        }
        _ => {
            let args = cx.tuple(exception.args.clone());
            repr(cx, args)
        }
    }
}

/// A readable `repr` that never runs Python code and is cut off with `…` at about `limit` characters.
#[must_use]
pub fn peek(vm: &Vm, program: &Program, value: Value, limit: usize) -> String {
    let mut host = Screen { vm, program };
    let mut writer = Writer { host: &mut host, out: String::new(), limit, inside: Vec::new() };
    let complete = writer.value(value).is_ok();
    let text = writer.out;
    if complete && (text.len() <= limit || text.chars().count() <= limit) {
        return text;
    }
    text.chars().take(limit.saturating_sub(1)).chain(['…']).collect()
}

/// How deep containers are shown inside each other.
const DEPTH: usize = 300;

struct Writer<'h, H: Host> {
    host: &'h mut H,
    out: String,
    /// In characters; more than four bytes each have none.
    limit: usize,
    /// The containers being written: one that contains itself is not written again.
    inside: Vec<Ref>,
}

impl<H: Host> Writer<'_, H> {
    fn value(&mut self, value: Value) -> Result<(), Raise> {
        self.host.room(self.out.len())?;
        match value {
            Value::Null => self.out.push_str("<unbound>"),
            Value::None => self.out.push_str("None"),
            Value::NotImplemented => self.out.push_str("NotImplemented"),
            Value::Ellipsis => self.out.push_str("Ellipsis"),
            Value::Bool(true) => self.out.push_str("True"),
            Value::Bool(false) => self.out.push_str("False"),
            Value::Int(n) => self.write(format_args!("{n}")),
            Value::Float(x) => self.out.push_str(&float::repr(x)),
            Value::Native(id) => {
                let native = Registry::get().native(id);
                match native.owner {
                    Some(owner) => {
                        self.write(format_args!("<method '{}' of '{}' objects>", native.name, types::name(owner)));
                    }
                    None => self.write(format_args!("<built-in function {}>", native.name)),
                }
            }
            Value::Type(id) => self.write(format_args!("<class '{}'>", full_name(id))),
            Value::Library(id) => {
                self.write(format_args!("<module '{}' (built-in)>", Registry::get().module_name(id)));
            }
            Value::Module(id) => {
                let program = self.host.program();
                let name = program.name(program.modules[id.0 as usize].name).to_owned();
                self.write(format_args!("<module '{name}'>"));
            }
            Value::NotYet(name) => {
                let name = self.name(name);
                self.write(format_args!("<built-in function {name}>"));
            }
            Value::Ref(at) => self.object(at)?,
        }
        Ok(())
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(text);
    }

    fn name(&self, sym: crate::lang::Sym) -> String {
        self.host.vm().name(self.host.program(), sym).to_owned()
    }

    /// True when there is no room for more: what follows would be cut off anyway.
    fn full(&self) -> bool {
        self.out.len() > self.limit.saturating_mul(4)
    }

    fn address(&mut self, value: Value) -> i64 {
        if let Value::Ref(at) = value {
            self.host.shows_address(at);
        }
        address(value)
    }

    fn object(&mut self, at: Ref) -> Result<(), Raise> {
        // The payloads are shared: cloning the object copies no contents.
        match self.host.vm().heap.get(at).clone() {
            Obj::Str(text) => self.text(&text),
            Obj::Bytes(bytes) => self.out.push_str(&quote::bytes(&bytes)),
            Obj::Tuple(items) => return self.tuple(at, &items),
            Obj::List(items) => return self.nested(at, "[...]", |w| w.items("[", &items, "]")),
            Obj::Dict(dict) => {
                let entries: Vec<Entry> = dict.iter().copied().collect();
                return self.nested(at, "{...}", |w| w.entries(&entries));
            }
            Obj::Set(set) => {
                let items: Vec<Value> = set.iter().map(|member| member.key).collect();
                return self.set(at, "set(...)", "", &items);
            }
            Obj::FrozenSet(set) => {
                let items: Vec<Value> = set.iter().map(|member| member.key).collect();
                return self.set(at, "frozenset(...)", "frozenset(", &items);
            }
            Obj::Deque(deque) => {
                let items: Vec<Value> = deque.items.iter().copied().collect();
                return self.nested(at, "[...]", |w| {
                    w.items("deque([", &items, "]")?;
                    if let Some(maxlen) = deque.maxlen {
                        w.write(format_args!(", maxlen={maxlen}"));
                    }
                    w.out.push(')');
                    Ok(())
                });
            }
            Obj::Slice(parts) => return self.nested(at, "slice(...)", |w| w.items("slice(", &parts[..], ")")),
            Obj::Range(range) => self.range(*range),
            Obj::DictView(dict, part) => return self.dict_view(at, dict, part),
            Obj::Function(function) => {
                let name = self.name(function.qualname);
                let address = self.address(Value::Ref(at));
                self.write(format_args!("<function {name} at {address:#x}>"));
            }
            Obj::Bound(bound) => return self.bound(*bound),
            Obj::Class(class) => {
                let name = self.class_name(&class);
                self.write(format_args!("<class '{name}'>"));
            }
            Obj::Instance(instance) => return self.instance(at, instance.inner),
            Obj::Exception(exception) => return self.exception(at, &exception),
            Obj::Generator(generator) => {
                let name = self.name(generator.qualname);
                let address = self.address(Value::Ref(at));
                match standing_for(&name) {
                    Some(kind) => self.write(format_args!("<{kind} object at {address:#x}>")),
                    None => self.write(format_args!("<generator object {name} at {address:#x}>")),
                }
            }
            Obj::Iter(iter) => self.iterator(at, &iter),
            Obj::Stream(number) => {
                let name = ["stdin", "stdout", "stderr"].get(usize::from(number)).copied().unwrap_or("file");
                let mode = if number == 0 { 'r' } else { 'w' };
                self.write(format_args!("<_io.TextIOWrapper name='<{name}>' mode='{mode}' encoding='utf-8'>"));
            }
            Obj::Super(of) => {
                let class = self.type_title(of.class);
                let receiver = self.host.vm().type_name(self.host.program(), of.receiver);
                self.write(format_args!("<super: <class '{class}'>, <{receiver} object>>"));
            }
            Obj::Primitive(primitive) => {
                let address = self.address(Value::Ref(at));
                self.primitive(primitive.kind, address);
            }
            _ => {
                let address = self.address(Value::Ref(at));
                let name = self.host.vm().type_name(self.host.program(), Value::Ref(at));
                self.write(format_args!("<{name} object at {address:#x}>"));
            }
        }
        Ok(())
    }

    /// A string. For the screen, only as much of it as fits.
    fn text(&mut self, text: &str) {
        if self.limit < usize::MAX && text.len() > self.limit.saturating_mul(4) {
            let start: String = text.chars().take(self.limit).collect();
            self.out.push_str(&quote::repr(&start));
            return;
        }
        self.out.push_str(&quote::repr(text));
    }

    fn primitive(&mut self, kind: PrimitiveKind, address: i64) {
        let name = match kind {
            PrimitiveKind::Lock => "_thread.lock",
            PrimitiveKind::RLock => "_thread.RLock",
            PrimitiveKind::Condition => "threading.Condition",
            PrimitiveKind::Event => "threading.Event",
            PrimitiveKind::Semaphore => "threading.Semaphore",
            PrimitiveKind::BoundedSemaphore => "threading.BoundedSemaphore",
            PrimitiveKind::Barrier => "threading.Barrier",
            PrimitiveKind::Queue(_) => "queue.Queue",
        };
        self.write(format_args!("<{name} object at {address:#x}>"));
    }

    fn nested(&mut self, at: Ref, again: &str, body: impl FnOnce(&mut Self) -> Result<(), Raise>) -> Result<(), Raise> {
        if self.inside.contains(&at) || self.inside.len() > DEPTH {
            self.out.push_str(again);
            return Ok(());
        }
        self.host.enter()?;
        self.inside.push(at);
        let done = body(self);
        self.inside.pop();
        self.host.leave();
        done
    }

    fn items(&mut self, open: &str, items: &[Value], close: &str) -> Result<(), Raise> {
        self.out.push_str(open);
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.out.push_str(", ");
            }
            if self.full() {
                break;
            }
            self.value(*item)?;
        }
        self.out.push_str(close);
        Ok(())
    }

    fn tuple(&mut self, at: Ref, items: &[Value]) -> Result<(), Raise> {
        let close = if items.len() == 1 { ",)" } else { ")" };
        self.nested(at, "(...)", |w| w.items("(", items, close))
    }

    fn set(&mut self, at: Ref, again: &str, open: &str, items: &[Value]) -> Result<(), Raise> {
        if items.is_empty() {
            self.out.push_str(if open.is_empty() { "set()" } else { "frozenset()" });
            return Ok(());
        }
        let close = if open.is_empty() { "}" } else { "})" };
        self.out.push_str(open);
        self.nested(at, again, |w| w.items("{", items, close))
    }

    fn entries(&mut self, entries: &[Entry]) -> Result<(), Raise> {
        self.out.push('{');
        for (number, entry) in entries.iter().enumerate() {
            if number > 0 {
                self.out.push_str(", ");
            }
            if self.full() {
                break;
            }
            self.value(entry.key)?;
            self.out.push_str(": ");
            self.value(entry.value)?;
        }
        self.out.push('}');
        Ok(())
    }

    fn range(&mut self, range: Range) {
        let Range { start, stop, step } = range;
        match step {
            1 => self.write(format_args!("range({start}, {stop})")),
            _ => self.write(format_args!("range({start}, {stop}, {step})")),
        }
    }

    fn dict_view(&mut self, at: Ref, dict: Ref, part: DictPart) -> Result<(), Raise> {
        let entries: Vec<Entry> =
            self.host.vm().heap.dict(dict).map(|dict| dict.iter().copied().collect()).unwrap_or_default();
        self.nested(at, "...", |w| {
            w.out.push_str(match part {
                DictPart::Keys => "dict_keys([",
                DictPart::Values => "dict_values([",
                DictPart::Items => "dict_items([",
            });
            for (number, entry) in entries.iter().enumerate() {
                if number > 0 {
                    w.out.push_str(", ");
                }
                if w.full() {
                    break;
                }
                match part {
                    DictPart::Keys => w.value(entry.key)?,
                    DictPart::Values => w.value(entry.value)?,
                    DictPart::Items => w.items("(", &[entry.key, entry.value], ")")?,
                }
            }
            w.out.push_str("])");
            Ok(())
        })
    }

    fn bound(&mut self, bound: Bound) -> Result<(), Raise> {
        if let Value::Native(id) = bound.function {
            let owner = self.host.vm().type_name(self.host.program(), bound.receiver);
            let name = Registry::get().native(id).name;
            let address = self.address(bound.receiver);
            self.write(format_args!("<built-in method {name} of {owner} object at {address:#x}>"));
            return Ok(());
        }
        let name = match bound.function {
            Value::Ref(at) => match self.host.vm().heap.get(at) {
                Obj::Function(function) => self.name(function.qualname),
                _ => "?".to_owned(),
            },
            _ => "?".to_owned(),
        };
        self.write(format_args!("<bound method {name} of "));
        self.value(bound.receiver)?;
        self.out.push('>');
        Ok(())
    }

    fn class_name(&self, class: &Class) -> String {
        format!("{}.{}", self.name(class.module), self.name(class.qualname))
    }

    fn type_title(&self, class: Value) -> String {
        match class {
            Value::Type(id) => types::name(id).to_owned(),
            Value::Ref(at) => match self.host.vm().heap.get(at) {
                Obj::Class(class) => self.name(class.name),
                _ => "?".to_owned(),
            },
            _ => "?".to_owned(),
        }
    }

    fn instance(&mut self, at: Ref, inner: Value) -> Result<(), Raise> {
        if self.inside.contains(&at) || self.inside.len() > DEPTH {
            self.out.push_str("...");
            return Ok(());
        }
        if let Some(text) = self.host.instance(at)? {
            self.out.push_str(&text);
            return Ok(());
        }
        if inner != Value::Null {
            return self.value(inner);
        }
        let vm = self.host.vm();
        let name = match vm.class_of(at).map(|class| vm.heap.get(class)) {
            Some(Obj::Class(class)) => self.class_name(class),
            _ => "object".to_owned(),
        };
        let address = self.address(Value::Ref(at));
        self.write(format_args!("<{name} object at {address:#x}>"));
        Ok(())
    }

    fn exception(&mut self, at: Ref, exception: &Exception) -> Result<(), Raise> {
        if let Some(text) = self.host.instance(at)? {
            self.out.push_str(&text);
            return Ok(());
        }
        let name = self.type_title(exception.class);
        self.out.push_str(&name);
        self.nested(at, "(...)", |w| w.items("(", &exception.args, ")"))
    }

    fn iterator(&mut self, at: Ref, iter: &Iter) {
        let id = self.host.vm().type_id(Value::Ref(at));
        let name = match iter {
            Iter::Bytes { .. } => "bytes_iterator",
            Iter::Deque { .. } => "_collections._deque_iterator",
            Iter::Dict { part: DictPart::Values, .. } => "dict_valueiterator",
            Iter::Dict { part: DictPart::Items, .. } => "dict_itemiterator",
            Iter::Reversed { sequence: Value::Ref(list), .. }
                if matches!(self.host.vm().heap.get(*list), Obj::List(_)) =>
            {
                "list_reverseiterator"
            }
            Iter::ReversedDict { .. } => "dict_reversekeyiterator",
            _ => types::name(id),
        };
        let address = self.address(Value::Ref(at));
        self.write(format_args!("<{name} object at {address:#x}>"));
    }
}

/// The built-in iterator that a generator of the library stands for.
fn standing_for(generator: &str) -> Option<&'static str> {
    match generator {
        "_map_one" | "_map_many" => Some("map"),
        "_filter_items" => Some("filter"),
        "_enumerate" => Some("enumerate"),
        "_zip" => Some("zip"),
        _ => None,
    }
}

/// The name of a built-in type with its module.
fn full_name(id: TypeId) -> String {
    let info = types::info(id);
    if info.module.is_empty() { info.name.to_owned() } else { format!("{}.{}", info.module, info.name) }
}
