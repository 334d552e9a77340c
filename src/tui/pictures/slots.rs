//! Places, who is in them, who waits outside.

use super::{Canvas, Scene, graph};

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    graph::draw(canvas, scene);
}
