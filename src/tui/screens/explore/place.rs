//! Where everything stands.

use super::Focus;
use crate::tui::panes::narration_rows;
use crate::tui::screens::stage::inner;
use ratatui::layout::Rect;

/// The rectangles of the screen. What is `None` is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) header: Option<Rect>,
    pub(super) verdict_frame: Option<Rect>,
    pub(super) ways_frame: Option<Rect>,
    /// What is inside of the frames.
    pub(super) verdict: Option<Rect>,
    pub(super) ways: Option<Rect>,
    pub(super) narration: Option<Rect>,
    /// The one sentence that is left where there is no room.
    pub(super) sentence: Option<Rect>,
    pub(super) footer: Option<Rect>,
}

/// Narrower or lower than this, one sentence is all there is room for.
const WIDTH_MIN: u16 = 40;
const HEIGHT_MIN: u16 = 10;
/// Lower than this, the verdict and the ways take turns.
const HEIGHT_BOTH: u16 = 18;
/// Rows that the box of the ways has at least.
const WAYS_LEAST: u16 = 6;

impl Place {
    /// Divides the area. `lines` are those of the verdict; `ways`: there is something to be listed.
    pub(super) fn new(area: Rect, lines: impl Fn(usize) -> usize, ways: bool, focus: Focus) -> Place {
        if area.width < WIDTH_MIN || area.height < HEIGHT_MIN {
            return Place { sentence: Some(area), ..Place::default() };
        }
        let told = narration_rows(area);
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
        let narration = Rect { y: footer.y - told, height: told, ..area };
        let body = Rect { y: area.y + 1, height: narration.y - area.y - 1, ..area };
        let place =
            Place { header: Some(header), footer: Some(footer), narration: Some(narration), ..Place::default() };
        let only_verdict = Place { verdict_frame: Some(body), verdict: Some(inner(body)), ..place };
        let only_ways = Place { ways_frame: Some(body), ways: Some(inner(body)), ..place };
        if !ways {
            return only_verdict;
        }
        if area.height < HEIGHT_BOTH {
            return if focus == Focus::Verdict { only_verdict } else { only_ways };
        }
        let wanted = u16::try_from(lines(usize::from(inner(body).width))).unwrap_or(u16::MAX).saturating_add(2);
        let upper = Rect { height: wanted.clamp(3, body.height - WAYS_LEAST), ..body };
        // The two frames share an edge.
        let lower = Rect { y: upper.bottom() - 1, height: body.height - upper.height + 1, ..body };
        Place {
            verdict_frame: Some(upper),
            verdict: Some(inner(upper)),
            ways_frame: Some(lower),
            ways: Some(inner(lower)),
            ..place
        }
    }
}
