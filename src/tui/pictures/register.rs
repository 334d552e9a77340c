//! A shared value and every thread's own copy of it.

use super::{Canvas, Scene, graph};

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    graph::draw(canvas, scene);
}
