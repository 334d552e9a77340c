//! Where everything on the stage stands, for any size of terminal.
//!
//! | size | what is shown |
//! |---|---|
//! | 110x28 and more | program and picture; threads, objects and timeline beside them; one pane with tabs below |
//! | 72x18 and more | program, threads, objects; the picture and the timeline are tabs |
//! | smaller | the focused pane alone; Tab goes on to the next |
//! | below 40x10 | the narrated line alone |
//!
//! A pane's rectangle includes its edges, and neighbours share theirs.

use super::Pane;
use crate::tui::panes::narration_rows;
use ratatui::layout::Rect;

/// How the area is divided. Everything has a rectangle; what is not shown has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub header: Option<Rect>,
    /// What is wanted in a challenge.
    pub banner: Option<Rect>,
    /// Shown panes with their outer rectangles. The last one of those with tabs has them in its title.
    pub panes: Vec<(Pane, Rect)>,
    /// The panes that share the last rectangle as tabs; empty when there is only one pane.
    pub tabs: &'static [Pane],
    pub narration: Rect,
    pub footer: Option<Rect>,
}

/// What decides about the layout, besides the area.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub focus: Pane,
    /// Which tab is shown where the picture is one of them, and where it has a place of its own.
    pub medium_tab: Pane,
    pub wide_tab: Pane,
    pub zoomed: bool,
    /// How many rows the threads and the objects would like.
    pub threads: u16,
    pub objects: u16,
    pub lanes: u16,
    /// How many columns the program would like.
    pub code: u16,
    /// How many lines the program has.
    pub lines: u16,
    /// There is a line below the top one.
    pub banner: bool,
    /// How many rows what is told would like.
    pub told: u16,
}

/// What stands beside the program needs this many columns to be read with ease.
const BESIDE: u16 = 68;

const WIDE_TABS: &[Pane] = &[Pane::Output, Pane::Events, Pane::Findings, Pane::Variables, Pane::Notes];
const MEDIUM_TABS: &[Pane] =
    &[Pane::Picture, Pane::Timeline, Pane::Output, Pane::Events, Pane::Findings, Pane::Variables, Pane::Notes];

impl Layout {
    /// Divides the area.
    #[must_use]
    pub fn new(area: Rect, wish: Wish) -> Layout {
        if area.width < 40 || area.height < 10 {
            return Layout { header: None, banner: None, panes: Vec::new(), tabs: &[], narration: area, footer: None };
        }
        let told = wish.told.min(told_most(area)).max(narration_rows(area));
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
        let narration = Rect { y: footer.y - told, height: told, ..area };
        let banner = wish.banner.then_some(Rect { y: header.bottom(), ..header });
        let top = banner.unwrap_or(header).bottom();
        let body = Rect { y: top, height: narration.y - top, ..area };
        let (panes, tabs) = if wish.zoomed || area.width < 72 || area.height < 18 {
            (vec![(wish.focus, body)], Pane::ALL)
        } else if area.width >= 110 && area.height >= 28 {
            (wide(body, wish), WIDE_TABS)
        } else {
            (medium(body, wish), MEDIUM_TABS)
        };
        Layout { header: Some(header), banner, panes, tabs, narration, footer: Some(footer) }
    }

    /// The outer rectangle of a pane, if it is shown.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        self.panes.iter().find(|(shown, _)| *shown == pane).map(|(_, rect)| *rect)
    }

    /// The pane at this position.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<(Pane, Rect)> {
        self.panes.iter().rev().find(|(_, rect)| rect.contains((column, row).into())).copied()
    }
}

/// So many rows may be told at most, that the panes keep what they need; where one is shown at a time it keeps all it has.
fn told_most(area: Rect) -> u16 {
    let panes = match (area.width, area.height) {
        (110.., 28..) => 23,
        (72.., 18..) => 16,
        _ => area.height,
    };
    area.height.saturating_sub(panes).min(8)
}

/// The inside of a pane's rectangle.
#[must_use]
pub fn inner(outer: Rect) -> Rect {
    Rect {
        x: outer.x + 1,
        y: outer.y + 1,
        width: outer.width.saturating_sub(2),
        height: outer.height.saturating_sub(2),
    }
}

fn wide(body: Rect, wish: Wish) -> Vec<(Pane, Rect)> {
    let tab_height = (body.height / 4).clamp(7, 14);
    let (top, bottom) = cut_rows(body, body.height + 1 - tab_height);
    let (left, right) = cut_columns(top, code_columns(top.width, wish));
    let [threads, objects, lanes] =
        share(top.height + 2, [wish.threads + 3, wish.objects + 2, wish.lanes + 4], [5, 4, 5]);
    let (program, picture) = cut_rows(left, code_rows(left.height, wish));
    let (threads, rest) = cut_rows(right, threads);
    let (objects, timeline) = cut_rows(rest, objects);
    debug_assert!(timeline.height <= lanes.max(timeline.height));
    vec![
        (Pane::Program, program),
        (Pane::Picture, picture),
        (Pane::Threads, threads),
        (Pane::Objects, objects),
        (Pane::Timeline, timeline),
        (tab_of(WIDE_TABS, wish.focus, wish.wide_tab), bottom),
    ]
}

/// Two fifths for the program, and more where its lines are long and the others can spare it.
fn code_columns(width: u16, wish: Wish) -> u16 {
    let usual = (width * 2 / 5).clamp(44, 84);
    let spare = width.saturating_sub(BESIDE).min(width * 3 / 5);
    wish.code.saturating_add(2).clamp(usual, spare.max(usual))
}

/// As many rows as the program has lines, as long as the picture keeps a good half; and at least a few lines.
fn code_rows(height: u16, wish: Wish) -> u16 {
    let both = height + 1;
    let picture = (both * 11 / 20).clamp(8, 44);
    let least = both.saturating_sub(picture);
    let most = both.saturating_sub((both * 9 / 20).max(PICTURE_ROWS)).max(least);
    wish.lines.saturating_add(2).clamp(least.min(6), most)
}

/// With this many rows, edges included, a picture shows all it has to say.
const PICTURE_ROWS: u16 = 12;

fn medium(body: Rect, wish: Wish) -> Vec<(Pane, Rect)> {
    let tab = tab_of(MEDIUM_TABS, wish.focus, wish.medium_tab);
    // A picture and a text need more room than a list does.
    let tab_height =
        if matches!(tab, Pane::Picture | Pane::Notes) { body.height * 11 / 20 } else { (body.height / 3).min(12) };
    let tab_height = tab_height.min(body.height - 7).clamp(6, 20);
    let (top, bottom) = cut_rows(body, body.height + 1 - tab_height);
    let (left, right) = cut_columns(top, (top.width * 21 / 50).clamp(32, 60));
    let [threads, _] = share(top.height + 1, [wish.threads + 3, wish.objects + 2], [5, 4]);
    let (threads, objects) = cut_rows(right, threads);
    vec![(Pane::Program, left), (Pane::Threads, threads), (Pane::Objects, objects), (tab, bottom)]
}

/// The tab that is shown: the focused one if it is among them, else the one shown last, else the first.
fn tab_of(tabs: &[Pane], focus: Pane, last: Pane) -> Pane {
    let shown = [focus, last].into_iter().find(|pane| tabs.contains(pane));
    shown.or(tabs.first().copied()).unwrap_or(Pane::Output)
}

/// Cuts into an upper part of `rows` rows and a lower one; they share an edge.
fn cut_rows(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.clamp(1, area.height.max(1));
    (Rect { height: rows, ..area }, Rect { y: area.y + rows - 1, height: area.height - rows + 1, ..area })
}

/// Cuts into a left part of `columns` columns and a right one; they share an edge.
fn cut_columns(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.clamp(1, area.width.max(1));
    (Rect { width: columns, ..area }, Rect { x: area.x + columns - 1, width: area.width - columns + 1, ..area })
}

/// Shares `rows` among wishes: everybody gets the least that is useful, the rest goes around one row at a time to
/// whoever still wants one; what nobody wants goes to the last.
fn share<const N: usize>(rows: u16, wishes: [u16; N], least: [u16; N]) -> [u16; N] {
    let mut given = least;
    let mut left = rows.saturating_sub(least.iter().sum());
    while left > 0 {
        let mut moved = false;
        for index in 0..N {
            if left > 0 && given[index] < wishes[index] {
                given[index] += 1;
                left -= 1;
                moved = true;
            }
        }
        if !moved {
            given[N - 1] += left;
            left = 0;
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish {
            focus: Pane::Threads,
            medium_tab: Pane::Picture,
            wide_tab: Pane::Output,
            zoomed: false,
            threads: 4,
            objects: 5,
            lanes: 4,
            code: 40,
            lines: 30,
            banner: false,
            told: 0,
        }
    }

    #[test]
    fn every_size_has_a_layout_that_fits_into_it() {
        for width in 0..230 {
            for height in 0..70 {
                for (zoomed, told) in [(false, 0), (true, 0), (false, 9), (true, 9)] {
                    let area = Rect::new(0, 0, width, height);
                    let layout = Layout::new(area, Wish { zoomed, told, banner: told > 0, ..wish() });
                    for rect in layout.panes.iter().map(|(_, rect)| *rect).chain([layout.narration]) {
                        assert_eq!(rect.intersection(area), rect, "{width}x{height}: {rect:?}");
                    }
                    for (pane, rect) in &layout.panes {
                        assert!(rect.height >= 4 && rect.width >= 30, "{width}x{height}: {pane:?} {rect:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_thousand_threads_leave_room_for_the_rest() {
        let layout = Layout::new(Rect::new(0, 0, 120, 32), Wish { threads: 1000, lanes: 1000, ..wish() });
        assert!(layout.pane(Pane::Objects).is_some_and(|rect| rect.height >= 4));
        assert!(layout.pane(Pane::Timeline).is_some_and(|rect| rect.height >= 5));
    }

    #[test]
    fn small_terminals_show_one_pane_and_tiny_ones_the_sentence() {
        let small = Layout::new(Rect::new(0, 0, 50, 15), wish());
        assert_eq!(small.panes.iter().map(|(pane, _)| *pane).collect::<Vec<_>>(), [Pane::Threads]);
        let tiny = Rect::new(0, 0, 20, 5);
        assert_eq!(Layout::new(tiny, wish()).narration, tiny);
    }
}
