//! A lane for each thread, and where on it the thread is.

use super::{Canvas, Scene, graph};

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    graph::draw(canvas, scene);
}
