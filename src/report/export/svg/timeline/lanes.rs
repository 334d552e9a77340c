//! The lanes: what each thread did, who held each lock.

use super::super::measure;
use super::super::xml::{Length, escaped};
use super::ink::{self, Area, Pattern};
use super::waits::{Reason, Wait};
use super::{CODE, Drawing, SANS, deeds};
use crate::ids::{Step, ThreadId};
use crate::model::{Activity, Column};
use crate::report::export::palette::Rgb;
use crate::words::safe;
use std::io::{self, Write};
use std::ops::Range;

/// A stretch of columns in which a thread did the same.
struct Stretch {
    activity: Activity,
    columns: Range<usize>,
}

/// All lanes of threads.
pub(super) fn threads(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows = drawing.plan.threads.iter().map(|thread| drawing.plan.row(drawing.history, *thread));
    let rows: Vec<Vec<Column>> = rows.collect();
    let most = rows.iter().flatten().map(|column| column.ran).max().unwrap_or(0).max(1);
    for (thread, row) in drawing.plan.threads.iter().zip(&rows) {
        let Some(top) = drawing.plan.thread(*thread) else { continue };
        thread_label(drawing, *thread, top, out)?;
        let stretches = stretches(row);
        let colour = ink::thread(*thread, drawing.shade);
        for (pattern, _) in Pattern::ALL {
            let alike = stretches.iter().filter(|stretch| drawing.pattern(stretch.activity) == Some(pattern));
            if pattern == Pattern::Full && deeds::are_told(&drawing.plan) {
                alike
                    .flat_map(|stretch| stretch.columns.clone())
                    .try_for_each(|step| deed(drawing, step, top, colour, out))?;
                continue;
            }
            let areas: Vec<Area> = alike.map(|stretch| drawing.area(&stretch.columns, top)).collect();
            ink::stretches(pattern, &areas, colour, drawing.shade, out)?;
        }
        if !drawing.plan.is_near() {
            ink::stretches(Pattern::Full, &drawing.shares(row, most, top), colour, drawing.shade, out)?;
        }
        end_mark(drawing, *thread, &stretches, top, out)?;
    }
    Ok(())
}

/// The patterns that occur.
pub(super) fn patterns(drawing: &Drawing<'_>) -> Vec<Pattern> {
    let rows = drawing.plan.threads.iter().flat_map(|thread| drawing.plan.row(drawing.history, *thread));
    let activities = rows.filter_map(|column| column.activity);
    let mut patterns: Vec<Pattern> = activities.filter_map(|activity| drawing.pattern(activity)).collect();
    patterns.push(Pattern::Full);
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

fn stretches(row: &[Column]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (index, column) in row.iter().enumerate() {
        let Some(activity) = column.activity else { continue };
        match stretches.last_mut().filter(|last| last.activity == activity && last.columns.end == index) {
            Some(last) => last.columns.end = index + 1,
            None => stretches.push(Stretch { activity, columns: index..index + 1 }),
        }
    }
    stretches
}

impl Drawing<'_> {
    /// The pattern of an activity. Seen from afar, running is told by bars on top of what there was besides.
    fn pattern(&self, activity: Activity) -> Option<Pattern> {
        let pattern = Pattern::of(activity)?;
        Some(if pattern == Pattern::Full && !self.plan.is_near() { Pattern::Line } else { pattern })
    }

    /// Bars for the steps that a thread made, seen from afar: as high as its share in them, `most` being the highest.
    fn shares(&self, row: &[Column], most: u32, top: i64) -> Vec<Area> {
        let lane = self.plan.sizes.lane;
        let mut bars: Vec<Area> = Vec::new();
        for (index, column) in row.iter().enumerate().filter(|(_, column)| column.ran > 0) {
            let height = lane * i64::from(column.ran).max(i64::from(most) / 8) / i64::from(most);
            let (left, right, top) = (self.plan.column(index), self.plan.column(index + 1), top + lane - height);
            match bars.last_mut().filter(|last| last.right == left && last.height == height) {
                Some(last) => last.right = right,
                None => bars.push(Area { left, right, top, height }),
            }
        }
        bars
    }

    /// Where these columns of a thread's lane stand.
    fn area(&self, columns: &Range<usize>, top: i64) -> Area {
        let (left, right) = (self.plan.column(columns.start), self.plan.column(columns.end));
        Area { left, right, top, height: self.plan.sizes.lane }
    }
}

/// A step that stands for itself, with what was done in it.
fn deed(drawing: &Drawing<'_>, step: usize, top: i64, colour: Rgb, out: &mut dyn Write) -> io::Result<()> {
    let area = drawing.area(&(step..step + 1), top);
    writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"><title>{}</title></rect>",
        Length(area.left),
        Length(area.top),
        // Steps of the same thread are told apart.
        Length(area.width() - 1_00),
        Length(area.height),
        escaped(drawing.deeds.get(step).map_or("", String::as_str))
    )
}

/// Letter and name.
fn thread_label(drawing: &Drawing<'_>, thread: ThreadId, top: i64, out: &mut dyn Write) -> io::Result<()> {
    let (plan, shade) = (&drawing.plan, drawing.shade);
    let (size, badge) = (plan.sizes.font, plan.badge());
    let (left, height) = (super::plan::PAD, plan.sizes.lane.min(size + 7_00));
    let base = top + plan.sizes.lane / 2 + size * 36 / 100;
    writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"{}\"/>",
        Length(left),
        Length(top + (plan.sizes.lane - height) / 2),
        Length(badge),
        Length(height),
        ink::thread(thread, shade)
    )?;
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"bold\" fill=\"{}\">{}</text>",
        Length(left + badge / 2),
        Length(base),
        Length(size),
        shade.ground(),
        thread.letter()
    )?;
    let Some(view) = drawing.history.head().thread(thread) else { return Ok(()) };
    let name = safe(&view.name);
    let room = plan.left - left - badge - 8_00 - 12_00;
    let name = measure::fit(&name, room, |text| measure::width(text, size));
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
        Length(left + badge + 8_00),
        Length(base),
        Length(size),
        escaped(&name)
    )
}

/// How a thread came to its end: a bar, and a cross where something went wrong.
fn end_mark(
    drawing: &Drawing<'_>,
    thread: ThreadId,
    stretches: &[Stretch],
    top: i64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let over = |activity| matches!(activity, Activity::Finished | Activity::Failed | Activity::Killed);
    let Some(end) = stretches.iter().find(|stretch| over(stretch.activity)) else {
        return ended_at_last(drawing, thread, top, out);
    };
    mark(drawing, thread, drawing.plan.column(end.columns.start), end.activity, top, out)
}

/// Whoever ends in the last step has no column after its end.
fn ended_at_last(drawing: &Drawing<'_>, thread: ThreadId, top: i64, out: &mut dyn Write) -> io::Result<()> {
    let Some(view) = drawing.history.head().thread(thread).filter(|view| view.state.is_over()) else { return Ok(()) };
    mark(drawing, thread, drawing.plan.right(), Activity::of(view.state), top, out)
}

fn mark(
    drawing: &Drawing<'_>,
    thread: ThreadId,
    x: i64,
    activity: Activity,
    top: i64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let height = drawing.plan.sizes.lane;
    let (colour, middle, arm) = (ink::thread(thread, drawing.shade), top + height / 2, height * 3 / 10);
    if activity == Activity::Failed {
        let x = x + arm + 2_00;
        return writeln!(
            out,
            "<path d=\"M{} {}L{} {}M{} {}L{} {}\" stroke=\"{}\" stroke-width=\"3\" fill=\"none\"/>",
            Length(x - arm),
            Length(middle - arm),
            Length(x + arm),
            Length(middle + arm),
            Length(x - arm),
            Length(middle + arm),
            Length(x + arm),
            Length(middle - arm),
            ink::alarm(drawing.shade)
        );
    }
    writeln!(
        out,
        "<path d=\"M{} {}V{}\" stroke=\"{colour}\" stroke-width=\"3\"/>",
        Length(x + 1_50),
        Length(top - 2_00),
        Length(top + height + 2_00)
    )
}

/// All lanes of locks.
pub(super) fn locks(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let plan = &drawing.plan;
    for (place, lane) in plan.lanes.iter().enumerate() {
        let area = Area { left: plan.left, right: plan.edge(), top: plan.lock(place), height: plan.sizes.lock };
        let name = drawing.words.name(&drawing.history.head().object_name(lane.object));
        lock_label(drawing, if lane.is_first { &name } else { "" }, area, out)?;
        let row = &lane.holders;
        let mut start = 0;
        while start < row.len() {
            let end = start + row[start..].iter().take_while(|holder| **holder == row[start]).count();
            if let Some(thread) = row[start] {
                let held = Area { left: plan.column(start), right: plan.column(end), ..area };
                holder(drawing, thread, held, out)?;
            }
            start = end;
        }
    }
    Ok(())
}

fn lock_label(drawing: &Drawing<'_>, name: &str, area: Area, out: &mut dyn Write) -> io::Result<()> {
    let size = drawing.plan.sizes.font - 1_00;
    let room = drawing.plan.left - super::plan::PAD - 12_00;
    let name = measure::fit(name, room, |text| measure::width_of_code(text, size));
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-family=\"{CODE}\" font-size=\"{}\" fill=\"{}\">{}</text>",
        Length(super::plan::PAD),
        Length(area.middle() + size * 36 / 100),
        Length(size),
        ink::quiet(drawing.shade),
        escaped(&name)
    )?;
    writeln!(
        out,
        "<path d=\"M{} {}H{}\" stroke=\"{}\"/>",
        Length(area.left),
        Length(area.middle()),
        Length(area.right),
        ink::faint(drawing.shade)
    )
}

/// A bar in the colour of who holds the lock, with the letter where there is room.
fn holder(drawing: &Drawing<'_>, thread: ThreadId, area: Area, out: &mut dyn Write) -> io::Result<()> {
    let colour = ink::thread(thread, drawing.shade);
    writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"{colour}\"/>",
        Length(area.left),
        Length(area.top),
        Length((area.width() - 1_00).max(50)),
        Length(area.height)
    )?;
    let size = (area.height * 85 / 100).min(11_00);
    let letter = thread.letter();
    if measure::width(&letter, size) + 4_00 > area.width() {
        return Ok(());
    }
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"bold\" fill=\"{}\">{letter}</text>",
        Length(i64::midpoint(area.left, area.right)),
        Length(area.middle() + size * 36 / 100),
        Length(size),
        drawing.shade.ground()
    )
}

/// The stretches in which threads wait for something, as far as they have lanes.
fn stretches_of<'a>(drawing: &'a Drawing<'_>, waits: &'a [Wait]) -> impl Iterator<Item = (&'a Wait, Area)> {
    let plan = &drawing.plan;
    waits.iter().filter_map(move |wait| {
        let (left, right) = (plan.step(wait.from), plan.step(wait.to));
        Some((wait, Area { left, right, top: plan.thread(wait.thread)?, height: plan.sizes.lane }))
    })
}

/// Arrows to whoever is in the way.
pub(super) fn arrows(drawing: &Drawing<'_>, waits: &[Wait], out: &mut dyn Write) -> io::Result<()> {
    for (wait, area) in stretches_of(drawing, waits) {
        if let Some(other) = wait.holder {
            arrow(drawing, area, other, out)?;
        }
    }
    Ok(())
}

/// What threads wait for, written into the stretches: on top of every line.
pub(super) fn reasons(drawing: &Drawing<'_>, waits: &[Wait], out: &mut dyn Write) -> io::Result<()> {
    stretches_of(drawing, waits).try_for_each(|(wait, area)| reason(drawing, wait, beside_findings(drawing, area), out))
}

/// The longest part of the stretch through which no line of a finding goes.
fn beside_findings(drawing: &Drawing<'_>, area: Area) -> Area {
    let steps = drawing.history.all_findings().iter().map(|finding| Step(finding.step.0 + 1));
    let lines = steps.map(|step| drawing.plan.step(step)).filter(|x| (area.left..area.right).contains(x));
    let borders: Vec<i64> = std::iter::once(area.left).chain(lines).chain([area.right]).collect();
    let parts = borders.windows(2).map(|part| Area { left: part[0], right: part[1], ..area });
    parts.max_by_key(|part| part.width()).unwrap_or(area)
}

/// The longest way of saying it for which there is room.
fn reason(drawing: &Drawing<'_>, wait: &Wait, area: Area, out: &mut dyn Write) -> io::Result<()> {
    let (words, model) = (drawing.words, drawing.history.head());
    let holder = wait.holder.map(ThreadId::letter);
    let sayings = match (wait.reason, &holder) {
        (Reason::Object(object), Some(holder)) => {
            let name = words.object_name(object, model);
            let long = words.with("svg-held", &[("object", name.clone().into()), ("thread", holder.as_str().into())]);
            vec![long, name, holder.clone()]
        }
        (Reason::Object(object), None) => vec![words.object_name(object, model)],
        (Reason::End(thread), _) => {
            vec![words.with("svg-until-end", &[("thread", thread.letter().into())]), thread.letter()]
        }
    };
    let size = drawing.plan.sizes.font - 2_00;
    let room = area.width() - 20_00;
    let Some(said) = sayings.iter().find(|said| measure::width(said, size) <= room) else { return Ok(()) };
    let wide = measure::width(said, size) + 8_00;
    let middle = i64::midpoint(area.left, area.right) + 3_00;
    writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"{}\"/>",
        Length(middle - wide / 2),
        Length(area.middle() - size * 68 / 100),
        Length(wide),
        Length(size * 136 / 100),
        drawing.shade.ground()
    )?;
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-family=\"{SANS}\" font-size=\"{}\">{}</text>",
        Length(middle),
        Length(area.middle() + size * 36 / 100),
        Length(size),
        escaped(said)
    )
}

/// From the beginning of the stretch to the lane of another thread.
fn arrow(drawing: &Drawing<'_>, area: Area, to: ThreadId, out: &mut dyn Write) -> io::Result<()> {
    let Some(other) = drawing.plan.thread(to).filter(|other| *other != area.top) else { return Ok(()) };
    let x = area.left + (area.width() / 2).min(6_00);
    let (down, height) = (other > area.top, drawing.plan.sizes.lane);
    let (from, tip) = if down { (area.top + height, other) } else { (area.top, other + height) };
    let back = if down { -6_00 } else { 6_00 };
    let colour = ink::alarm(drawing.shade);
    writeln!(
        out,
        "<path d=\"M{} {}V{}\" stroke=\"{colour}\" stroke-width=\"1.5\"/><path d=\"M{} {}l-3.5 {}h7z\" fill=\"{colour}\"/>",
        Length(x),
        Length(from),
        Length(tip + back),
        Length(x),
        Length(tip),
        Length(back)
    )
}
