//! `threading` and `queue`: natives that describe operations. Who blocks and who wakes is the kernel's business.
//!
//! | file | what |
//! |---|---|
//! | [`threads`] | `Thread` objects and their life |

mod threads;

use super::native::Registry;

/// Puts them into the tables.
pub(super) fn register(registry: &mut Registry) {
    threads::register(registry);
}
