//! Where everything stands.
//!
//! | size | what is shown |
//! |---|---|
//! | 72x18 and more | two columns: program, threads, objects and picture where there is room, one sentence each; how they stand to each other |
//! | smaller | that, with a sentence for each side; Tab goes on to the sides, one at a time |
//! | below 40x10 | how they stand to each other, alone |
//!
//! A box's rectangle includes its edges, and neighbours share theirs.

use super::Focus;
use ratatui::layout::Rect;

/// The rectangles of the screen. What is `None` is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) header: Option<Rect>,
    /// The sides, with their boxes.
    pub(super) columns: [Option<Column>; 2],
    /// The sentences of the sides, where there is no room for anything else of them.
    pub(super) sentences: [Option<Rect>; 2],
    pub(super) relation: Rect,
    pub(super) footer: Option<Rect>,
}

/// The boxes of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) outer: Rect,
    pub(super) code: Rect,
    pub(super) threads: Option<Rect>,
    pub(super) objects: Option<Rect>,
    pub(super) picture: Option<Rect>,
    pub(super) told: Rect,
}

/// How many rows the lists would like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) threads: usize,
    pub(super) objects: usize,
    /// And the programs.
    pub(super) lines: usize,
}

/// How many rows what is told would like, in so many cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<S, R> {
    /// Of the sides: the longer one.
    pub(super) sides: S,
    pub(super) relation: R,
}

/// More rows are never told, of a side and of both.
const SIDE_MOST: u16 = 7;
const RELATION_MOST: u16 = 6;
/// Rows that the lists and the program keep in any case, edges included.
const BODY_LEAST: u16 = 12;

/// Narrower or lower than this, one sentence is all there is room for.
const WIDTH_MIN: u16 = 40;
const HEIGHT_MIN: u16 = 10;
/// Narrower or lower than this, the sides take turns.
const WIDTH_BOTH: u16 = 72;
const HEIGHT_BOTH: u16 = 18;
/// Rows that a program has at least before there is room for objects, edges included.
const CODE_LEAST: u16 = 11;
/// Rows with which a program is read with ease, and those of a picture.
const CODE_EASY: u16 = 15;
const PICTURE_LEAST: u16 = 9;
const PICTURE_MOST: u16 = 18;
/// Rows above the sentence without which there is no room for threads.
const LISTS_LEAST: u16 = 8;

impl Place {
    pub(super) fn new(
        area: Rect,
        wish: Wish,
        told: &Told<impl Fn(u16) -> u16, impl Fn(u16) -> u16>,
        focus: Focus,
    ) -> Place {
        if area.width < WIDTH_MIN || area.height < HEIGHT_MIN {
            return Place { relation: area, ..Place::default() };
        }
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
        let least = if area.width < 160 { 2 } else { 1 };
        let wanted = (told.relation)(area.width - 2).min(RELATION_MOST).min(area.height / 4).max(least);
        let relation = Rect { y: footer.y - wanted, height: wanted, ..area };
        let body = Rect { y: header.bottom(), height: relation.y - header.bottom(), ..area };
        let place = Place { header: Some(header), footer: Some(footer), relation, ..Place::default() };
        if area.width >= WIDTH_BOTH && area.height >= HEIGHT_BOTH {
            let half = body.width / 2;
            let left = Rect { width: half + 1, ..body };
            let right = Rect { x: body.x + half, width: body.width - half, ..body };
            let rows = (told.sides)(right.width.saturating_sub(2));
            return Place { columns: [left, right].map(|area| Some(Column::new(area, wish, rows))), ..place };
        }
        match focus {
            Focus::Side(side) => {
                let mut columns = [None; 2];
                columns[side] = Some(Column::new(body, wish, (told.sides)(body.width.saturating_sub(2))));
                Place { columns, ..place }
            }
            Focus::Both => {
                let half = body.height / 2;
                let upper = Rect { height: half, ..body };
                let lower = Rect { y: body.y + half, height: body.height - half, ..body };
                Place { sentences: [Some(upper), Some(lower)], ..place }
            }
        }
    }
}

impl Place {
    /// True when one side is shown and the other is not.
    pub(super) fn is_alone(&self) -> bool {
        self.columns.iter().flatten().count() == 1
    }
}

impl Column {
    fn new(outer: Rect, wish: Wish, sentence: u16) -> Column {
        let rows = |count: usize| u16::try_from(count).unwrap_or(u16::MAX).min(200) + 2;
        let least = match outer.height {
            18.. => 5,
            12.. => 4,
            _ => 3,
        };
        let most = outer.height.saturating_sub(BODY_LEAST - 1).max(least);
        let told = sentence.min(SIDE_MOST).saturating_add(2).clamp(least, most);
        // Every box but the last shares its lower edge with the next one.
        let rest = outer.height.saturating_sub(told - 1);
        let threads = if rest < LISTS_LEAST { 0 } else { rows(wish.threads).min(rest / 2) };
        let above = if threads > 0 { rest + 1 - threads } else { rest };
        let objects = rows(wish.objects.max(1)).min((above + 1).saturating_sub(CODE_LEAST));
        let objects = if objects >= 3 && threads > 0 { objects } else { 0 };
        let code = if objects > 0 { above + 1 - objects } else { above };
        // What a picture needs comes from a program that has enough without it.
        let picture = (code + 1).saturating_sub(CODE_EASY.max(rows(wish.lines).min(code))).min(PICTURE_MOST);
        let picture = if code + 1 >= CODE_EASY + PICTURE_LEAST { picture.max(PICTURE_LEAST) } else { 0 };
        let code = if picture > 0 { code + 1 - picture } else { code };
        let mut y = outer.y;
        let mut next = |height: u16| {
            let stands = Rect { y, height, ..outer };
            y += height.saturating_sub(1);
            (height > 0).then_some(stands)
        };
        let code = next(code).unwrap_or(outer);
        let (picture, threads, objects) = (next(picture), next(threads), next(objects));
        let told = Rect { y: outer.bottom() - told, height: told, ..outer };
        Column { outer, code, threads, objects, picture, told }
    }

    /// All boxes.
    pub(super) fn boxes(&self) -> impl Iterator<Item = Rect> {
        [Some(self.code), self.picture, self.threads, self.objects, Some(self.told)].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_a_place_that_fits_into_it() {
        for width in 0..210 {
            for height in 0..70 {
                for (threads, objects) in [(1, 0), (4, 3), (1000, 1000)] {
                    for focus in [Focus::Both, Focus::Side(0), Focus::Side(1)] {
                        let area = Rect::new(0, 0, width, height);
                        let rows = u16::try_from(threads).unwrap();
                        let told = Told { sides: |_| rows, relation: |_| rows };
                        let place = Place::new(area, Wish { threads, objects, lines: 30 }, &told, focus);
                        let columns: Vec<Column> = place.columns.into_iter().flatten().collect();
                        let boxes = columns.iter().flat_map(Column::boxes);
                        let boxes: Vec<Rect> = boxes.chain(place.sentences.into_iter().flatten()).collect();
                        for rect in &boxes {
                            assert_eq!(rect.intersection(area), *rect, "{width}x{height}: {rect:?}");
                            assert!(rect.height >= 3, "{width}x{height}: {rect:?} of {place:?}");
                        }
                        for column in columns {
                            let rows: u16 = column.boxes().map(|rect| rect.height - 1).sum();
                            assert_eq!(rows + 1, column.outer.height, "{width}x{height}: {column:?}");
                        }
                    }
                }
            }
        }
    }
}
