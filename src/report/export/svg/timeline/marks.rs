//! What stands along the steps: the axis, the context switches, what was found.

use super::super::measure;
use super::super::xml::{Length, escaped};
use super::Drawing;
use super::ink;
use crate::detect::Marks;
use crate::event::End;
use crate::ids::Step;
use std::fmt::Write as _;
use std::io::{self, Write};

/// How high the row with the switches is.
pub(super) const SWITCHES: i64 = 12_00;
/// A flag, and from one row of flags to the next.
const FLAG: i64 = 18_00;
const FLAG_STEP: i64 = 22_00;
const FLAG_FONT: i64 = 11_00;
/// Rows of flags; what finds no place in them has a line without a flag.
const FLAG_ROWS: usize = 3;
/// Between two numbers on the axis at least.
const NUMBERS_APART: i64 = 56_00;

/// The number of steps between two numbers on the axis: 1, 2 or 5 times a power of ten.
fn interval(drawing: &Drawing<'_>) -> u32 {
    let plan = &drawing.plan;
    let wanted = i64::from(plan.steps) * NUMBERS_APART / plan.width;
    let powers = (0..9).map(|power| 10_u32.pow(power));
    let mut nice = powers.flat_map(|power| [1, 2, 5].map(|times| times * power));
    nice.find(|nice| i64::from(*nice) > wanted).unwrap_or(1_000_000_000)
}

/// The steps that have a number.
fn numbered(drawing: &Drawing<'_>) -> impl Iterator<Item = Step> {
    (0..drawing.plan.steps).step_by(interval(drawing).max(1) as usize).map(Step)
}

/// Where the number of this step stands: under the middle of a step that is wide, else where it begins.
fn number_place(drawing: &Drawing<'_>, step: Step) -> i64 {
    drawing.plan.step(step) + drawing.plan.step_width() / 2
}

/// The lines behind the lanes.
pub(super) fn grid(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (top, bottom) = (drawing.plan.top - 6_00, drawing.switches_top() + SWITCHES + 4_00);
    let mut data = String::new();
    for step in numbered(drawing) {
        // Writing to a string cannot fail.
        let _ = write!(data, "M{} {}V{}", Length(number_place(drawing, step)), Length(top), Length(bottom));
    }
    writeln!(out, "<path d=\"{data}\" stroke=\"{}\" fill=\"none\"/>", ink::faint(drawing.shade))
}

/// The numbers of steps.
pub(super) fn axis(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let y = drawing.switches_top() + SWITCHES;
    let colour = ink::quiet(drawing.shade);
    writeln!(
        out,
        "<path d=\"M{} {}H{}\" stroke=\"{colour}\"/>",
        Length(drawing.plan.left),
        Length(y),
        Length(drawing.plan.right())
    )?;
    writeln!(out, "<g font-size=\"11\" fill=\"{colour}\" text-anchor=\"middle\">")?;
    for step in numbered(drawing) {
        writeln!(
            out,
            "<text x=\"{}\" y=\"{}\">{}</text>",
            Length(number_place(drawing, step)),
            Length(y + 15_00),
            crate::words::grouped(u64::from(step.0))
        )?;
    }
    writeln!(out, "</g>")?;
    tail(drawing, y, out)?;
    label(drawing, &drawing.words.t("svg-step"), y + 15_00, out)
}

/// The axis behind the last step: dashed, and with a word about how long that is.
fn tail(drawing: &Drawing<'_>, y: i64, out: &mut dyn Write) -> io::Result<()> {
    if drawing.plan.tail == 0 {
        return Ok(());
    }
    let colour = ink::quiet(drawing.shade);
    let (left, right) = (drawing.plan.right(), drawing.plan.edge());
    writeln!(
        out,
        "<path d=\"M{} {}H{}\" stroke=\"{colour}\" stroke-dasharray=\"4 3\"/>",
        Length(left),
        Length(y),
        Length(right)
    )?;
    let for_ever = matches!(drawing.history.head().ended, Some(End::Deadlock));
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" fill=\"{colour}\">{}</text>",
        Length(i64::midpoint(left, right)),
        Length(y + 15_00),
        escaped(&drawing.words.t(if for_ever { "svg-for-ever" } else { "svg-cut-off" }))
    )
}

/// A word in the column of names.
fn label(drawing: &Drawing<'_>, text: &str, base: i64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"{}\">{}</text>",
        Length(super::plan::PAD),
        Length(base),
        ink::quiet(drawing.shade),
        escaped(text)
    )
}

/// A tick for every context switch; where many share a column, bars as high as there are many.
pub(super) fn switches(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let plan = &drawing.plan;
    let mut counts = vec![0_u32; plan.columns];
    for step in 0..plan.steps {
        if drawing.history.marks(Step(step)).intersects(Marks::SWITCH) {
            let column = u64::from(step) * plan.columns as u64 / u64::from(plan.steps);
            if let Some(count) = usize::try_from(column).ok().and_then(|column| counts.get_mut(column)) {
                *count += 1;
            }
        }
    }
    let Some(most) = counts.iter().copied().max().filter(|most| *most > 0) else { return Ok(()) };
    let bottom = drawing.switches_top() + SWITCHES;
    let mut data = String::new();
    for (column, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = 2_00 + (SWITCHES - 4_00) * i64::from(*count) / i64::from(most);
        let _ = write!(data, "M{} {}v-{}", Length(plan.column(column)), Length(bottom), Length(height));
    }
    let width = if plan.is_near() { Length(2_00) } else { Length(plan.column(1) - plan.column(0)) };
    writeln!(
        out,
        "<path d=\"{data}\" stroke=\"{}\" stroke-width=\"{width}\" fill=\"none\"/>",
        ink::quiet(drawing.shade)
    )?;
    label(drawing, &drawing.words.t("svg-switches"), bottom - 1_00, out)
}

/// The stick that goes from hand to hand: a line from each thread that made a step to the one that made the next.
pub(super) fn baton(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let plan = &drawing.plan;
    if plan.step_width() < 8_00 {
        return Ok(());
    }
    let mut data = String::new();
    for step in (1..plan.steps.saturating_sub(1)).map(Step) {
        let next = Step(step.0 + 1);
        let [Some(from), Some(to)] = [step, next].map(|step| plan.thread(drawing.history.actor(step)?)) else {
            continue;
        };
        if from != to {
            let (from, to) = if from < to { (from + plan.sizes.lane, to) } else { (from, to + plan.sizes.lane) };
            let _ = write!(data, "M{} {}V{}", Length(plan.step(next) - 50), Length(from), Length(to));
        }
    }
    writeln!(
        out,
        "<path d=\"{data}\" stroke=\"{}\" stroke-dasharray=\"2 2\" fill=\"none\"/>",
        ink::quiet(drawing.shade).towards(drawing.shade.ground(), 30)
    )
}

/// What was found: at the end of which step, how it is called.
pub(super) struct Flag {
    pub step: Step,
    pub text: String,
    /// The left edge and the row from the lanes upwards; `None` where there is no room.
    pub place: Option<(i64, usize)>,
    pub width: i64,
}

/// Places for the flags of all findings, each step once.
pub(super) fn flags(drawing: &Drawing<'_>) -> Vec<Flag> {
    let plan = &drawing.plan;
    let mut taken = [i64::MIN; FLAG_ROWS];
    let mut flags: Vec<Flag> = Vec::new();
    for finding in drawing.history.all_findings() {
        if flags.last().is_some_and(|last| last.step == finding.step) {
            continue;
        }
        let step = drawing.words.with("timeline-step", &[("step", finding.step.0.to_string().into())]);
        let kind = drawing.words.finding_kind(&finding.kind);
        let text = drawing.words.with("svg-flag", &[("kind", kind.into()), ("step", step.into())]);
        let width = measure::width(&text, FLAG_FONT) + 14_00;
        let left = (plan.step(Step(finding.step.0 + 1)) - width / 2).min(plan.edge() + super::plan::PAD / 2 - width);
        let row = taken.iter().position(|end| *end < left);
        if let Some(row) = row {
            taken[row] = left + width + 6_00;
        }
        flags.push(Flag { step: finding.step, text, place: row.map(|row| (left, row)), width });
    }
    flags
}

/// The room that flags need above the lanes.
pub(super) fn flags_height(flags: &[Flag]) -> i64 {
    let rows = flags.iter().filter_map(|flag| flag.place).map(|(_, row)| row + 1).max().unwrap_or(0);
    i64::try_from(rows).unwrap_or(0) * FLAG_STEP
}

/// A line through all lanes for each finding, and its flag.
pub(super) fn findings(drawing: &Drawing<'_>, flags: &[Flag], out: &mut dyn Write) -> io::Result<()> {
    let colour = ink::alarm(drawing.shade);
    for flag in flags {
        let x = drawing.plan.step(Step(flag.step.0 + 1));
        let (row, bottom) = (flag.place.map_or(0, |(_, row)| row), drawing.switches_top() + SWITCHES);
        let top = drawing.plan.top - 8_00 - i64::try_from(row).unwrap_or(0) * FLAG_STEP;
        writeln!(
            out,
            "<path d=\"M{} {}V{}\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            Length(x),
            Length(top),
            Length(bottom)
        )?;
        let Some((left, _)) = flag.place else { continue };
        writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" fill=\"{colour}\"/>",
            Length(left),
            Length(top - FLAG),
            Length(flag.width),
            Length(FLAG)
        )?;
        writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"bold\" fill=\"{}\">{}</text>",
            Length(left + flag.width / 2),
            Length(top - FLAG + 13_00),
            Length(FLAG_FONT),
            drawing.shade.ground(),
            escaped(&flag.text)
        )?;
    }
    Ok(())
}
