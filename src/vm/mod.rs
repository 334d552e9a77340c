//! The virtual machine: values, heap, frames.

pub mod lib;
mod op;
mod value;

pub use op::{Advance, Draw, Note, Op, Patience, Place, PrimitiveSpec, Question, QueueOrder, Reply};
pub use value::{LibraryId, NativeId, Ref, TypeId, Value};
