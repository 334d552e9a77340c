//! Values: 16 bytes, `Copy`, no reference counts.
//!
//! Whatever does not fit into a word lives on the [heap](super::heap) and is referred to by its [`Ref`]. Heap objects
//! are reclaimed by a mark-and-sweep collection whose roots are the frames, the globals and what the kernel holds, so
//! that copying a value costs nothing and a whole world can be cloned page by page.

use crate::lang::{ModuleId, Sym};

/// A reference to a heap object: its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref(pub u32);

/// A function or method written in Rust: an index into the VM's table of natives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NativeId(pub u16);

/// A built-in type object (`int`, `ValueError`, `threading.Lock`'s type, …): an index into the VM's table of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

/// A module object of the simulated library, by index into the VM's table of modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LibraryId(pub u16);

/// A Python value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value {
    /// Not a Python value: an unbound variable, or the place of `self` under a call without one.
    #[default]
    Null,
    None,
    NotImplemented,
    Ellipsis,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// A function or method written in Rust, without a receiver.
    Native(NativeId),
    /// A built-in type.
    Type(TypeId),
    /// A module of the simulated library written in Rust.
    Library(LibraryId),
    /// A module written in Python.
    Module(ModuleId),
    /// A name of the library that exists in CPython but not here yet: calling it is an error with its line.
    NotYet(Sym),
    /// A heap object.
    Ref(Ref),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_two_words() {
        assert_eq!(size_of::<Value>(), 16);
    }
}
