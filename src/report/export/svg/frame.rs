//! The whole interface at one step: a screen of cells as a picture.
//!
//! Every cell has its place, whatever font the picture is shown with: a run of text says where it begins and how long it
//! is. Lines and blocks that are letters in a terminal are drawn, so that they meet; other signs stand in the middle of
//! their cell.

use super::xml::{self, Length, escaped};
use super::{Caption, MONOSPACE};
use crate::report::export::palette::{Rgb, Shade};
use crate::report::screen::{Cell, Emphasis, Screen};
use std::io::{self, Write};

/// A cell. Both are odd, so that a line one unit wide through its middle falls on whole pixels.
const WIDTH: i64 = 9;
const HEIGHT: i64 = 19;
/// From the top of a cell to the line the letters stand on.
const BASE: i64 = 14;
const FONT: i64 = 15;
/// Characters that are as wide as they are high fill two cells better when they are a little larger.
const WIDE_FONT: i64 = 17;
/// Around the cells.
const MARGIN: i64 = 14;

/// Writes the screen as a picture.
pub fn write(screen: &Screen, shade: Shade, caption: &Caption, out: &mut dyn Write) -> io::Result<()> {
    let (width, height) =
        (i64::from(screen.width()) * WIDTH + 2 * MARGIN, i64::from(screen.height()) * HEIGHT + 2 * MARGIN);
    xml::begin(width, height, caption, out)?;
    let ground = ground(screen, shade);
    let edge = shade.ink().towards(ground, 75);
    writeln!(
        out,
        "<rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{}\" stroke=\"{edge}\"/>",
        width - 1,
        height - 1,
        ground
    )?;
    grounds(screen, shade, out)?;
    lines(screen, shade, out)?;
    writeln!(
        out,
        "<g font-family=\"{MONOSPACE}\" font-size=\"{FONT}\" fill=\"{}\" xml:space=\"preserve\">",
        shade.ink()
    )?;
    for y in 0..screen.height() {
        texts(screen, y, shade, out)?;
    }
    writeln!(out, "</g>\n</svg>")
}

/// The left edge of a column, the top of a row.
fn left(x: u16) -> i64 {
    MARGIN + i64::from(x) * WIDTH
}

fn top(y: u16) -> i64 {
    MARGIN + i64::from(y) * HEIGHT
}

// ---- backgrounds ----

/// What is behind everything: a theme may have a ground of its own. The last cell has nothing special.
fn ground(screen: &Screen, shade: Shade) -> Rgb {
    let last = screen.cell(screen.width().saturating_sub(1), screen.height().saturating_sub(1));
    shade.of(last.look).1
}

/// Cells next to each other with the same background are one rectangle; those with that of the picture are none.
fn grounds(screen: &Screen, shade: Shade, out: &mut dyn Write) -> io::Result<()> {
    for y in 0..screen.height() {
        let mut x = 0;
        while x < screen.width() {
            let back = shade.of(screen.cell(x, y).look).1;
            let start = x;
            while x < screen.width() && shade.of(screen.cell(x, y).look).1 == back {
                x += 1;
            }
            if back != ground(screen, shade) {
                writeln!(
                    out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{HEIGHT}\" fill=\"{back}\" shape-rendering=\"crispEdges\"/>",
                    left(start),
                    top(y),
                    i64::from(x - start) * WIDTH
                )?;
            }
        }
    }
    Ok(())
}

// ---- lines between panes ----

const UP: u8 = 1;
const RIGHT: u8 = 2;
const DOWN: u8 = 4;
const LEFT: u8 = 8;

/// The directions in which a sign that is made of lines leaves its cell.
fn directions(text: &str) -> u8 {
    match text {
        "─" => LEFT | RIGHT,
        "│" => UP | DOWN,
        "┌" => RIGHT | DOWN,
        "┐" => LEFT | DOWN,
        "└" => UP | RIGHT,
        "┘" => UP | LEFT,
        "├" => UP | RIGHT | DOWN,
        "┤" => UP | DOWN | LEFT,
        "┬" => RIGHT | DOWN | LEFT,
        "┴" => UP | RIGHT | LEFT,
        "┼" => UP | RIGHT | DOWN | LEFT,
        _ => 0,
    }
}

/// Lines of one colour: the data of a path.
struct Lines {
    colour: Rgb,
    path: String,
}

/// The lines through all cells, as long as they can be, one path for each colour.
fn lines(screen: &Screen, shade: Shade, out: &mut dyn Write) -> io::Result<()> {
    let mut drawn = Vec::new();
    for y in 0..screen.height() {
        let middle = Length(top(y) * 100 + HEIGHT * 50);
        let cells = (0..screen.width()).map(|x| screen.cell(x, y));
        for (colour, from, to) in strokes(cells, LEFT, RIGHT, shade) {
            let place = |half: i64| Length(MARGIN * 100 + half * WIDTH * 50);
            path(&mut drawn, colour, &format!("M{} {middle}H{}", place(from), place(to)));
        }
    }
    for x in 0..screen.width() {
        let middle = Length(left(x) * 100 + WIDTH * 50);
        let cells = (0..screen.height()).map(|y| screen.cell(x, y));
        for (colour, from, to) in strokes(cells, UP, DOWN, shade) {
            let place = |half: i64| Length(MARGIN * 100 + half * HEIGHT * 50);
            path(&mut drawn, colour, &format!("M{middle} {}V{}", place(from), place(to)));
        }
    }
    for Lines { colour, path } in drawn {
        writeln!(out, "<path d=\"{path}\" stroke=\"{colour}\" stroke-linecap=\"square\" fill=\"none\"/>")?;
    }
    Ok(())
}

fn path(drawn: &mut Vec<Lines>, colour: Rgb, data: &str) {
    match drawn.iter_mut().find(|lines| lines.colour == colour) {
        Some(lines) => lines.path.push_str(data),
        None => drawn.push(Lines { colour, path: data.to_owned() }),
    }
}

/// The lines along a row or column of cells, in half cells. `back` and `forth` are the two directions of the row.
fn strokes<'a>(cells: impl Iterator<Item = Cell<'a>>, back: u8, forth: u8, shade: Shade) -> Vec<(Rgb, i64, i64)> {
    let mut strokes: Vec<(Rgb, i64, i64)> = Vec::new();
    for (half, cell) in (0i64..).step_by(2).zip(cells) {
        let leaves = directions(cell.text);
        let colour = shade.of(cell.look).0;
        let halves = [(leaves & back != 0, half), (leaves & forth != 0, half + 1)];
        for (_, start) in halves.into_iter().filter(|(there, _)| *there) {
            match strokes.last_mut().filter(|(last, _, end)| *last == colour && *end == start) {
                Some((_, _, end)) => *end = start + 1,
                None => strokes.push((colour, start, start + 1)),
            }
        }
    }
    strokes
}

// ---- text and signs ----

/// What is written with one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Letters that are one cell wide; letters that are two.
    Narrow,
    Wide,
    /// A sign that stands alone in the middle of its cell.
    Sign,
    /// A sign that is drawn.
    Drawn,
    /// Nothing to be seen.
    Blank,
}

fn kind(screen: &Screen, x: u16, y: u16) -> Kind {
    let text = screen.cell(x, y).text;
    let wide = x + 1 < screen.width() && screen.cell(x + 1, y).text.is_empty();
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) | (Some(' '), None) => Kind::Blank,
        _ if wide => Kind::Wide,
        (Some('\u{2190}'..='\u{2bff}'), None) if directions(text) != 0 => Kind::Blank,
        (Some('\u{2190}'..='\u{2bff}'), None) if shape(text).is_some() => Kind::Drawn,
        (Some('\u{2190}'..='\u{2bff}'), _) => Kind::Sign,
        _ => Kind::Narrow,
    }
}

/// The texts of a row.
fn texts(screen: &Screen, y: u16, shade: Shade, out: &mut dyn Write) -> io::Result<()> {
    let mut x = 0;
    while x < screen.width() {
        let kind = kind(screen, x, y);
        let end = match kind {
            Kind::Narrow | Kind::Wide => run(screen, x, y, kind, shade),
            Kind::Drawn => repeated(screen, x, y),
            Kind::Sign | Kind::Blank => x + 1,
        };
        match kind {
            Kind::Blank => {}
            Kind::Drawn => draw(screen, (x, end), y, shade, out)?,
            Kind::Narrow | Kind::Wide | Kind::Sign => text(screen, (x, end), y, kind, shade, out)?,
        }
        x = end;
    }
    Ok(())
}

/// Where the run of text that begins here ends. A single blank belongs to it: words stay together for whoever selects
/// the text.
fn run(screen: &Screen, start: u16, y: u16, of: Kind, shade: Shade) -> u16 {
    let same = |x: u16| {
        let (one, other) = (screen.cell(x, y).look, screen.cell(start, y).look);
        shade.of(one) == shade.of(other) && lettering(one.emphasis) == lettering(other.emphasis)
    };
    let step = if of == Kind::Wide { 2 } else { 1 };
    let mut x = start + step;
    while x < screen.width() && same(x) {
        let after_blank = of == Kind::Narrow && screen.cell(x, y).text == " " && x + 1 < screen.width();
        if kind(screen, x, y) == of {
            x += step;
        } else if after_blank && same(x + 1) && kind(screen, x + 1, y) == of {
            x += 2;
        } else {
            break;
        }
    }
    x.min(screen.width())
}

/// Where the row of signs like this one ends.
fn repeated(screen: &Screen, start: u16, y: u16) -> u16 {
    let first = screen.cell(start, y);
    let joins = shape(first.text).is_some_and(Shape::joins);
    let mut x = start + 1;
    while joins && x < screen.width() && screen.cell(x, y) == first {
        x += 1;
    }
    x
}

/// What changes the letters themselves.
fn lettering(emphasis: Emphasis) -> [bool; 3] {
    [Emphasis::BOLD, Emphasis::ITALIC, Emphasis::UNDERLINED].map(|one| emphasis.contains(one))
}

fn text(
    screen: &Screen,
    (start, end): (u16, u16),
    y: u16,
    kind: Kind,
    shade: Shade,
    out: &mut dyn Write,
) -> io::Result<()> {
    let look = screen.cell(start, y).look;
    let front = shade.of(look).0;
    let cells = i64::from(end - start);
    let base = top(y) + BASE;
    match kind {
        Kind::Sign => {
            write!(out, "<text x=\"{}\" y=\"{base}\" text-anchor=\"middle\"", Length(left(start) * 100 + WIDTH * 50))?;
        }
        _ => write!(out, "<text x=\"{}\" y=\"{base}\"", left(start))?,
    }
    if cells > 1 {
        write!(out, " textLength=\"{}\"", cells * WIDTH)?;
    }
    if kind == Kind::Wide {
        write!(out, " font-size=\"{WIDE_FONT}\"")?;
    }
    if front != shade.ink() {
        write!(out, " fill=\"{front}\"")?;
    }
    let names = ["font-weight=\"bold\"", "font-style=\"italic\"", "text-decoration=\"underline\""];
    for (name, _) in names.iter().zip(lettering(look.emphasis)).filter(|(_, there)| *there) {
        write!(out, " {name}")?;
    }
    let text: String = (start..end).map(|x| screen.cell(x, y).text).collect();
    writeln!(out, ">{}</text>", escaped(&text))
}

/// How a sign is drawn, in hundredths of a cell's width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// From left, top to right, bottom.
    Block([i64; 4]),
    /// The same, half seen through.
    Veil([i64; 4]),
    Bars([[i64; 4]; 2]),
    Triangle([[i64; 2]; 3]),
}

impl Shape {
    /// Several of them in a row are drawn as one.
    const fn joins(self) -> bool {
        matches!(self, Shape::Block(..) | Shape::Veil(..))
    }
}

fn shape(text: &str) -> Option<Shape> {
    Some(match text {
        // A little lower than the cell: rows of the timeline stay apart.
        "█" => Shape::Block([0, 10, 100, 90]),
        "▐" => Shape::Block([50, 0, 100, 100]),
        "▏" => Shape::Block([0, 0, 12, 100]),
        "▔" => Shape::Block([0, 0, 100, 14]),
        "░" => Shape::Veil([0, 0, 100, 100]),
        "⏸" => Shape::Bars([[12, 30, 40, 76], [60, 30, 88, 76]]),
        "▸" => Shape::Triangle([[15, 35], [90, 53], [15, 71]]),
        "⏵" | "►" => Shape::Triangle([[5, 29], [98, 53], [5, 77]]),
        "◂" => Shape::Triangle([[85, 35], [10, 53], [85, 71]]),
        "▾" => Shape::Triangle([[10, 40], [90, 40], [50, 72]]),
        "▲" => Shape::Triangle([[0, 80], [100, 80], [50, 30]]),
        _ => return None,
    })
}

fn draw(screen: &Screen, (start, end): (u16, u16), y: u16, shade: Shade, out: &mut dyn Write) -> io::Result<()> {
    let cell = screen.cell(start, y);
    let front = shade.of(cell.look).0;
    let across = |part: i64| Length(left(start) * 100 + part * WIDTH);
    let down = |part: i64| Length(top(y) * 100 + part * HEIGHT);
    let more = i64::from(end - start - 1) * 100;
    let mut block = |[x, y, right, bottom]: [i64; 4], fill: Rgb| {
        writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
            across(x),
            down(y),
            Length((right + more - x) * WIDTH),
            Length((bottom - y) * HEIGHT)
        )
    };
    match shape(cell.text) {
        None => Ok(()),
        Some(Shape::Block(edges)) => block(edges, front),
        Some(Shape::Veil(edges)) => block(edges, front.towards(shade.of(cell.look).1, 60)),
        Some(Shape::Bars(both)) => both.into_iter().try_for_each(|edges| block(edges, front)),
        Some(Shape::Triangle([a, b, c])) => {
            let at = |[x, y]: [i64; 2]| format!("{} {}", across(x), down(y));
            writeln!(out, "<path d=\"M{}L{}L{}Z\" fill=\"{front}\"/>", at(a), at(b), at(c))
        }
    }
}
