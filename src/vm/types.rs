//! The built-in types: one table, from which [`TypeId`]s, names, bases and `isinstance` come.
//!
//! The exception hierarchy is complete, as in CPython 3.12.

use super::heap::Heap;
use super::object::{DictPart, Iter, Obj, PrimitiveKind};
use super::op::QueueOrder;
use super::value::{TypeId, Value};

/// What is known of a built-in type.
#[derive(Debug)]
pub struct TypeInfo {
    pub name: &'static str,
    /// The module that `repr` names; empty for built-ins.
    pub module: &'static str,
    /// The base; `None` for `object` alone. Built-in types have one base each (multiple ones occur in CPython's
    /// exception hierarchy only where no program looks).
    pub base: Option<TypeId>,
}

macro_rules! types {
    ($($id:ident = $module:literal $name:literal : $base:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "names of constants, to number them")]
        enum Number { $($id),* }

        $(#[doc = concat!("`", $name, "`")]
        pub const $id: TypeId = TypeId(Number::$id as u16);)*

        /// All built-in types, by [`TypeId`].
        pub const TYPES: &[TypeInfo] = &[$(TypeInfo { name: $name, module: $module, base: $base }),*];
    };
}

types! {
    OBJECT = "" "object": None;
    TYPE = "" "type": Some(OBJECT);
    NONE = "" "NoneType": Some(OBJECT);
    ELLIPSIS = "" "ellipsis": Some(OBJECT);
    NOT_IMPLEMENTED = "" "NotImplementedType": Some(OBJECT);
    INT = "" "int": Some(OBJECT);
    BOOL = "" "bool": Some(INT);
    FLOAT = "" "float": Some(OBJECT);
    STR = "" "str": Some(OBJECT);
    BYTES = "" "bytes": Some(OBJECT);
    TUPLE = "" "tuple": Some(OBJECT);
    LIST = "" "list": Some(OBJECT);
    DICT = "" "dict": Some(OBJECT);
    SET = "" "set": Some(OBJECT);
    FROZENSET = "" "frozenset": Some(OBJECT);
    RANGE = "" "range": Some(OBJECT);
    SLICE = "" "slice": Some(OBJECT);
    FUNCTION = "" "function": Some(OBJECT);
    METHOD = "" "method": Some(OBJECT);
    BUILTIN_FUNCTION = "" "builtin_function_or_method": Some(OBJECT);
    MODULE = "" "module": Some(OBJECT);
    CELL = "" "cell": Some(OBJECT);
    GENERATOR = "" "generator": Some(OBJECT);
    ITERATOR = "" "iterator": Some(OBJECT);
    SUPER = "" "super": Some(OBJECT);
    PROPERTY = "" "property": Some(OBJECT);
    STATICMETHOD = "" "staticmethod": Some(OBJECT);
    CLASSMETHOD = "" "classmethod": Some(OBJECT);
    ENUMERATE = "" "enumerate": Some(OBJECT);
    ZIP = "" "zip": Some(OBJECT);
    MAP = "" "map": Some(OBJECT);
    FILTER = "" "filter": Some(OBJECT);
    REVERSED = "" "reversed": Some(OBJECT);
    LIST_ITERATOR = "" "list_iterator": Some(OBJECT);
    TUPLE_ITERATOR = "" "tuple_iterator": Some(OBJECT);
    STR_ITERATOR = "" "str_ascii_iterator": Some(OBJECT);
    RANGE_ITERATOR = "" "range_iterator": Some(OBJECT);
    DICT_KEY_ITERATOR = "" "dict_keyiterator": Some(OBJECT);
    SET_ITERATOR = "" "set_iterator": Some(OBJECT);
    CALLABLE_ITERATOR = "" "callable_iterator": Some(OBJECT);
    DICT_KEYS = "" "dict_keys": Some(OBJECT);
    DICT_VALUES = "" "dict_values": Some(OBJECT);
    DICT_ITEMS = "" "dict_items": Some(OBJECT);
    DEQUE = "collections" "deque": Some(OBJECT);
    DEFAULTDICT = "collections" "defaultdict": Some(DICT);
    COUNTER = "collections" "Counter": Some(DICT);
    ORDERED_DICT = "collections" "OrderedDict": Some(DICT);
    STRUCT_TIME = "time" "struct_time": Some(TUPLE);
    LOCK = "_thread" "lock": Some(OBJECT);
    RLOCK = "_thread" "RLock": Some(OBJECT);
    CONDITION = "threading" "Condition": Some(OBJECT);
    EVENT = "threading" "Event": Some(OBJECT);
    SEMAPHORE = "threading" "Semaphore": Some(OBJECT);
    BOUNDED_SEMAPHORE = "threading" "BoundedSemaphore": Some(SEMAPHORE);
    BARRIER = "threading" "Barrier": Some(OBJECT);
    QUEUE = "queue" "Queue": Some(OBJECT);
    LIFO_QUEUE = "queue" "LifoQueue": Some(QUEUE);
    PRIORITY_QUEUE = "queue" "PriorityQueue": Some(QUEUE);
    SIMPLE_QUEUE = "_queue" "SimpleQueue": Some(OBJECT);
    TRACEBACK = "" "traceback": Some(OBJECT);

    BASE_EXCEPTION = "" "BaseException": Some(OBJECT);
    BASE_EXCEPTION_GROUP = "" "BaseExceptionGroup": Some(BASE_EXCEPTION);
    GENERATOR_EXIT = "" "GeneratorExit": Some(BASE_EXCEPTION);
    KEYBOARD_INTERRUPT = "" "KeyboardInterrupt": Some(BASE_EXCEPTION);
    SYSTEM_EXIT = "" "SystemExit": Some(BASE_EXCEPTION);
    EXCEPTION = "" "Exception": Some(BASE_EXCEPTION);
    ARITHMETIC_ERROR = "" "ArithmeticError": Some(EXCEPTION);
    FLOATING_POINT_ERROR = "" "FloatingPointError": Some(ARITHMETIC_ERROR);
    OVERFLOW_ERROR = "" "OverflowError": Some(ARITHMETIC_ERROR);
    ZERO_DIVISION_ERROR = "" "ZeroDivisionError": Some(ARITHMETIC_ERROR);
    ASSERTION_ERROR = "" "AssertionError": Some(EXCEPTION);
    ATTRIBUTE_ERROR = "" "AttributeError": Some(EXCEPTION);
    BUFFER_ERROR = "" "BufferError": Some(EXCEPTION);
    EOF_ERROR = "" "EOFError": Some(EXCEPTION);
    IMPORT_ERROR = "" "ImportError": Some(EXCEPTION);
    MODULE_NOT_FOUND_ERROR = "" "ModuleNotFoundError": Some(IMPORT_ERROR);
    LOOKUP_ERROR = "" "LookupError": Some(EXCEPTION);
    INDEX_ERROR = "" "IndexError": Some(LOOKUP_ERROR);
    KEY_ERROR = "" "KeyError": Some(LOOKUP_ERROR);
    MEMORY_ERROR = "" "MemoryError": Some(EXCEPTION);
    NAME_ERROR = "" "NameError": Some(EXCEPTION);
    UNBOUND_LOCAL_ERROR = "" "UnboundLocalError": Some(NAME_ERROR);
    OS_ERROR = "" "OSError": Some(EXCEPTION);
    BLOCKING_IO_ERROR = "" "BlockingIOError": Some(OS_ERROR);
    CHILD_PROCESS_ERROR = "" "ChildProcessError": Some(OS_ERROR);
    CONNECTION_ERROR = "" "ConnectionError": Some(OS_ERROR);
    BROKEN_PIPE_ERROR = "" "BrokenPipeError": Some(CONNECTION_ERROR);
    CONNECTION_ABORTED_ERROR = "" "ConnectionAbortedError": Some(CONNECTION_ERROR);
    CONNECTION_REFUSED_ERROR = "" "ConnectionRefusedError": Some(CONNECTION_ERROR);
    CONNECTION_RESET_ERROR = "" "ConnectionResetError": Some(CONNECTION_ERROR);
    FILE_EXISTS_ERROR = "" "FileExistsError": Some(OS_ERROR);
    FILE_NOT_FOUND_ERROR = "" "FileNotFoundError": Some(OS_ERROR);
    INTERRUPTED_ERROR = "" "InterruptedError": Some(OS_ERROR);
    IS_A_DIRECTORY_ERROR = "" "IsADirectoryError": Some(OS_ERROR);
    NOT_A_DIRECTORY_ERROR = "" "NotADirectoryError": Some(OS_ERROR);
    PERMISSION_ERROR = "" "PermissionError": Some(OS_ERROR);
    PROCESS_LOOKUP_ERROR = "" "ProcessLookupError": Some(OS_ERROR);
    TIMEOUT_ERROR = "" "TimeoutError": Some(OS_ERROR);
    REFERENCE_ERROR = "" "ReferenceError": Some(EXCEPTION);
    RUNTIME_ERROR = "" "RuntimeError": Some(EXCEPTION);
    NOT_IMPLEMENTED_ERROR = "" "NotImplementedError": Some(RUNTIME_ERROR);
    RECURSION_ERROR = "" "RecursionError": Some(RUNTIME_ERROR);
    STOP_ITERATION = "" "StopIteration": Some(EXCEPTION);
    STOP_ASYNC_ITERATION = "" "StopAsyncIteration": Some(EXCEPTION);
    SYNTAX_ERROR = "" "SyntaxError": Some(EXCEPTION);
    INDENTATION_ERROR = "" "IndentationError": Some(SYNTAX_ERROR);
    TAB_ERROR = "" "TabError": Some(INDENTATION_ERROR);
    SYSTEM_ERROR = "" "SystemError": Some(EXCEPTION);
    TYPE_ERROR = "" "TypeError": Some(EXCEPTION);
    VALUE_ERROR = "" "ValueError": Some(EXCEPTION);
    UNICODE_ERROR = "" "UnicodeError": Some(VALUE_ERROR);
    UNICODE_DECODE_ERROR = "" "UnicodeDecodeError": Some(UNICODE_ERROR);
    UNICODE_ENCODE_ERROR = "" "UnicodeEncodeError": Some(UNICODE_ERROR);
    UNICODE_TRANSLATE_ERROR = "" "UnicodeTranslateError": Some(UNICODE_ERROR);
    EXCEPTION_GROUP = "" "ExceptionGroup": Some(EXCEPTION);
    WARNING = "" "Warning": Some(EXCEPTION);
    BYTES_WARNING = "" "BytesWarning": Some(WARNING);
    DEPRECATION_WARNING = "" "DeprecationWarning": Some(WARNING);
    ENCODING_WARNING = "" "EncodingWarning": Some(WARNING);
    FUTURE_WARNING = "" "FutureWarning": Some(WARNING);
    IMPORT_WARNING = "" "ImportWarning": Some(WARNING);
    PENDING_DEPRECATION_WARNING = "" "PendingDeprecationWarning": Some(WARNING);
    RESOURCE_WARNING = "" "ResourceWarning": Some(WARNING);
    RUNTIME_WARNING = "" "RuntimeWarning": Some(WARNING);
    SYNTAX_WARNING = "" "SyntaxWarning": Some(WARNING);
    UNICODE_WARNING = "" "UnicodeWarning": Some(WARNING);
    USER_WARNING = "" "UserWarning": Some(WARNING);

    QUEUE_EMPTY = "_queue" "Empty": Some(EXCEPTION);
    QUEUE_FULL = "queue" "Full": Some(EXCEPTION);
    QUEUE_SHUT_DOWN = "queue" "ShutDown": Some(EXCEPTION);
    BROKEN_BARRIER_ERROR = "threading" "BrokenBarrierError": Some(RUNTIME_ERROR);
}

/// What is known of this type.
#[must_use]
pub fn info(id: TypeId) -> &'static TypeInfo {
    &TYPES[id.0 as usize]
}

/// The name as an error message gives it.
#[must_use]
pub fn name(id: TypeId) -> &'static str {
    info(id).name
}

/// True when `derived` is `base` or inherits from it.
#[must_use]
pub fn is_subtype(derived: TypeId, base: TypeId) -> bool {
    let mut current = Some(derived);
    while let Some(id) = current {
        if id == base {
            return true;
        }
        current = info(id).base;
    }
    false
}

/// True for `BaseException` and everything below it.
#[must_use]
pub fn is_exception(id: TypeId) -> bool {
    is_subtype(id, BASE_EXCEPTION)
}

/// The names that are visible everywhere without an import.
#[must_use]
pub fn is_builtin_name(id: TypeId) -> bool {
    let hidden = matches!(
        id,
        NONE | ELLIPSIS
            | NOT_IMPLEMENTED
            | FUNCTION
            | METHOD
            | BUILTIN_FUNCTION
            | MODULE
            | CELL
            | GENERATOR
            | ITERATOR
            | TRACEBACK
    );
    let view_or_iterator = (LIST_ITERATOR.0..=DICT_ITEMS.0).contains(&id.0);
    info(id).module.is_empty() && !hidden && !view_or_iterator
}

/// The built-in type of a value; for an instance of a user's class its nearest built-in base.
#[must_use]
pub fn of(heap: &Heap, value: Value) -> TypeId {
    match value {
        Value::Null | Value::None => NONE,
        Value::NotImplemented => NOT_IMPLEMENTED,
        Value::Ellipsis => ELLIPSIS,
        Value::Bool(_) => BOOL,
        Value::Int(_) => INT,
        Value::Float(_) => FLOAT,
        Value::Native(_) | Value::NotYet(_) => BUILTIN_FUNCTION,
        Value::Type(_) => TYPE,
        Value::Library(_) | Value::Module(_) => MODULE,
        Value::Ref(at) => of_object(heap, heap.get(at)),
    }
}

fn of_object(heap: &Heap, obj: &Obj) -> TypeId {
    let base_of = |class: Value| match class {
        Value::Type(id) => id,
        Value::Ref(class) => match heap.get(class) {
            Obj::Class(class) => class.base_type,
            _ => OBJECT,
        },
        _ => OBJECT,
    };
    match obj {
        Obj::Free(_) | Obj::Namespace(_) | Obj::Stream(_) => OBJECT,
        Obj::Str(_) => STR,
        Obj::Bytes(_) => BYTES,
        Obj::Tuple(_) => TUPLE,
        Obj::List(_) => LIST,
        Obj::Dict(_) => DICT,
        Obj::Set(_) => SET,
        Obj::FrozenSet(_) => FROZENSET,
        Obj::Deque(_) => DEQUE,
        Obj::Slice(_) => SLICE,
        Obj::Range(_) => RANGE,
        Obj::DictView(_, DictPart::Keys) => DICT_KEYS,
        Obj::DictView(_, DictPart::Values) => DICT_VALUES,
        Obj::DictView(_, DictPart::Items) => DICT_ITEMS,
        Obj::Function(_) => FUNCTION,
        Obj::Bound(bound) if matches!(bound.function, Value::Native(_)) => BUILTIN_FUNCTION,
        Obj::Bound(_) => METHOD,
        Obj::Class(_) => TYPE,
        Obj::Instance(instance) => base_of(Value::Ref(instance.class)),
        Obj::Exception(exception) => base_of(exception.class),
        Obj::Cell(_) => CELL,
        Obj::Property(_) => PROPERTY,
        Obj::StaticMethod(_) => STATICMETHOD,
        Obj::ClassMethod(_) => CLASSMETHOD,
        Obj::Super(_) => SUPER,
        Obj::RangeIter { .. } => RANGE_ITERATOR,
        Obj::ListIter { .. } => LIST_ITERATOR,
        Obj::Iter(iter) => of_iterator(iter),
        Obj::Generator(_) => GENERATOR,
        Obj::Primitive(primitive) => of_primitive(primitive.kind),
        Obj::Record(record) => record.type_id,
    }
}

fn of_iterator(iter: &Iter) -> TypeId {
    match iter {
        Iter::Range { .. } => RANGE_ITERATOR,
        Iter::Tuple { .. } => TUPLE_ITERATOR,
        Iter::Str { .. } => STR_ITERATOR,
        Iter::Dict { .. } => DICT_KEY_ITERATOR,
        Iter::Set { .. } => SET_ITERATOR,
        Iter::Reversed { .. } | Iter::ReversedDict { .. } => REVERSED,
        Iter::Enumerate { .. } => ENUMERATE,
        Iter::Zip { .. } => ZIP,
        Iter::Callable { .. } => CALLABLE_ITERATOR,
        Iter::Bytes { .. } | Iter::Deque { .. } | Iter::Values { .. } | Iter::GetItem { .. } | Iter::Done => ITERATOR,
    }
}

fn of_primitive(kind: PrimitiveKind) -> TypeId {
    match kind {
        PrimitiveKind::Lock => LOCK,
        PrimitiveKind::RLock => RLOCK,
        PrimitiveKind::Condition => CONDITION,
        PrimitiveKind::Event => EVENT,
        PrimitiveKind::Semaphore => SEMAPHORE,
        PrimitiveKind::BoundedSemaphore => BOUNDED_SEMAPHORE,
        PrimitiveKind::Barrier => BARRIER,
        PrimitiveKind::Queue(QueueOrder::Fifo) => QUEUE,
        PrimitiveKind::Queue(QueueOrder::Lifo) => LIFO_QUEUE,
        PrimitiveKind::Queue(QueueOrder::Priority) => PRIORITY_QUEUE,
        PrimitiveKind::Queue(QueueOrder::Simple) => SIMPLE_QUEUE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hierarchy_is_as_in_cpython() {
        assert!(is_subtype(FILE_NOT_FOUND_ERROR, OS_ERROR));
        assert!(is_subtype(RECURSION_ERROR, RUNTIME_ERROR));
        assert!(is_subtype(BOOL, INT));
        assert!(!is_subtype(SYSTEM_EXIT, EXCEPTION));
        assert!(is_builtin_name(VALUE_ERROR) && is_builtin_name(ENUMERATE));
        assert!(!is_builtin_name(DEQUE) && !is_builtin_name(DICT_KEYS));
    }
}
