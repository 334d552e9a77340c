//! The rows of the gallery's list, and the filter.

use crate::scenario::{Catalogue, Scenario};
use crate::tui::find::Search;

/// A row of the list. Numbers are places in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The heading over the scenarios that share the topic of this one.
    Topic(usize),
    Scenario(usize),
    Variant(usize, usize),
    /// A scenario that is not in order: its place among those. Whoever opens it is told what is wrong.
    Broken(usize),
}

impl Row {
    /// True for the rows that can be selected and opened.
    #[must_use]
    pub const fn opens(self) -> bool {
        !matches!(self, Row::Topic(_))
    }
}

/// All rows that fit the filter, with the headings above them; at the end what is not in order.
pub(super) fn rows(catalogue: &Catalogue, filter: &str) -> Vec<Row> {
    let search = Search::new(filter);
    let mut rows = Vec::new();
    let mut topic = "";
    for (place, scenario) in catalogue.scenarios().iter().enumerate() {
        let fitting: Vec<usize> = (0..scenario.variants.len()).filter(|n| fits(&search, scenario, *n)).collect();
        if fitting.is_empty() {
            continue;
        }
        if *scenario.topic.en != *topic {
            topic = &scenario.topic.en;
            rows.push(Row::Topic(place));
        }
        rows.push(Row::Scenario(place));
        rows.extend(fitting.into_iter().map(|variant| Row::Variant(place, variant)));
    }
    let broken = catalogue.broken().iter().enumerate().filter(|(_, broken)| search.contains(&broken.id));
    rows.extend(broken.map(|(place, _)| Row::Broken(place)));
    rows
}

/// True when the variant, or what it belongs to, is called like that in either language.
fn fits(search: &Search, scenario: &Scenario, variant: usize) -> bool {
    let Some(variant) = scenario.variants.get(variant) else { return false };
    let names = [&scenario.topic, &scenario.title, &scenario.summary, &variant.title, &variant.summary];
    let mut text = format!("{}/{}", scenario.id, variant.id);
    for name in names {
        text.push(' ');
        text.push_str(&name.en);
        text.push(' ');
        text.push_str(&name.zh);
    }
    search.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(filter: &str) -> Vec<String> {
        let catalogue = Catalogue::embedded();
        let name = |row| match row {
            Row::Variant(scenario, variant) => {
                let scenario = &catalogue.scenarios()[scenario];
                Some(format!("{}/{}", scenario.id, scenario.variants[variant].id))
            }
            Row::Topic(_) | Row::Scenario(_) | Row::Broken(_) => None,
        };
        rows(&catalogue, filter).into_iter().filter_map(name).collect()
    }

    #[test]
    fn without_a_filter_everything_is_there_in_order() {
        let catalogue = Catalogue::embedded();
        let all: usize = catalogue.scenarios().iter().map(|scenario| scenario.variants.len()).sum();
        assert_eq!(found("").len(), all);
        let rows = rows(&catalogue, "");
        assert!(matches!(rows[..3], [Row::Topic(0), Row::Scenario(0), Row::Variant(0, 0)]));
    }

    #[test]
    fn the_filter_knows_ids_and_both_languages() {
        assert!(found("philosophers/ordered").contains(&"philosophers/ordered".to_owned()));
        assert_eq!(found("哲学家").len(), found("philosophers").len());
        assert!(!found("哲学家").is_empty());
        assert!(found("哲学家 naive").contains(&"philosophers/naive".to_owned()));
        assert!(found("PHILOSOPHERS/NAIVE").contains(&"philosophers/naive".to_owned()));
        assert_eq!(found("qqqzzz"), [""; 0]);
    }
}
