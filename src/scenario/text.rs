//! A text in the languages of the program.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The same text in every language that is spoken here. As it is written, one that is left out is empty; the loader sees to
/// it that what leaves it is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized<T = Arc<str>> {
    #[serde(default = "T::default")]
    #[serde(bound(deserialize = "T: Default + Deserialize<'de>"))]
    pub en: T,
    #[serde(default = "T::default")]
    #[serde(bound(deserialize = "T: Default + Deserialize<'de>"))]
    pub zh: T,
}

/// A language that texts are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    En,
    Zh,
}

impl Tongue {
    /// Every language, in order.
    pub const ALL: [Tongue; 2] = [Tongue::En, Tongue::Zh];

    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Tongue::En => "en",
            Tongue::Zh => "zh",
        }
    }
}

impl<T: Clone> Localized<T> {
    /// What there is in this language.
    #[must_use]
    pub const fn in_tongue(&self, tongue: Tongue) -> &T {
        match tongue {
            Tongue::En => &self.en,
            Tongue::Zh => &self.zh,
        }
    }

    /// The same where there is only one language: that one stands for all.
    #[must_use]
    pub fn only(&self, spoken: &[Tongue]) -> Localized<T> {
        match spoken {
            [tongue] => {
                let text = self.in_tongue(*tongue);
                Localized { en: text.clone(), zh: text.clone() }
            }
            _ => self.clone(),
        }
    }
}
