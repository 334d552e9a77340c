//! A text in the languages of the program.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The same text in every language that is spoken here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized<T = Arc<str>> {
    pub en: T,
    pub zh: T,
}
