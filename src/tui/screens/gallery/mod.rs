//! The gallery: what there is to open, and the story of what is selected.
//!
//! On the left topics, scenarios and variants; on the right the story and what is to be expected. `/` filters. Where
//! there is no room for both, `Tab` goes from one to the other; where there is hardly room at all, one sentence says
//! what is selected.
//!
//! | file | what is in it |
//! |---|---|
//! | `rows` | the list and the filter |
//! | `act` | what keys and the mouse do |
//! | `place` | where everything stands |
//! | `draw` | the screen |
//! | `story` | the text on the right |
//! | `standing` | how far somebody has come, and what is next |

mod act;
mod draw;
mod place;
mod rows;
mod standing;
mod story;
#[cfg(test)]
mod tests;

pub(in crate::tui) use act::{act, key, mouse, paste};
pub use draw::render;
pub use rows::Row;

use crate::scenario::{Broken, Catalogue, Scenario, Variant};
use crate::tui::field::Field;

/// The state of the gallery.
#[derive(Clone, Debug)]
pub struct Gallery {
    catalogue: Catalogue,
    /// What fits the filter, with headings. Never without a row that opens, unless nothing fits.
    rows: Vec<Row>,
    /// The place in `rows` that is selected.
    selected: usize,
    filter: Field,
    /// The filter gets the keys.
    filtering: bool,
    focus: Focus,
    /// The first line of the story that is shown.
    scroll: usize,
}

/// Which side gets the arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    List,
    Story,
}

impl Default for Gallery {
    fn default() -> Gallery {
        Gallery::new(Catalogue::embedded())
    }
}

impl Gallery {
    /// A gallery of these scenarios, the first one selected.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Gallery {
        let mut gallery = Gallery {
            rows: rows::rows(&catalogue, ""),
            catalogue,
            selected: 0,
            filter: Field::default(),
            filtering: false,
            focus: Focus::List,
            scroll: 0,
        };
        gallery.select(0);
        gallery
    }

    /// Shows these scenarios from now on; what was selected stays so, if it is still there.
    pub(in crate::tui) fn renew(&mut self, catalogue: Catalogue) {
        let (place, scroll) = (self.place(), self.scroll);
        self.catalogue = catalogue;
        self.rows = rows::rows(&self.catalogue, self.filter.value());
        self.select(self.selected.min(self.rows.len().saturating_sub(1)));
        if let Some(place) = place {
            self.go_to(&place);
            self.scroll = scroll;
        }
    }

    /// What is selected, as it is written on the command line: `philosophers`, `philosophers/ordered`.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        if let Some(broken) = self.broken() {
            return Some(broken.id.to_string());
        }
        let (scenario, variant) = self.current()?;
        Some(match variant {
            Some(variant) => format!("{}/{}", scenario.id, variant.id),
            None => scenario.id.to_string(),
        })
    }

    /// Selects what was selected before. A place that does not exist (any more) changes nothing.
    pub fn go_to(&mut self, place: &str) {
        let (id, variant) = place.split_once('/').map_or((place, None), |(id, variant)| (id, Some(variant)));
        let wanted = |row: &Row| match *row {
            Row::Topic(_) => false,
            Row::Broken(at) => variant.is_none() && &*self.catalogue.broken()[at].id == id,
            Row::Scenario(at) => variant.is_none() && &*self.catalogue.scenarios()[at].id == id,
            Row::Variant(at, n) => {
                let scenario = &self.catalogue.scenarios()[at];
                &*scenario.id == id && variant == Some(&*scenario.variants[n].id)
            }
        };
        if let Some(found) = self.rows.iter().position(wanted) {
            self.select(found);
        }
    }

    /// The scenarios that are shown.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What opens when Enter is pressed: a scenario opens its first variant.
    fn target(&self) -> Option<String> {
        if let Some(broken) = self.broken() {
            return Some(broken.id.to_string());
        }
        let (scenario, variant) = self.to_be_opened()?;
        Some(format!("{}/{}", scenario.id, variant.id))
    }

    /// The same.
    fn to_be_opened(&self) -> Option<(&Scenario, &Variant)> {
        let (scenario, variant) = self.current()?;
        Some((scenario, variant.or_else(|| scenario.variants.first())?))
    }

    pub(in crate::tui) fn current(&self) -> Option<(&Scenario, Option<&Variant>)> {
        match *self.rows.get(self.selected)? {
            Row::Topic(_) | Row::Broken(_) => None,
            Row::Scenario(at) => Some((self.catalogue.scenarios().get(at)?, None)),
            Row::Variant(at, n) => {
                let scenario = self.catalogue.scenarios().get(at)?;
                Some((scenario, scenario.variants.get(n)))
            }
        }
    }

    /// What is selected, when it is not in order.
    fn broken(&self) -> Option<&Broken> {
        match *self.rows.get(self.selected)? {
            Row::Broken(at) => self.catalogue.broken().get(at),
            Row::Topic(_) | Row::Scenario(_) | Row::Variant(..) => None,
        }
    }

    /// Selects this row, or the next one below (above at the end) that opens.
    fn select(&mut self, place: usize) {
        let below = (place..self.rows.len()).find(|at| self.rows[*at].opens());
        let found = below.or_else(|| (0..place.min(self.rows.len())).rev().find(|at| self.rows[*at].opens()));
        if let Some(found) = found
            && found != self.selected
        {
            self.selected = found;
            self.scroll = 0;
        }
    }

    /// Goes up or down the rows that open.
    fn step(&mut self, down: bool) {
        let found = if down {
            (self.selected + 1..self.rows.len()).find(|at| self.rows[*at].opens())
        } else {
            (0..self.selected).rev().find(|at| self.rows[*at].opens())
        };
        if let Some(found) = found {
            self.selected = found;
            self.scroll = 0;
        }
    }

    /// Shows what fits the filter. What was selected stays so if it still fits; else the first variant that fits is.
    fn refilter(&mut self) {
        let before = self.rows.get(self.selected).copied();
        self.rows = rows::rows(&self.catalogue, self.filter.value());
        let again = self.rows.iter().position(|row| Some(*row) == before);
        let first = || self.rows.iter().position(|row| matches!(row, Row::Variant(..)));
        self.selected = again.or_else(first).unwrap_or(0);
        if again.is_none() {
            self.scroll = 0;
        }
    }
}
