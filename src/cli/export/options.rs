//! The options of `lockstep export`, and which formats they mean something for.

use super::super::exit::Failure;
use crate::ids::Step;
use crate::report::export::{Format, Steps};
use crate::said::{Filling, Said};
use crate::trace::whole::Existing;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// What is to be exported, and how.
#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// A recorded run; - reads it from standard input
    pub trace: PathBuf,
    /// What to turn it into [default: what the ending of FILE says]
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<Format>,
    /// The file to write; without it, or with -, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file when there is one already
    #[arg(long, requires = "output")]
    pub force: bool,
    /// dot: draw who holds and who waits at the end of this step [default: the last]
    #[arg(long, value_name = "STEP")]
    pub at: Option<u32>,
    /// svg: draw the whole interface at this step, not the timeline
    #[arg(long, value_name = "STEP")]
    pub frame: Option<u32>,
    /// mermaid, csv: only these steps, for instance 10-60, 10- or -60
    #[arg(long, value_name = "FROM-TO", value_parser = range, allow_hyphen_values = true)]
    pub steps: Option<StepRange>,
    /// cast, svg: columns and rows of the interface [default: 120x32]
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = size)]
    pub size: Option<Size>,
    /// cast: steps per second [default: 2, and more where that would take longer than two minutes]
    #[arg(long, value_name = "STEPS", value_parser = speed)]
    pub speed: Option<f64>,
}

/// Steps from one to another, both included; an end that is left open is the end of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct StepRange {
    pub from: Option<u32>,
    pub to: Option<u32>,
}

/// The size of a terminal that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Size {
    pub columns: u16,
    pub rows: u16,
}

impl Default for Size {
    fn default() -> Size {
        Size { columns: 120, rows: 32 }
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

/// Each option that not every format has a use for: its name, the formats that have, whether it was given.
type Use = (&'static str, &'static [Format], fn(&Export) -> bool);

const USES: [Use; 5] = [
    ("--at", &[Format::Dot], |asked| asked.at.is_some()),
    ("--frame", &[Format::Svg], |asked| asked.frame.is_some()),
    ("--steps", &[Format::Mermaid, Format::Csv], |asked| asked.steps.is_some()),
    ("--size", &[Format::Cast, Format::Svg], |asked| asked.size.is_some()),
    ("--speed", &[Format::Cast], |asked| asked.speed.is_some()),
];

impl Export {
    /// The format: the one that was named, else the one the file's ending stands for.
    pub(super) fn format(&self) -> Result<Format, Failure> {
        let of_ending = || self.file().and_then(Format::of_path);
        self.to.or_else(of_ending).ok_or_else(|| {
            let formats = Format::ALL
                .map(|it| {
                    Said::new("option-format-row")
                        .with("name", format!("{:10}", it.name()))
                        .with("about", Said::new(it.about_key()))
                })
                .to_vec();
            let needed = match self.file() {
                Some(file) => Said::new("option-ending").with("path", file.to_string_lossy().into_owned()),
                None => Said::new("option-format"),
            };
            Failure::usage([vec![needed], formats].concat())
        })
    }

    /// The file to write; `None` for standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    pub(super) const fn existing(&self) -> Existing {
        if self.force { Existing::Replace } else { Existing::Keep }
    }

    /// An option that would change nothing is a mistake.
    pub(super) fn refuse_useless(&self, format: Format) -> Result<(), Failure> {
        let useless = USES.iter().find(|(_, formats, given)| given(self) && !formats.contains(&format));
        let Some((option, formats, _)) = useless else { return Ok(()) };
        let mut formats = formats.iter().map(|format| format.name());
        let first = Filling::from(formats.next().unwrap_or_default());
        let formats = formats.fold(first, |all, next| Said::new("option-and").with("a", all).with("b", next).into());
        let useless = Said::new("option-useless").with("option", *option).with("format", format.name());
        Err(Failure::usage(useless.with("formats", formats)))
    }

    /// A picture in the place of the run it is made of is never what somebody meant.
    pub(super) fn spare_the_trace(&self) -> Result<(), Failure> {
        let real = |path: &Path| path.canonicalize().ok();
        match self.file() {
            Some(file) if real(file).is_some_and(|file| Some(file) == real(&self.trace)) => {
                Err(Failure::usage(Said::new("option-itself").with("path", file.to_string_lossy().into_owned())))
            }
            _ => Ok(()),
        }
    }

    /// The steps that are wanted, for formats that can do with some of them.
    pub(super) fn steps(&self) -> Steps {
        let Some(StepRange { from, to }) = self.steps else { return Steps::ALL };
        Steps { from: Step(from.unwrap_or(0)), to: Step(to.unwrap_or(u32::MAX)) }
    }

    /// The step at whose end things are drawn.
    pub(super) fn at(&self) -> Step {
        Step(self.at.unwrap_or(u32::MAX))
    }

    /// A step that was never made cannot be drawn.
    pub(super) fn check_steps(&self, last: Step) -> Result<(), Failure> {
        let from = self.steps.and_then(|steps| steps.from);
        for (option, step) in [("--at", self.at), ("--frame", self.frame), ("--steps", from)] {
            if let Some(step) = step.filter(|step| *step > last.0) {
                return Err(Failure::usage(
                    Said::new("option-last-step").with("option", option).with("step", step).with("last", last.0),
                ));
            }
        }
        Ok(())
    }
}

/// `10-60`, `10-`, `-60`, `10`.
fn range(text: &str) -> Result<StepRange, Said> {
    let number = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (number(from), number(to)) {
        (Ok(None), Ok(None)) | (Err(_), _) | (_, Err(_)) => Err(Said::new("option-range")),
        (Ok(Some(from)), Ok(Some(to))) if from > to => Err(Said::new("option-range-order")),
        (Ok(from), Ok(to)) => Ok(StepRange { from, to }),
    }
}

/// Steps per second.
fn speed(text: &str) -> Result<f64, Said> {
    let speed = text.parse().ok().filter(|speed| (0.1..=1000.0).contains(speed));
    speed.ok_or(Said::new("option-steps-speed"))
}

/// `120x32`, within what can be drawn and looked at.
fn size(text: &str) -> Result<Size, Said> {
    let number = |text: &str, least: u16| text.parse().ok().filter(|number| (least..=500).contains(number));
    let size = text
        .split_once(['x', 'X'])
        .and_then(|(columns, rows)| Some(Size { columns: number(columns, 20)?, rows: number(rows, 5)? }));
    size.ok_or(Said::new("option-size"))
}

#[cfg(test)]
mod tests {
    use super::super::super::args::{Cli, Command};
    use super::*;
    use crate::words::{Lang, Words};
    use clap::Parser;

    fn export(args: &[&str]) -> Export {
        match Cli::try_parse_from([&["lockstep", "export"], args].concat()).unwrap().command {
            Some(Command::Export(export)) => export,
            _ => unreachable!("the command is export"),
        }
    }

    #[test]
    fn the_format_is_named_or_the_ending_says_it() {
        assert_eq!(export(&["run.jsonl", "--to", "dot"]).format().unwrap(), Format::Dot);
        assert_eq!(export(&["run.jsonl", "-o", "run.csv"]).format().unwrap(), Format::Csv);
        assert_eq!(export(&["run.jsonl", "--to", "dot", "-o", "run.csv"]).format().unwrap(), Format::Dot);
        for args in [&["run.jsonl"][..], &["run.jsonl", "-o", "run.png"], &["run.jsonl", "-o", "-"]] {
            let message = export(args).format().unwrap_err().message.text(&Words::new(Lang::En));
            assert!(Format::ALL.iter().all(|format| message.contains(format.about())), "{message}");
        }
    }

    #[test]
    fn options_without_a_use_are_refused() {
        let refused = |args: &[&str], format| export(&[&["run.jsonl"], args].concat()).refuse_useless(format);
        assert!(refused(&["--at", "3"], Format::Dot).is_ok());
        let message = refused(&["--at", "3"], Format::Csv).unwrap_err().message.text(&Words::new(Lang::En));
        assert_eq!(message, "--at means nothing for csv, only for dot");
        assert!(refused(&["--size", "80x24"], Format::Mermaid).is_err());
        assert!(refused(&["--steps", "-20"], Format::Mermaid).is_ok());
        assert!(refused(&["--frame", "2"], Format::Cast).is_err());
    }

    #[test]
    fn ranges_and_sizes_are_read() {
        assert_eq!(range("10-60"), Ok(StepRange { from: Some(10), to: Some(60) }));
        assert_eq!(range("10-"), Ok(StepRange { from: Some(10), to: None }));
        assert_eq!(range("-60"), Ok(StepRange { from: None, to: Some(60) }));
        assert_eq!(range("7"), Ok(StepRange { from: Some(7), to: Some(7) }));
        for text in ["", "-", "a-b", "9-1", "1-2-3"] {
            assert!(range(text).is_err(), "{text}");
        }
        assert_eq!(size("80x24"), Ok(Size { columns: 80, rows: 24 }));
        for text in ["", "80", "80x", "0x0", "80x24x2", "9999x24", "-80x24"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
