//! `--deny`: which findings make a command fail that would not fail by themselves.

use crate::detect::{Finding, FindingKind};
use crate::said::{Filling, Said};
use std::str::FromStr;

/// A kind of finding that is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deny {
    All,
    Kind(&'static str),
}

impl FromStr for Deny {
    type Err = Said;

    fn from_str(text: &str) -> Result<Deny, Said> {
        let name = match text {
            "all" => return Ok(Deny::All),
            "race" => "data_race",
            other => other,
        };
        // A hyphen is what one types on a command line.
        let name = name.replace('-', "_");
        let known = FindingKind::NAMES.iter().find(|kind| **kind == name);
        let unknown = || Said::new("option-deny").with("known", Filling::list(&FindingKind::NAMES));
        known.map(|kind| Deny::Kind(kind)).ok_or_else(unknown)
    }
}

impl Deny {
    fn denies(self, finding: &Finding) -> bool {
        match self {
            Deny::All => true,
            Deny::Kind(name) => finding.kind.name() == name,
        }
    }
}

/// Whether a command fails because of this finding.
pub(super) fn counts(finding: &Finding, denied: &[Deny]) -> bool {
    finding.kind.is_failure() || denied.iter().any(|deny| deny.denies(finding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_typed_as_they_are_printed() {
        assert_eq!("race".parse(), Ok(Deny::Kind("data_race")));
        assert_eq!("lock-order".parse(), Ok(Deny::Kind("lock_order")));
        assert_eq!("all".parse(), Ok(Deny::All));
        let refused = "races".parse::<Deny>().unwrap_err().to_string();
        assert!(FindingKind::NAMES.iter().all(|kind| refused.contains(kind)), "{refused}");
    }
}
