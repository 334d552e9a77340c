//! Where everything stands.

use super::Focus;
use crate::tui::screens::stage::inner;
use ratatui::layout::Rect;

/// The rectangles of the screen. What is `None` is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) header: Option<Rect>,
    /// The frames around the brief, the question and the program.
    pub(super) brief_frame: Option<Rect>,
    pub(super) question_frame: Option<Rect>,
    pub(super) program_frame: Option<Rect>,
    /// What is inside of the frames.
    pub(super) brief: Option<Rect>,
    pub(super) question: Option<Rect>,
    pub(super) program: Option<Rect>,
    pub(super) narration: Option<Rect>,
    /// The one sentence that is left where there is no room.
    pub(super) sentence: Option<Rect>,
    pub(super) footer: Option<Rect>,
}

/// Narrower or lower than this, one sentence is all there is room for.
const WIDTH_MIN: u16 = 40;
const HEIGHT_MIN: u16 = 10;
/// Lower than this, the brief and the question take turns.
const HEIGHT_BOTH: u16 = 18;
/// Narrower than this, the program and the rest take turns.
const WIDTH_PROGRAM: u16 = 100;
/// Cells of the program, and of a question beside it, at least.
const PROGRAM_LEAST: u16 = 36;
const QUESTION_LEAST: u16 = 56;
/// Rows of the brief at least, edges included.
const BRIEF_LEAST: u16 = 4;
/// Rows of the question at least.
const ROWS_LEAST: u16 = 11;

/// What the parts would like to have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish<B, Q> {
    /// How many lines the brief and the question take in so many cells; no brief: 0.
    pub(super) brief: B,
    pub(super) question: Q,
    /// How wide the program would like to be.
    pub(super) code: u16,
    pub(super) focus: Focus,
    /// The question was answered: what came of it is read now.
    pub(super) answered: bool,
}

impl Place {
    pub(super) fn new(area: Rect, wish: &Wish<impl Fn(usize) -> usize, impl Fn(usize) -> usize>) -> Place {
        if area.width < WIDTH_MIN || area.height < HEIGHT_MIN {
            return Place { sentence: Some(area), ..Place::default() };
        }
        let told = if area.width < 70 && area.height >= 14 { 2 } else { 1 };
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
        let narration = Rect { y: footer.y - told, height: told, ..area };
        let body = Rect { y: area.y + 1, height: narration.y - area.y - 1, ..area };
        let mut place =
            Place { header: Some(header), footer: Some(footer), narration: Some(narration), ..Place::default() };
        let mut left = body;
        if area.width >= WIDTH_PROGRAM {
            let most = (area.width - QUESTION_LEAST).min(area.width / 2);
            let wide = wish.code.saturating_add(2).clamp(PROGRAM_LEAST, most);
            // The two frames share an edge.
            let right = Rect { x: body.right() - wide, width: wide, ..body };
            left.width = body.width - wide + 1;
            place = Place { program_frame: Some(right), program: Some(inner(right)), ..place };
        }
        if place.program.is_none() && wish.focus == Focus::Program {
            return Place { program_frame: Some(body), program: Some(inner(body)), ..place };
        }
        let lines = (wish.brief)(usize::from(text(left).width));
        let only_brief = Place { brief_frame: Some(left), brief: Some(text(left)), ..place };
        let only_question = Place { question_frame: Some(left), question: Some(text(left)), ..place };
        if lines == 0 {
            return only_question;
        }
        if area.height < HEIGHT_BOTH {
            return if wish.focus == Focus::Brief { only_brief } else { only_question };
        }
        let wanted = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
        let asked = u16::try_from((wish.question)(usize::from(text(left).width))).unwrap_or(u16::MAX).saturating_add(2);
        // What came of an answer is seen with the question; where there is no room for the brief beside that, it gives way.
        if wish.answered && asked + BRIEF_LEAST > left.height + 1 {
            return if wish.focus == Focus::Brief { only_brief } else { only_question };
        }
        // The question goes before the brief, but some of that is always seen.
        let most = (left.height + 1).saturating_sub(asked.max(ROWS_LEAST)).max(left.height / 3).max(BRIEF_LEAST);
        let upper = Rect { height: wanted.clamp(3, most), ..left };
        let lower = Rect { y: upper.bottom() - 1, height: left.height - upper.height + 1, ..left };
        Place {
            brief_frame: Some(upper),
            question_frame: Some(lower),
            brief: Some(text(upper)),
            question: Some(text(lower)),
            ..place
        }
    }
}

/// Prose has a margin, and lines no longer than can be read with ease.
fn text(frame: Rect) -> Rect {
    let inner = inner(frame);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2).min(84), ..inner }
}
