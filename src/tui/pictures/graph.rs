//! Threads and objects: who holds what, who waits for what.

use super::canvas::narrow;
use super::{Canvas, Scene, Span};
use crate::model::ThreadView;
use crate::tui::theme::Slot;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let rows: Vec<_> = scene.model.threads.iter().map(|thread| row(scene, thread)).collect();
    canvas.list(0, &rows, scene.words, scene.style(Slot::Dim));
    let _ = narrow(0);
}

fn row(scene: &Scene<'_>, thread: &ThreadView) -> Vec<Span> {
    vec![
        Span::new(scene.mark(thread.id), scene.style(Slot::Now)),
        scene.tag_span(thread.id, 16),
        Span::new(" ", scene.style(Slot::Text)),
        scene.state_span(thread.state),
    ]
}
