//! `lockstep list`.

use super::Context;
use super::exit::{Exit, Outcome};
use crate::report;
use std::io::Write;

pub(super) fn list(context: &Context, json: bool, out: &mut dyn Write) -> Outcome {
    let catalogue = context.catalogue_told(None)?;
    if json {
        report::list::json(&catalogue, out)?;
    } else {
        report::list::text(&catalogue, &context.words, out)?;
    }
    Ok(Exit::Done)
}
