//! Accounts, what is on them, and who holds them.

use super::{Canvas, Scene, graph};

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    graph::draw(canvas, scene);
}
