//! Where everything stands in the gallery.

use super::{Focus, Gallery};
use crate::tui::panes::Window;
use crate::tui::screens::stage::inner;
use ratatui::layout::Rect;

/// The rectangles of the gallery. What is `None` is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) header: Option<Rect>,
    /// The frames around the list and the story.
    pub(super) list_frame: Option<Rect>,
    pub(super) story_frame: Option<Rect>,
    /// What is inside of the frames.
    pub(super) list: Option<Rect>,
    pub(super) story: Option<Rect>,
    /// The one sentence that is left where there is no room.
    pub(super) sentence: Option<Rect>,
    pub(super) footer: Option<Rect>,
}

/// Narrower or lower than this, one sentence is all there is room for.
const WIDTH_MIN: u16 = 40;
const HEIGHT_MIN: u16 = 10;
/// Narrower than this, the list and the story take turns.
const WIDTH_BOTH: u16 = 70;

impl Place {
    pub(super) fn new(area: Rect, gallery: &Gallery) -> Place {
        if area.width < WIDTH_MIN || area.height < HEIGHT_MIN {
            return Place { sentence: Some(area), ..Place::default() };
        }
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
        let body = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let place = Place { header: Some(header), footer: Some(footer), ..Place::default() };
        if area.width < WIDTH_BOTH {
            return match gallery.focus {
                Focus::List => Place { list_frame: Some(body), list: Some(inner(body)), ..place },
                Focus::Story => Place { story_frame: Some(body), story: Some(text(body)), ..place },
            };
        }
        // The two frames share an edge.
        let left = Rect { width: (area.width * 2 / 5).min(44), ..body };
        let right = Rect { x: left.right() - 1, width: area.width - left.width + 1, ..body };
        Place {
            list_frame: Some(left),
            story_frame: Some(right),
            list: Some(inner(left)),
            story: Some(text(right)),
            ..place
        }
    }

    /// The stretch of the list that is shown.
    pub(super) fn window(&self, gallery: &Gallery) -> Window {
        let rows = self.list.map_or(0, |area| usize::from(area.height));
        Window::around(gallery.rows.len(), rows, gallery.selected)
    }
}

/// Prose has a margin, and lines no longer than can be read with ease.
fn text(frame: Rect) -> Rect {
    let inner = inner(frame);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2).min(84), ..inner }
}
