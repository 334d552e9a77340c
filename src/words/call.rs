//! Calls on containers, as they stand in the program.

use super::{Arg, Words};

/// Functions that take the container as their argument; everything else is a method of it.
const FUNCTIONS: [&str; 22] = [
    "all",
    "any",
    "choice",
    "dict",
    "enumerate",
    "filter",
    "frozenset",
    "hash",
    "len",
    "list",
    "map",
    "max",
    "min",
    "reversed",
    "sample",
    "set",
    "shuffle",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
];

/// A call on a container: what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// `buffer.append(3)`, `len(buffer)`.
    Plain(String),
    /// `if buffer`.
    IsEmpty,
    /// A loop over it begins.
    Begin,
    /// A loop over it goes on.
    Next,
    /// `item in buffer`.
    Contains(String),
}

impl Call {
    /// Takes a call apart that came as `append(3)`, `len([1, 2])`, `iter()`.
    pub(super) fn new(object: &str, call: &str) -> Call {
        let (name, rest) = call.split_once('(').unwrap_or((call, ")"));
        let inside = rest.strip_suffix(')').unwrap_or(rest);
        match name {
            "bool" => Call::IsEmpty,
            "iter" => Call::Begin,
            "next" => Call::Next,
            "in" => Call::Contains(inside.to_owned()),
            _ if FUNCTIONS.contains(&name) => Call::Plain(format!("{name}({object})")),
            _ => Call::Plain(format!("{object}.{call}")),
        }
    }
}

impl Words {
    /// The call as a phrase that goes on from "about to".
    pub(super) fn call(&self, object: &str, call: &str) -> String {
        let on = ("object", Arg::from(object));
        match Call::new(object, call) {
            Call::Plain(call) => self.with("action-call", &[("call", call.into())]),
            Call::IsEmpty => self.with("action-call-bool", &[on]),
            Call::Begin => self.with("action-call-iter", &[on]),
            Call::Next => self.with("action-call-next", &[on]),
            Call::Contains(item) => self.with("action-call-in", &[on, ("item", item.into())]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_take_the_container_and_methods_belong_to_it() {
        let plain = |call| match Call::new("buffer", call) {
            Call::Plain(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(plain("append('tea')"), "buffer.append('tea')");
        assert_eq!(plain("len(['(', ')'])"), "len(buffer)");
        assert_eq!(plain("sorted([2, 1])"), "sorted(buffer)");
        assert_eq!(plain("pop()"), "buffer.pop()");
        assert_eq!(Call::new("buffer", "in('(x)')"), Call::Contains("'(x)'".to_owned()));
        assert_eq!(Call::new("buffer", "iter()"), Call::Begin);
    }
}
