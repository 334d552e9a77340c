//! Seats around a table, and what lies between two of them.

use super::{Canvas, Scene, graph};

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    graph::draw(canvas, scene);
}
