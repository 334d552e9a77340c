//! Which picture is drawn next to the program, and of what.
//!
//! ```text
//! ring forks=fork* seats=Plato,Kant,Hegel
//! │    │     └ names of the program's objects (here: locks), in order; `*` stands for any letters
//! │    └ a role of this widget
//! └ the widget
//! ```
//!
//! | widget | roles |
//! |---|---|
//! | `ring` | `seats`: threads around the table; `forks`: fork `i` lies before seat `i`, and those of which there are not as many as seats in the middle; `state`: a list of who eats (`True` at the place of the seat), or a set of seats or names; `middle`: what stands in the middle |
//! | `slots` | `places`: the semaphore; `cars`: the threads that park; `inside`: what the program itself counts |
//! | `light` | `light`: the event; `cars`: the threads that wait before it or have passed it |
//! | `graph` | `objects`: those that are drawn; `threads`: those that are listed below while they neither hold nor wait |
//!
//! `docs/SCENARIOS.md` says the same of all of them, and what is drawn when a role is not named.
//!
//! A manifest says so in `"stage"`, a program in a comment of its own, `# stage: ring forks=fork*`. A role that is not
//! named finds its objects by itself, and the picture of a program about which nothing is said is the [graph].
//!
//! [graph]: Widget::Graph

use super::nearest::nearest;
use crate::said::{Filling, Said};
use crate::trace::{Header, PICTURE_MAX};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Widget {
    /// Seats around a table, and what lies between two of them.
    Ring,
    /// Places, who is in them, and who waits outside.
    Slots,
    /// A signal, who has passed it, and who waits before it.
    Light,
    /// Boxes between those who fill and those who empty them.
    Buffer,
    /// A shared value and every thread's own copy of it.
    Register,
    /// Accounts, what is on them, and who holds them.
    Account,
    /// A lane for each thread, and where on it the thread is.
    Lanes,
    /// Threads and objects, who holds what and who waits for what.
    #[default]
    Graph,
}

/// What a picture is told about the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    pub name: &'static str,
    /// It names threads, not objects.
    pub threads: bool,
}

const fn objects(name: &'static str) -> Role {
    Role { name, threads: false }
}

const fn threads(name: &'static str) -> Role {
    Role { name, threads: true }
}

impl Widget {
    /// Every widget once.
    pub const ALL: [Widget; 8] = [
        Widget::Ring,
        Widget::Slots,
        Widget::Light,
        Widget::Buffer,
        Widget::Register,
        Widget::Account,
        Widget::Lanes,
        Widget::Graph,
    ];

    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Widget::Ring => "ring",
            Widget::Slots => "slots",
            Widget::Light => "light",
            Widget::Buffer => "buffer",
            Widget::Register => "register",
            Widget::Account => "account",
            Widget::Lanes => "lanes",
            Widget::Graph => "graph",
        }
    }

    /// The roles it knows. `docs/SCENARIOS.md`, "The picture", says what each of them means, and which objects and
    /// threads play a role that is not named.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Widget::Ring => const { &[threads("seats"), objects("forks"), objects("state"), objects("middle")] },
            Widget::Slots => const { &[objects("places"), objects("inside"), threads("cars")] },
            Widget::Light => const { &[objects("light"), threads("cars")] },
            Widget::Buffer => {
                const { &[objects("boxes"), threads("producers"), threads("consumers"), objects("gates")] }
            }
            Widget::Register => const { &[objects("value"), threads("threads")] },
            Widget::Account => const { &[objects("accounts"), objects("locks"), threads("threads")] },
            Widget::Lanes => const { &[objects("gates"), threads("lanes")] },
            Widget::Graph => const { &[objects("objects"), threads("threads")] },
        }
    }
}

impl fmt::Display for Widget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A picture: its widget, and which of the program's names play which role.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Picture {
    pub widget: Widget,
    /// In the order in which they were written; each role at most once.
    roles: Vec<(&'static str, Vec<Arc<str>>)>,
}

/// Why a text is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    Widget(String),
    Role { widget: Widget, role: String, suggestion: Option<String> },
    Form(String),
    Twice(&'static str),
}

impl PictureError {
    /// The reason, and the remedy.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            PictureError::Widget(name) => Said::new("picture-wrong-widget").with("name", name.as_str()),
            PictureError::Role { widget, role, suggestion } => {
                let of = |key| Said::new(key).with("widget", widget.name()).with("role", role.as_str());
                let known: Vec<&str> = widget.roles().iter().map(|role| role.name).collect();
                match suggestion {
                    Some(near) => of("picture-wrong-role-near").with("near", near.as_str()),
                    None => of("picture-wrong-role").with("known", Filling::list(&known)),
                }
            }
            PictureError::Form(word) => Said::new("picture-wrong-form").with("word", word.as_str()),
            PictureError::Twice(role) => Said::new("picture-wrong-twice").with("role", *role),
        }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for PictureError {}

impl Picture {
    /// The names that play this role, as patterns; `None` when nothing is said.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<&[Arc<str>]> {
        self.roles.iter().find(|(role, _)| *role == name).map(|(_, names)| &**names)
    }

    /// Every role that is named, with the patterns of its names.
    pub fn roles(&self) -> impl Iterator<Item = (&'static str, &[Arc<str>])> {
        self.roles.iter().map(|(role, names)| (*role, &**names))
    }

    /// What a program says of itself in a comment, and on which line: `# stage: ring forks=fork*`.
    #[must_use]
    pub fn of_program(text: &str) -> Option<(u32, Result<Picture, PictureError>)> {
        let stage =
            |line: &str| Some(line.trim_start().strip_prefix('#')?.trim_start().strip_prefix("stage:")?.parse());
        text.lines().zip(1..).find_map(|(line, number)| Some((number, stage(line)?)))
    }
}

impl Picture {
    /// What the first line of a trace says; `None` when it says nothing, or nothing that makes sense here.
    #[must_use]
    pub fn of_header(header: &Header) -> Option<Picture> {
        header.picture.as_deref()?.parse().ok()
    }

    /// As a trace says it; `None` for the picture of a program about which nothing is said.
    #[must_use]
    pub fn for_header(&self) -> Option<Arc<str>> {
        (*self != Picture::default())
            .then(|| self.to_string().into())
            .filter(|text: &Arc<str>| text.len() <= PICTURE_MAX)
    }
}

impl FromStr for Picture {
    type Err = PictureError;

    fn from_str(text: &str) -> Result<Picture, PictureError> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let widget = Widget::ALL.into_iter().find(|widget| widget.name() == name);
        let widget = widget.ok_or_else(|| PictureError::Widget(name.to_owned()))?;
        let mut picture = Picture { widget, roles: Vec::new() };
        for word in words {
            let (role, names) = word.split_once('=').ok_or_else(|| PictureError::Form(word.to_owned()))?;
            let known = || widget.roles().iter().map(|role| role.name);
            let Some(role) = known().find(|known| *known == role) else {
                let suggestion = nearest(role, known()).map(str::to_owned);
                return Err(PictureError::Role { widget, role: role.to_owned(), suggestion });
            };
            if picture.role(role).is_some() {
                return Err(PictureError::Twice(role));
            }
            let names: Vec<Arc<str>> = names.split(',').map(Arc::from).collect();
            if names.iter().any(|name| name.is_empty()) {
                return Err(PictureError::Form(word.to_owned()));
            }
            picture.roles.push((role, names));
        }
        Ok(picture)
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.widget)?;
        self.roles().try_for_each(|(role, names)| write!(f, " {role}={}", names.join(",")))
    }
}

impl<'de> Deserialize<'de> for Picture {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Picture, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// True when the pattern fits the name: `*` stands for any letters, also none.
#[must_use]
pub fn fits(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_widget_and_its_roles() {
        let text = "ring forks=fork* seats=Plato,Kant";
        let picture: Picture = text.parse().unwrap();
        assert_eq!(picture.widget, Widget::Ring);
        assert_eq!(picture.role("seats").unwrap().join("+"), "Plato+Kant");
        assert_eq!(picture.role("state"), None);
        assert_eq!(picture.to_string(), text);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let message = |text: &str| text.parse::<Picture>().unwrap_err().to_string();
        assert!(message("rung").starts_with("there is no picture `rung`; there are ring,"));
        assert_eq!(message("ring fork=a"), "`ring` has no role `fork`; did you mean `forks`?");
        assert!(message("ring xyz=a").ends_with("it has seats, forks, state, middle"));
        assert_eq!(message("ring forks"), "`forks` is not written as `role=name,name`");
        assert_eq!(message("ring forks=a,"), "`forks=a,` is not written as `role=name,name`");
        assert_eq!(message("ring forks=a forks=b"), "the role `forks` stands twice");
    }

    #[test]
    fn a_program_may_name_its_picture() {
        let (line, picture) = Picture::of_program("import threading\n# stage: light light=green\n").unwrap();
        assert_eq!((line, picture.unwrap().widget), (2, Widget::Light));
        assert!(Picture::of_program("# the stage: ring\nx = 1\n").is_none());
        assert!(Picture::of_program("#stage: rung").unwrap().1.is_err());
    }

    #[test]
    fn a_trace_says_what_makes_sense() {
        let of = |text: &str| Picture::of_header(&Header { picture: Some(text.into()), ..Header::default() });
        let picture: Picture = "ring forks=fork*".parse().unwrap();
        assert_eq!(of(&picture.for_header().unwrap()), Some(picture));
        assert_eq!(
            (of("rung"), of(""), of("ring forks"), Picture::of_header(&Header::default())),
            (None, None, None, None)
        );
        assert_eq!(Picture::default().for_header(), None);
        let long: Picture = format!("graph objects={}", "a".repeat(PICTURE_MAX)).parse().unwrap();
        assert_eq!(long.for_header(), None);
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, name) in
            [("a", "a"), ("*", ""), ("fork*", "fork[0]"), ("*k*", "fork"), ("a*b*c", "abbc"), ("a*a", "aa")]
        {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("a", "b"), ("a*a", "a"), ("fork*", "afork"), ("*k", "ko"), ("a*b*c", "acb")] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
