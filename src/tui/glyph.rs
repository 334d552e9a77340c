//! The glyph sets: every sign the interface draws that is not text, as tables.
//!
//! Nearly every pretty glyph (box drawing, `●`, `→`, `█`) is of *ambiguous* width: one cell in most terminals, two in
//! some Chinese set-ups. Hence three sets. `unicode` uses them all. `safe` uses only what is one cell wide everywhere,
//! whatever the terminal thinks of ambiguous characters. `ascii` is for terminals and fonts that have nothing else.

use crate::event::ThreadState;
use crate::said::Said;
use ratatui::symbols::border;
use std::fmt;
use std::str::FromStr;

/// Which glyphs to draw with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum GlyphSet {
    #[default]
    Unicode,
    Safe,
    Ascii,
}

impl GlyphSet {
    /// What a terminal of this kind can be trusted with: `terminal` is `$TERM`, `locale` the first of `$LC_ALL`,
    /// `$LC_CTYPE` and `$LANG` that says something. Where nothing is said, a terminal of today is assumed.
    #[must_use]
    pub fn of_terminal(terminal: Option<&str>, locale: Option<&str>) -> GlyphSet {
        let utf8 = locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        // The console of Linux has a font of 256 or 512 signs.
        if utf8 && terminal != Some("linux") { GlyphSet::Unicode } else { GlyphSet::Ascii }
    }

    /// The same for the terminal that this process runs in.
    #[must_use]
    pub fn of_system() -> GlyphSet {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
        GlyphSet::of_terminal(variable("TERM").as_deref(), locale.as_deref())
    }
}

/// The signs of one set. Each is exactly one cell wide where its set is used.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub border: border::Set<'static>,
    /// Signs of thread states.
    pub new: &'static str,
    pub ready: &'static str,
    pub blocked: &'static str,
    pub waiting: &'static str,
    pub joining: &'static str,
    pub sleeping: &'static str,
    pub reading: &'static str,
    pub finished: &'static str,
    pub failed: &'static str,
    pub killed: &'static str,
    /// Before the line or row that is current.
    pub cursor: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    /// Between a thing and who holds it: "lock ◂ B".
    pub held_by: &'static str,
    /// From one thing to the next, in cycles and paths.
    pub to: &'static str,
    pub bullet: &'static str,
    /// Stands for nothing in a column.
    pub none: &'static str,
    /// Stands for text that was cut off.
    pub cut: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub warning: &'static str,
    /// A place on the timeline, from below.
    pub here: &'static str,
    pub breakpoint: &'static str,
    /// Beside the thread whose turn it is on a way that is shown as a hint.
    pub hint: &'static str,
    /// A step after which nothing can be saved.
    pub no_return: &'static str,
    /// Cells of the timeline: the thread made a step, could run, was blocked, waited, slept, held a lock.
    pub ran: &'static str,
    pub idle: &'static str,
    pub stopped: &'static str,
    pub waited: &'static str,
    pub slept: &'static str,
    pub hold: &'static str,
    /// Left of a lane.
    pub lane: &'static str,
    /// More above, below, left and right of what is shown.
    pub up: &'static str,
    pub down: &'static str,
    pub left: &'static str,
    pub right: &'static str,
    /// Scroll bar.
    pub track: &'static str,
    pub thumb: &'static str,
    /// An opened and a closed branch of a tree.
    pub open: &'static str,
    pub closed: &'static str,
    /// Between neighbours of one line.
    pub separator: &'static str,
    /// A rule across.
    pub rule: &'static str,
    /// A fork on a table.
    pub fork: &'static str,
}

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

const UNICODE: Glyphs = Glyphs {
    border: border::PLAIN,
    new: "○",
    ready: "▸",
    blocked: "✗",
    waiting: "◌",
    joining: "⇥",
    sleeping: "☾",
    reading: "✎",
    finished: "✓",
    failed: "!",
    killed: "†",
    cursor: "▸",
    play: "⏵",
    pause: "⏸",
    held_by: "◂",
    to: "→",
    bullet: "•",
    none: "–",
    cut: "…",
    yes: "✓",
    no: "✗",
    warning: "!",
    here: "▲",
    breakpoint: "●",
    hint: "◀",
    no_return: "◆",
    ran: "█",
    idle: "─",
    stopped: "×",
    waited: "~",
    slept: "·",
    hold: "▔",
    lane: "▏",
    up: "↑",
    down: "↓",
    left: "←",
    right: "→",
    track: "│",
    thumb: "█",
    open: "▾",
    closed: "▸",
    separator: "│",
    rule: "─",
    fork: "ψ",
};

const SAFE: Glyphs = Glyphs {
    border: ASCII_BORDER,
    new: "▫",
    ready: "▸",
    blocked: "✗",
    waiting: "~",
    joining: "&",
    sleeping: "z",
    reading: "?",
    finished: "✓",
    failed: "!",
    killed: "x",
    cursor: "►",
    play: "⏵",
    pause: "⏸",
    held_by: "◂",
    to: "►",
    bullet: "▪",
    none: "-",
    cut: "~",
    yes: "✓",
    no: "✗",
    warning: "!",
    here: "^",
    breakpoint: "▪",
    hint: "◂",
    no_return: "#",
    ran: "▐",
    idle: "-",
    stopped: "x",
    waited: "~",
    slept: ".",
    hold: "=",
    lane: "|",
    up: "^",
    down: "v",
    left: "◂",
    right: "▸",
    track: "░",
    thumb: "▐",
    open: "▾",
    closed: "▸",
    separator: "|",
    rule: "-",
    fork: "Y",
};

const ASCII: Glyphs = Glyphs {
    border: ASCII_BORDER,
    new: "o",
    ready: ">",
    blocked: "X",
    waiting: "~",
    joining: "&",
    sleeping: "z",
    reading: "?",
    finished: ".",
    failed: "!",
    killed: "x",
    cursor: ">",
    play: ">",
    pause: "=",
    held_by: "<",
    to: ">",
    bullet: "*",
    none: "-",
    cut: "~",
    yes: "+",
    no: "X",
    warning: "!",
    here: "^",
    breakpoint: "*",
    hint: "<",
    no_return: "#",
    ran: "#",
    idle: "-",
    stopped: "x",
    waited: "~",
    slept: ".",
    hold: "=",
    lane: "|",
    up: "^",
    down: "v",
    left: "<",
    right: ">",
    track: ":",
    thumb: "#",
    open: "v",
    closed: ">",
    separator: "|",
    rule: "-",
    fork: "Y",
};

impl GlyphSet {
    /// Every set, from the richest to the plainest.
    pub const ALL: [GlyphSet; 3] = [GlyphSet::Unicode, GlyphSet::Safe, GlyphSet::Ascii];

    /// The signs of this set.
    #[must_use]
    pub const fn glyphs(self) -> &'static Glyphs {
        match self {
            GlyphSet::Unicode => &UNICODE,
            GlyphSet::Safe => &SAFE,
            GlyphSet::Ascii => &ASCII,
        }
    }

    /// The name that `--glyphs` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            GlyphSet::Unicode => "unicode",
            GlyphSet::Safe => "safe",
            GlyphSet::Ascii => "ascii",
        }
    }
}

impl FromStr for GlyphSet {
    type Err = Said;

    fn from_str(name: &str) -> Result<GlyphSet, Said> {
        GlyphSet::ALL
            .into_iter()
            .find(|set| set.name() == name)
            .ok_or_else(|| Said::new("option-glyphs").with("name", name))
    }
}

impl fmt::Display for GlyphSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Glyphs {
    /// The sign of a thread's state.
    #[must_use]
    pub const fn state(&self, state: ThreadState) -> &'static str {
        match state {
            ThreadState::New => self.new,
            ThreadState::Ready => self.ready,
            ThreadState::Blocked { .. } => self.blocked,
            ThreadState::Waiting { .. } => self.waiting,
            ThreadState::Joining { .. } => self.joining,
            ThreadState::Sleeping { .. } => self.sleeping,
            ThreadState::Reading => self.reading,
            ThreadState::Finished => self.finished,
            ThreadState::Failed => self.failed,
            ThreadState::Killed => self.killed,
        }
    }

    /// The cell that a thread in this state fills on the timeline while others run.
    #[must_use]
    pub const fn lane_cell(&self, state: ThreadState) -> &'static str {
        match state {
            ThreadState::New | ThreadState::Finished | ThreadState::Failed | ThreadState::Killed => " ",
            ThreadState::Ready => self.idle,
            ThreadState::Blocked { .. } => self.stopped,
            ThreadState::Waiting { .. } | ThreadState::Joining { .. } => self.waited,
            ThreadState::Sleeping { .. } | ThreadState::Reading => self.slept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Nanos, ObjectId, ThreadId};
    use std::collections::BTreeSet;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn a_terminal_without_unicode_gets_ascii() {
        let of = GlyphSet::of_terminal;
        for locale in [None, Some("en_US.UTF-8"), Some("C.utf8"), Some("zh_CN.UTF-8")] {
            assert_eq!(of(Some("xterm-256color"), locale), GlyphSet::Unicode, "{locale:?}");
        }
        for locale in ["C", "POSIX", "de_DE.ISO-8859-1"] {
            assert_eq!(of(Some("xterm"), Some(locale)), GlyphSet::Ascii, "{locale}");
        }
        assert_eq!(of(Some("linux"), Some("en_US.UTF-8")), GlyphSet::Ascii);
    }

    const STATES: [ThreadState; 10] = [
        ThreadState::New,
        ThreadState::Ready,
        ThreadState::Blocked { on: ObjectId(0) },
        ThreadState::Waiting { on: ObjectId(0) },
        ThreadState::Joining { thread: ThreadId(1) },
        ThreadState::Sleeping { until: Nanos(0) },
        ThreadState::Reading,
        ThreadState::Finished,
        ThreadState::Failed,
        ThreadState::Killed,
    ];

    /// The glyphs of a set, taken from its debug form so that no field can be forgotten.
    fn all(set: GlyphSet) -> Vec<String> {
        let shown = format!("{:?}", set.glyphs());
        let strings = shown.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        assert!(strings.len() > 40, "{strings:?}");
        strings
    }

    #[test]
    fn every_glyph_is_one_cell_wide() {
        for set in GlyphSet::ALL {
            for glyph in all(set) {
                assert_eq!(glyph.width(), 1, "{set}: {glyph}");
            }
        }
    }

    #[test]
    fn safe_and_ascii_are_one_cell_wide_where_ambiguous_is_wide() {
        for set in [GlyphSet::Safe, GlyphSet::Ascii] {
            for glyph in all(set) {
                assert_eq!(glyph.width_cjk(), 1, "{set}: {glyph}");
            }
        }
        assert!(all(GlyphSet::Ascii).iter().all(|glyph| glyph.is_ascii()));
    }

    #[test]
    fn states_are_told_apart_without_colour() {
        for set in GlyphSet::ALL {
            let signs: BTreeSet<_> = STATES.map(|state| set.glyphs().state(state)).into_iter().collect();
            assert_eq!(signs.len(), STATES.len(), "{set}: {signs:?}");
            let lanes =
                [ThreadState::Ready, STATES[2], STATES[3], STATES[5]].map(|state| set.glyphs().lane_cell(state));
            assert_eq!(lanes.into_iter().chain([set.glyphs().ran]).collect::<BTreeSet<_>>().len(), 5, "{set}");
        }
    }

    #[test]
    fn names_parse_back() {
        for set in GlyphSet::ALL {
            assert_eq!(set.to_string().parse(), Ok(set));
        }
        assert!("emoji".parse::<GlyphSet>().is_err());
    }
}
