//! A recorded run in the formats of other programs.
//!
//! Every export is a function of a [`Recording`](crate::model::Recording) and a few options: the same recording and the
//! same options give the same bytes. None of them looks at a clock, and none knows where it is written to.
//!
//! | module | what is in it |
//! |---|---|
//! | `perfetto` | tracks over time, for ui.perfetto.dev |
//! | `mermaid` | who did what to whom, as a sequence diagram |
//! | `dot` | who holds and who waits for what at one step, as a graph |
//! | `csv` | the events as a table |
//! | `html` | a page on which the run can be stepped through |
//! | `names` | what things are called in tables |
//! | `columns` | texts cut off where they are too wide |
//! | `svg` | the timeline, or the whole interface at one step, as a picture |
//! | `cast` | the interface as a film |
//! | `palette` | concrete colours for what terminals leave open |
//!
//! To add a format: a variant of [`Format`] with its row in the tables below, a module with a `write`, an arm in
//! `cli::export`, a section in `docs/EXPORTS.md`, and a test with a hostile program.

pub mod cast;
mod columns;
pub mod csv;
pub mod dot;
pub mod html;
pub mod mermaid;
mod names;
pub mod perfetto;
pub mod palette;
pub mod svg;

use crate::ids::Step;
use std::path::Path;

/// What a recorded run can be turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Perfetto,
    Cast,
    Svg,
    Html,
    Mermaid,
    Dot,
    Csv,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Format; 7] =
        [Format::Perfetto, Format::Cast, Format::Svg, Format::Html, Format::Mermaid, Format::Dot, Format::Csv];

    /// What it is called on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Perfetto => "perfetto",
            Format::Cast => "cast",
            Format::Svg => "svg",
            Format::Html => "html",
            Format::Mermaid => "mermaid",
            Format::Dot => "dot",
            Format::Csv => "csv",
        }
    }

    /// The endings of its files, the usual one first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Format::Perfetto => &["json"],
            Format::Cast => &["cast"],
            Format::Svg => &["svg"],
            Format::Html => &["html", "htm"],
            Format::Mermaid => &["mmd", "mermaid"],
            Format::Dot => &["dot", "gv"],
            Format::Csv => &["csv"],
        }
    }

    /// What it is, in a few words (for the help of the command line, which is in English).
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Format::Perfetto => "tracks of threads and locks over time, for ui.perfetto.dev",
            Format::Cast => "the interface as a film, for asciinema",
            Format::Svg => "the timeline, or the interface at one step, as a picture",
            Format::Html => "a page on which the run can be stepped through",
            Format::Mermaid => "a sequence diagram",
            Format::Dot => "who holds and who waits for what at one step, for Graphviz",
            Format::Csv => "a table with a row for each event",
        }
    }

    /// The key of that in the catalogue.
    #[must_use]
    pub const fn about_key(self) -> &'static str {
        match self {
            Format::Perfetto => "cli-value-to-perfetto",
            Format::Cast => "cli-value-to-cast",
            Format::Svg => "cli-value-to-svg",
            Format::Html => "cli-value-to-html",
            Format::Mermaid => "cli-value-to-mermaid",
            Format::Dot => "cli-value-to-dot",
            Format::Csv => "cli-value-to-csv",
        }
    }

    /// The format whose files end like this one; letters may be large or small.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()))
    }
}

/// The steps that are wanted of a run, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    pub from: Step,
    pub to: Step,
}

impl Steps {
    /// All of them.
    pub const ALL: Steps = Steps { from: Step(0), to: Step(u32::MAX) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_its_format_by_its_ending() {
        let of = |path: &str| Format::of_path(Path::new(path));
        assert_eq!(of("a/run.SVG"), Some(Format::Svg));
        assert_eq!(of("run.perfetto.json"), Some(Format::Perfetto));
        assert_eq!(of("run.png"), None);
        assert_eq!(of("csv"), None);
    }

    #[test]
    fn no_ending_stands_for_two_formats() {
        let endings: Vec<_> = Format::ALL.into_iter().flat_map(Format::endings).collect();
        let different: std::collections::HashSet<_> = endings.iter().collect();
        assert_eq!(different.len(), endings.len());
    }
}
