//! Presenter mode: what a whole room can read. The program, the picture, and one sentence: what was done, or what the run has
//! come to. Whatever else there is to be said stays hidden, with notes and questions, until somebody asks for it.
//!
//! ```text
//! +--------------------------------------------------+
//! | philosophers/naive              step 6  DEADLOCK |   where the run stands
//! |                                                  |
//! |  code around the             the picture, or     |
//! |  line of the step            what was revealed   |
//! |                                                  |
//! |       One sentence, bold, in the middle of       |
//! |             as much space as there is.           |
//! +--------------------------------------------------+
//! ```

use super::{Chapter, Stage};
use crate::ids::Step;
use crate::tui::keymap::Keymap;
use crate::words::Words;
use ratatui::layout::Rect;

/// How the stage is presented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presenting {
    /// It is not.
    #[default]
    Off,
    Plain,
    /// With the note, the question or the explanation of the moment.
    Revealed,
}

/// The sentence that a room reads, and what else there is to be said.
#[derive(Clone, Debug, Default)]
pub(super) struct Headline {
    said: String,
    rest: String,
}

impl Headline {
    /// There is nothing else.
    pub(super) fn of(said: &str) -> Headline {
        Headline { said: said.to_owned(), rest: String::new() }
    }
}

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Board {
    /// One row.
    pub status: Rect,
    pub code: Rect,
    /// Nothing where there is no room for it beside the code.
    pub picture: Option<Rect>,
    /// Where a note is revealed, a question or an explanation. A long text takes the place of the code as well.
    pub note: Rect,
    pub sentence: Rect,
}

impl Board {
    /// Divides the area; `None` when it is so small that the stage itself shows nothing but the sentence.
    #[must_use]
    pub fn new(area: Rect, long: bool) -> Option<Board> {
        if area.width < 40 || area.height < 10 {
            return None;
        }
        let margin = (area.width / 40).max(1);
        let inner = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
        let status = Rect { height: 1, ..inner };
        // The sentence has a third of the height, and no more than anybody reads at a glance.
        let told = (area.height * 3 / 10).clamp(4, 12);
        let sentence = Rect { y: area.bottom() - told, height: told, ..inner };
        let gap = u16::from(area.height >= 16);
        let body = Rect { y: status.bottom() + gap, height: sentence.y - status.bottom() - gap, ..inner };
        let (code, picture) = halves(body);
        let note = if long { body } else { picture.unwrap_or(body) };
        Some(Board { status, code, picture, note, sentence })
    }
}

/// The code, and beside it the picture.
fn halves(body: Rect) -> (Rect, Option<Rect>) {
    if body.width < 68 {
        return (body, None);
    }
    let left = (body.width / 2).min(96);
    let right = Rect { x: body.x + left + 2, width: body.width - left - 2, ..body };
    (Rect { width: left, ..body }, Some(right))
}

impl Stage {
    #[must_use]
    pub const fn presenting(&self) -> Presenting {
        self.presenting
    }

    /// Where everything stands while the stage is presented on this area; `None` while it is not.
    #[must_use]
    pub fn board(&self, area: Rect) -> Option<Board> {
        let long = self.presenting == Presenting::Revealed && self.chapter() == Chapter::Explanation;
        if self.presenting == Presenting::Off { None } else { Board::new(area, long) }
    }

    /// The one sentence that a whole room reads.
    #[must_use]
    pub fn headline(&self, words: &Words, keymap: &Keymap) -> String {
        if self.notice.is_some() {
            return self.narration(words, keymap);
        }
        keymap.told_plainly(&self.headline.said, words).into_owned()
    }

    /// What else there is to be said of the step; nothing while something else is said.
    #[must_use]
    pub fn beside_headline(&self, words: &Words, keymap: &Keymap) -> String {
        if self.notice.is_some() {
            return String::new();
        }
        keymap.told_plainly(&self.headline.rest, words).into_owned()
    }

    /// Takes the sentence at `head` out of what is said of a step. What there is to be said of a challenge comes after what
    /// has happened, unless it is what was asked for.
    pub(super) fn headline_of(
        &self,
        mut said: Vec<String>,
        head: usize,
        way_out: Option<&str>,
        words: &Words,
    ) -> Headline {
        let fact = if head < said.len() { said.remove(head) } else { said.pop().unwrap_or_default() };
        let challenged = self.tell_challenge(fact.clone(), words);
        if !challenged.contains(&fact) {
            return match self.challenge_words(words).filter(|_| self.cursor() == Step(0)) {
                Some([aim, _]) => Headline { said: aim, rest: challenged },
                None => Headline::of(&challenged),
            };
        }
        let no_return = self.tell_no_return(String::new(), words).trim().to_owned();
        said.extend([no_return, way_out.unwrap_or_default().to_owned()].into_iter().filter(|more| !more.is_empty()));
        let rest = self.tell_challenge(words.sentences(&said), words).trim().to_owned();
        Headline { said: fact, rest }
    }

    pub(super) fn present(&mut self) {
        self.presenting = if self.presenting == Presenting::Off { Presenting::Plain } else { Presenting::Off };
    }

    /// Ends presenter mode. False when it was not on.
    pub fn end_presenting(&mut self) -> bool {
        std::mem::take(&mut self.presenting) != Presenting::Off
    }

    /// Shows the notes: in presenter mode those of the moment, or hides them again.
    pub(super) fn show_notes(&mut self) {
        self.presenting = match self.presenting {
            Presenting::Off => {
                self.set_focus(super::Pane::Notes);
                Presenting::Off
            }
            Presenting::Plain => Presenting::Revealed,
            Presenting::Revealed => Presenting::Plain,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_a_board_that_fits_into_it() {
        for width in 0..230 {
            for height in 0..80 {
                for long in [false, true] {
                    let area = Rect::new(0, 0, width, height);
                    let Some(board) = Board::new(area, long) else {
                        assert!(width < 40 || height < 10);
                        continue;
                    };
                    let parts = [Some(board.status), Some(board.code), board.picture, Some(board.sentence)];
                    let parts: Vec<Rect> = parts.into_iter().flatten().collect();
                    for (index, part) in parts.iter().enumerate() {
                        assert_eq!(part.intersection(area), *part, "{width}x{height}");
                        assert!(part.width >= 30 && part.height >= 1, "{width}x{height}: {part:?}");
                        let apart = |other: &Rect| !part.intersects(*other);
                        assert!(parts[index + 1..].iter().all(apart), "{width}x{height}: {part:?}");
                    }
                    assert!(board.code.height >= 4 && board.sentence.height >= 4, "{width}x{height}");
                }
            }
        }
    }
}
