//! The difference for people.

use super::ends::Came;
use super::start::What;
use super::{Both, Diff, Next};
use crate::event::End;
use crate::model::Recording;
use crate::words::{Arg, Words, safe};
use std::io::{self, Write};

/// Settings, findings and variables beyond this number are only counted.
const TOLD_MAX: usize = 20;

/// The keys of what the two runs are called. (Letters and digits are the names of threads.)
const NAMES: Both<&str> = ["diff-first", "diff-second"];

/// Tells where the runs part. `files` are the names of the recordings.
pub fn text(
    diff: &Diff,
    both: Both<&Recording>,
    files: Both<&str>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page { diff, both, files, words, out };
    page.runs()?;
    page.start()?;
    page.parting()?;
    page.ends()
}

struct Page<'a> {
    diff: &'a Diff,
    both: Both<&'a Recording>,
    files: Both<&'a str>,
    words: &'a Words,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    fn say(&mut self, key: &str, args: &[(&str, Arg<'_>)]) -> io::Result<()> {
        let sentence = self.words.with(key, args);
        writeln!(self.out, "{sentence}")
    }

    fn name(&self, side: usize) -> String {
        self.words.t(NAMES[side])
    }

    /// A line of one of the runs, indented.
    fn of(&mut self, side: usize, text: &str) -> io::Result<()> {
        let line = self.words.with("diff-of", &[("side", self.name(side).into()), ("text", text.into())]);
        writeln!(self.out, "  {line}")
    }

    /// A heading, and after it a line for each run.
    fn lines(&mut self, texts: &Both<Option<String>>, missing: &str) -> io::Result<()> {
        for (side, text) in texts.iter().enumerate() {
            match text {
                Some(text) => self.of(side, &safe(text))?,
                None => self.of(side, &self.words.t(missing))?,
            }
        }
        Ok(())
    }

    /// Which runs these are.
    fn runs(&mut self) -> io::Result<()> {
        for side in [0, 1] {
            let recording = self.both[side];
            let world = if recording.header.is_live() { "diff-world-live" } else { "diff-world-sim" };
            let args = [
                ("side", self.name(side).into()),
                ("file", self.files[side].into()),
                ("target", (&*recording.header.target).into()),
                ("world", self.words.t(world).into()),
                ("steps", recording.history.last_step().0.into()),
            ];
            self.say("diff-run", &args)?;
        }
        writeln!(self.out)
    }

    /// The programs, and how they were started.
    fn start(&mut self) -> io::Result<()> {
        match &self.diff.program {
            None => self.say("diff-program-same", &[])?,
            Some(program) => {
                self.say("diff-program", &[("line", program.line.to_string().into())])?;
                self.lines(&program.texts, "diff-no-line")?;
            }
        }
        let settings = &self.diff.settings;
        for setting in settings.iter().take(TOLD_MAX) {
            let [a, b] = setting.values.each_ref().map(|value| self.value(&setting.what, value.as_deref()));
            let what = self.what(&setting.what);
            self.say("diff-setting", &[("what", what.into()), ("a", a.into()), ("b", b.into())])?;
        }
        self.more(settings.len())
    }

    fn what(&self, what: &What) -> String {
        match what {
            What::Parameter(name) => safe(name).into_owned(),
            What::Input(number) => self.words.with("diff-what-input", &[("n", number.to_string().into())]),
            What::Target => self.words.t("diff-what-target"),
            What::World => self.words.t("diff-what-world"),
            What::Language => self.words.t("diff-what-language"),
            What::Seed => self.words.t("diff-what-seed"),
            What::Scheduler => self.words.t("diff-what-scheduler"),
            What::Atomicity => self.words.t("diff-what-atomicity"),
            What::Fair => self.words.t("diff-what-fair"),
            What::Spurious => self.words.t("diff-what-spurious"),
            What::Notify => self.words.t("diff-what-notify"),
        }
    }

    fn value(&self, what: &What, value: Option<&str>) -> String {
        match (what, value) {
            (_, None) => self.words.t("diff-unset"),
            (What::World, Some("live")) => self.words.t("diff-world-live"),
            (What::World, Some(_)) => self.words.t("diff-world-sim"),
            (What::Fair | What::Spurious, Some("true")) => self.words.t("diff-yes"),
            (What::Fair | What::Spurious, Some(_)) => self.words.t("diff-no"),
            (_, Some(value)) => safe(value).into_owned(),
        }
    }

    fn more(&mut self, all: usize) -> io::Result<()> {
        match all.checked_sub(TOLD_MAX) {
            None | Some(0) => Ok(()),
            Some(more) => self.say("diff-more", &[("n", more.into())]),
        }
    }

    /// How far they are the same, and what each does then.
    fn parting(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        let operations = ("operations", Arg::from(self.diff.operations));
        let [a, b] = self.diff.until.map(|step| step.0);
        match (&self.diff.next, self.diff.operations) {
            ([None, None], _) => self.say("diff-same", &[operations])?,
            (_, 0) => self.say("diff-at-once", &[])?,
            _ if a == b => self.say("diff-until", &[("step", a.to_string().into()), operations])?,
            _ => {
                self.say("diff-until-both", &[("a", a.to_string().into()), ("b", b.to_string().into()), operations])?;
            }
        }
        if self.diff.next.iter().any(Option::is_some) {
            for side in [0, 1] {
                let told = self.next(side);
                self.of(side, &told)?;
            }
        }
        for side in [0, 1] {
            self.renumbered(side)?;
        }
        self.say("diff-compared", &[])
    }

    fn next(&self, side: usize) -> String {
        match &self.diff.next[side] {
            Some(Next { line_told, .. }) => line_told.clone(),
            None if self.diff.ends.ends[side].is_some() => self.words.t("diff-over"),
            None => self.words.t("diff-breaks-off"),
        }
    }

    fn renumbered(&mut self, side: usize) -> io::Result<()> {
        let threads = &self.diff.renumbered[side];
        if threads.is_empty() {
            return Ok(());
        }
        let pairs = threads.iter().take(TOLD_MAX).map(|(here, there)| {
            self.words.with("diff-letters", &[("here", here.letter().into()), ("there", there.letter().into())])
        });
        let pairs = self.words.list(&pairs.collect::<Vec<_>>());
        self.say("diff-renumbered", &[("side", self.name(side).into()), ("pairs", pairs.into())])?;
        self.more(threads.len())
    }

    /// What they came to.
    fn ends(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        let diff = self.diff;
        let ends = &diff.ends;
        let told = ends.ends.each_ref().map(|end| match end {
            Some(Came { end: End::Finished, failed: true }) => self.words.t("diff-crash"),
            Some(came) => self.words.end(&came.end),
            None => self.words.t("diff-breaks-off"),
        });
        if ends.ends[0] == ends.ends[1] {
            let [told, _] = &told;
            self.say("diff-ends-same", &[("end", told.as_str().into())])?;
        } else {
            self.say("diff-ends", &[])?;
            self.lines(&told.map(Some), "diff-unset")?;
        }
        self.findings()?;
        match &ends.output {
            None => self.say("diff-output-same", &[])?,
            Some((line, texts)) => {
                self.say("diff-output", &[("line", line.to_string().into())])?;
                self.lines(texts, "diff-no-line")?;
            }
        }
        self.variables()
    }

    fn findings(&mut self) -> io::Result<()> {
        let diff = self.diff;
        for (side, findings) in diff.ends.findings.iter().enumerate() {
            if findings.is_empty() {
                continue;
            }
            self.say("diff-findings", &[("side", self.name(side).into())])?;
            for finding in findings.iter().take(TOLD_MAX) {
                writeln!(self.out, "  {finding}")?;
            }
            self.more(findings.len())?;
        }
        Ok(())
    }

    fn variables(&mut self) -> io::Result<()> {
        let diff = self.diff;
        for variable in diff.ends.variables.iter().take(TOLD_MAX) {
            let [a, b] = variable.values.each_ref().map(|value| match value {
                Some(value) => safe(value).into_owned(),
                None => self.words.t("diff-no-value"),
            });
            let name = self.words.name(&variable.name);
            self.say("diff-variable", &[("name", name.into()), ("a", a.into()), ("b", b.into())])?;
        }
        self.more(diff.ends.variables_total)
    }
}
