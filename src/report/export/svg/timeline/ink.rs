//! The colours and patterns of the timeline. Every activity has a pattern of its own, so that a picture without colours
//! says the same.

use super::super::xml::Length;
use crate::ids::ThreadId;
use crate::model::Activity;
use crate::report::export::palette::{Rgb, Shade};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The colours that threads take turns in. None of them is red: that is for what goes wrong.
const ON_LIGHT: [Rgb; 8] = [
    Rgb(0x2b, 0x62, 0xc9),
    Rgb(0x0f, 0x7f, 0x86),
    Rgb(0x7d, 0x45, 0xc4),
    Rgb(0xa6, 0x62, 0x00),
    Rgb(0x2b, 0x7d, 0x3a),
    Rgb(0xb0, 0x3a, 0x86),
    Rgb(0x5a, 0x66, 0x78),
    Rgb(0x7a, 0x58, 0x2f),
];

const ON_DARK: [Rgb; 8] = [
    Rgb(0x6c, 0xa6, 0xff),
    Rgb(0x45, 0xc6, 0xcd),
    Rgb(0xc0, 0x98, 0xff),
    Rgb(0xe8, 0xb1, 0x4a),
    Rgb(0x6a, 0xc9, 0x7a),
    Rgb(0xf0, 0x8c, 0xc8),
    Rgb(0xa3, 0xb1, 0xc6),
    Rgb(0xcf, 0xa7, 0x78),
];

/// The colour of a thread.
pub(super) fn thread(thread: ThreadId, shade: Shade) -> Rgb {
    let colours = match shade {
        Shade::Light => ON_LIGHT,
        Shade::Dark => ON_DARK,
    };
    colours[thread.index() % colours.len()]
}

/// What goes wrong, and whoever is held up by somebody.
pub(super) const fn alarm(shade: Shade) -> Rgb {
    match shade {
        Shade::Light => Rgb(0xc9, 0x1f, 0x2e),
        Shade::Dark => Rgb(0xff, 0x7b, 0x72),
    }
}

/// Text that matters less.
pub(super) fn quiet(shade: Shade) -> Rgb {
    shade.ink().towards(shade.ground(), 38)
}

/// Lines behind everything.
pub(super) fn faint(shade: Shade) -> Rgb {
    shade.ink().towards(shade.ground(), 88)
}

/// How a stretch of time looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Pattern {
    /// Full: it runs.
    Full,
    /// A line: it could run.
    Line,
    /// Hatched: somebody is in its way.
    Hatched,
    /// Dotted: it waits to be told.
    Dotted,
    /// Striped along: it sleeps, or waits for a line of input.
    Striped,
}

impl Pattern {
    /// In the order of the legend, with the catalogue key of what each means.
    pub(super) const ALL: [(Pattern, &'static str); 5] = [
        (Pattern::Full, "svg-runs"),
        (Pattern::Line, "svg-ready"),
        (Pattern::Hatched, "svg-blocked"),
        (Pattern::Dotted, "svg-waits"),
        (Pattern::Striped, "svg-sleeps"),
    ];

    /// The pattern of this activity; `None` for a thread that has not begun or is over.
    pub(super) const fn of(activity: Activity) -> Option<Pattern> {
        match activity {
            Activity::Running => Some(Pattern::Full),
            Activity::Ready => Some(Pattern::Line),
            Activity::Blocked => Some(Pattern::Hatched),
            Activity::Waiting | Activity::Joining => Some(Pattern::Dotted),
            Activity::Sleeping | Activity::Reading => Some(Pattern::Striped),
            Activity::New | Activity::Finished | Activity::Failed | Activity::Killed => None,
        }
    }

    fn colour(self, thread: Rgb, shade: Shade) -> Rgb {
        match self {
            Pattern::Full => thread,
            Pattern::Line => thread.towards(shade.ground(), 25),
            Pattern::Hatched => alarm(shade),
            Pattern::Dotted | Pattern::Striped => quiet(shade),
        }
    }
}

/// A rectangle, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: i64,
    pub right: i64,
    pub top: i64,
    pub height: i64,
}

impl Area {
    pub(super) const fn width(self) -> i64 {
        self.right - self.left
    }

    pub(super) const fn middle(self) -> i64 {
        self.top + self.height / 2
    }
}

/// Draws all stretches of one lane that look alike.
pub(super) fn stretches(
    pattern: Pattern,
    areas: &[Area],
    thread: Rgb,
    shade: Shade,
    out: &mut dyn Write,
) -> io::Result<()> {
    if areas.is_empty() {
        return Ok(());
    }
    let colour = pattern.colour(thread, shade);
    match pattern {
        Pattern::Full => boxes(areas, &format!("fill=\"{colour}\""), out),
        Pattern::Line => {
            let data = path(areas, |area, data| line(data, *area, area.middle()));
            writeln!(out, "<path d=\"{data}\" stroke=\"{colour}\" stroke-width=\"2\" fill=\"none\"/>")
        }
        Pattern::Hatched => {
            framed(areas, colour, shade, out)?;
            let data = path(areas, hatching);
            writeln!(out, "<path d=\"{data}\" stroke=\"{colour}\" stroke-width=\"1.2\" fill=\"none\"/>")
        }
        Pattern::Dotted => {
            framed(areas, colour, shade, out)?;
            let data = path(areas, |area, data| {
                for part in [3, 7] {
                    line(data, inside(*area, 3_00), area.top + area.height * part / 10);
                }
            });
            let dots = "stroke-width=\"2\" stroke-linecap=\"round\" stroke-dasharray=\"0 5\"";
            writeln!(out, "<path d=\"{data}\" stroke=\"{colour}\" {dots} fill=\"none\"/>")
        }
        Pattern::Striped => {
            framed(areas, colour, shade, out)?;
            let data = path(areas, |area, data| {
                for part in [1, 2, 3] {
                    line(data, *area, area.top + area.height * part / 4);
                }
            });
            writeln!(out, "<path d=\"{data}\" stroke=\"{colour}\" fill=\"none\"/>")
        }
    }
}

/// The boxes behind a pattern.
fn framed(areas: &[Area], colour: Rgb, shade: Shade, out: &mut dyn Write) -> io::Result<()> {
    let fill = colour.towards(shade.ground(), 86);
    boxes(areas, &format!("fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1\""), out)
}

fn boxes(areas: &[Area], look: &str, out: &mut dyn Write) -> io::Result<()> {
    let data = path(areas, |area, data| {
        let (width, height) = (Length(area.width()), Length(area.height));
        // Writing to a string cannot fail.
        let _ = write!(data, "M{} {}h{width}v{height}h-{width}z", Length(area.left), Length(area.top));
    });
    writeln!(out, "<path d=\"{data}\" {look}/>")
}

fn path(areas: &[Area], mut each: impl FnMut(&Area, &mut String)) -> String {
    let mut data = String::new();
    for area in areas {
        each(area, &mut data);
    }
    data
}

fn line(data: &mut String, area: Area, y: i64) {
    let _ = write!(data, "M{} {}H{}", Length(area.left), Length(y), Length(area.right));
}

/// The area without this much at its left and right end, if there is enough of it.
fn inside(area: Area, margin: i64) -> Area {
    if area.width() > 2 * margin { Area { left: area.left + margin, right: area.right - margin, ..area } } else { area }
}

/// Lines upwards through the area, cut off at its edges.
fn hatching(area: &Area, data: &mut String) {
    const APART: i64 = 6_00;
    let bottom = area.top + area.height;
    // A line meets the bottom at `foot` and the top as far to the right as the area is high. All of them together form
    // one pattern, wherever areas begin.
    let first = (area.left - area.height).div_euclid(APART) + 1;
    for foot in (first..).map(|n| n * APART).take_while(|foot| *foot < area.right) {
        let (from, to) = (foot.max(area.left), (foot + area.height).min(area.right));
        if to > from {
            let (start, end) = (bottom - (from - foot), bottom - (to - foot));
            let _ = write!(data, "M{} {}L{} {}", Length(from), Length(start), Length(to), Length(end));
        }
    }
}
