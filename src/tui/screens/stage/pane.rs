//! The panes of the stage by name.

/// A pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    Program,
    Threads,
    Objects,
    Timeline,
    Picture,
    Output,
    Events,
    Findings,
    Variables,
    Notes,
}

impl Pane {
    /// Every pane, in the order in which Tab goes through them.
    pub const ALL: &'static [Pane] = &[
        Pane::Program,
        Pane::Threads,
        Pane::Objects,
        Pane::Timeline,
        Pane::Picture,
        Pane::Output,
        Pane::Events,
        Pane::Findings,
        Pane::Variables,
        Pane::Notes,
    ];

    /// The pane after this one, in a circle.
    #[must_use]
    pub fn next(self) -> Pane {
        Pane::ALL[(self as usize + 1) % Pane::ALL.len()]
    }

    /// The pane before this one, in a circle.
    #[must_use]
    pub fn previous(self) -> Pane {
        Pane::ALL[(self as usize + Pane::ALL.len() - 1) % Pane::ALL.len()]
    }

    /// The catalogue key of its name.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Pane::Program => "pane-program",
            Pane::Threads => "pane-threads",
            Pane::Objects => "pane-objects",
            Pane::Timeline => "pane-timeline",
            Pane::Picture => "pane-picture",
            Pane::Output => "pane-output",
            Pane::Events => "pane-events",
            Pane::Findings => "pane-findings",
            Pane::Variables => "pane-variables",
            Pane::Notes => "pane-notes",
        }
    }
}
