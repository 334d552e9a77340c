//! What is written for people and for other programs to read: text and JSON, to any [`std::io::Write`].
//!
//! Every JSON document is one object with `"lockstep": 1`, the version of the format; fields are only ever added.

pub mod list;
mod plain;

pub use plain::plain;
