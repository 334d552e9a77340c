//! What the signs mean, as far as they occur, and what was found, in sentences.

use super::super::measure;
use super::super::xml::{Length, escaped};
use super::ink::{self, Area, Pattern};
use super::plan::PAD;
use super::{Drawing, lanes};
use crate::ids::ThreadId;
use std::io::{self, Write};

const FONT: i64 = 12_00;
const LINE: i64 = 22_00;
const SAMPLE: i64 = 30_00;
/// Findings that are told; the others are counted.
const TOLD: usize = 4;

/// A sample and what it means.
enum Entry {
    Pattern(Pattern),
    Holder,
    Arrow,
}

impl Entry {
    fn words(&self, near: bool) -> &'static str {
        match self {
            Entry::Pattern(Pattern::Full) if !near => "svg-shares",
            Entry::Pattern(pattern) => {
                Pattern::ALL.iter().find(|(one, _)| one == pattern).map_or("svg-runs", |(_, words)| words)
            }
            Entry::Holder => "svg-holds",
            Entry::Arrow => "svg-in-the-way",
        }
    }
}

/// Draws the legend with its top at `top`; where it ends.
pub(super) fn legend(drawing: &Drawing<'_>, arrows: bool, top: i64, out: &mut dyn Write) -> io::Result<i64> {
    let mut entries: Vec<Entry> = lanes::patterns(drawing).into_iter().map(Entry::Pattern).collect();
    if !drawing.plan.locks.is_empty() {
        entries.push(Entry::Holder);
    }
    if arrows {
        entries.push(Entry::Arrow);
    }
    let (mut x, mut y) = (PAD, top);
    for entry in entries {
        let text = drawing.words.t(entry.words(drawing.plan.is_near()));
        let width = SAMPLE + 8_00 + measure::width(&text, FONT);
        if x > PAD && x + width > drawing.plan.edge() {
            (x, y) = (PAD, y + LINE);
        }
        sample(drawing, &entry, Area { left: x, right: x + SAMPLE, top: y, height: 14_00 }, out)?;
        writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
            Length(x + SAMPLE + 8_00),
            Length(y + 11_50),
            Length(FONT),
            escaped(&text)
        )?;
        x += width + 18_00;
    }
    Ok(y + LINE)
}

fn sample(drawing: &Drawing<'_>, entry: &Entry, area: Area, out: &mut dyn Write) -> io::Result<()> {
    let shade = drawing.shade;
    let thread = ink::thread(ThreadId(1), shade);
    match entry {
        Entry::Pattern(pattern) => ink::stretches(*pattern, &[area], thread, shade, out),
        Entry::Holder => {
            writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"10\" rx=\"2\" fill=\"{thread}\"/>",
                Length(area.left),
                Length(area.top + 2_00),
                Length(area.width())
            )?;
            writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"9\" font-weight=\"bold\" fill=\"{}\">A</text>",
                Length(i64::midpoint(area.left, area.right)),
                Length(area.top + 10_25),
                shade.ground()
            )
        }
        Entry::Arrow => {
            let colour = ink::alarm(shade);
            let (y, tip) = (Length(area.middle()), area.right - 2_00);
            writeln!(
                out,
                "<path d=\"M{} {y}H{}\" stroke=\"{colour}\" stroke-width=\"1.5\"/><path d=\"M{} {y}l-6 -3.5v7z\" fill=\"{colour}\"/>",
                Length(area.left + 2_00),
                Length(tip - 6_00),
                Length(tip)
            )
        }
    }
}

/// What there is to be said about the run, a sentence or two for each finding.
pub(super) fn sentences(drawing: &Drawing<'_>) -> Vec<String> {
    let (words, history) = (drawing.words, drawing.history);
    let findings = history.all_findings();
    let mut said: Vec<String> =
        findings.iter().take(TOLD).map(|finding| words.finding(finding, history.head())).collect();
    if findings.len() > TOLD {
        said.push(words.with("svg-more-findings", &[("n", (findings.len() - TOLD).into())]));
    }
    if said.is_empty() {
        said.extend(history.head().ended.as_ref().map(|end| words.end(end)));
    }
    for (hidden, key) in
        [(drawing.plan.threads_hidden, "svg-more-threads"), (drawing.plan.locks_hidden, "svg-more-locks")]
    {
        if hidden > 0 {
            said.push(words.with(key, &[("n", hidden.into())]));
        }
    }
    said
}

/// Writes the sentences with their top at `top`; where they end.
pub(super) fn notes(drawing: &Drawing<'_>, said: &[String], top: i64, out: &mut dyn Write) -> io::Result<i64> {
    let mut y = top;
    let room = drawing.plan.edge() - PAD;
    for sentence in said {
        for line in measure::lines(sentence, FONT, room) {
            y += 17_00;
            writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
                Length(PAD),
                Length(y),
                Length(FONT),
                escaped(&line)
            )?;
        }
        y += 4_00;
    }
    Ok(y)
}
