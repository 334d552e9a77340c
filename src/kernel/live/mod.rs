//! The live world: the same programs on threads of the operating system.

mod legal;
mod options;

pub use legal::Transcript;
pub use options::LiveOptions;
