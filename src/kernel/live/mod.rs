//! The live world: the same programs on threads of the operating system.

mod legal;

pub use legal::Transcript;
