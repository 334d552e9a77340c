//! Whole screens at the sizes that matter.

use crate::Desk;
use crate::tape::philosophers;

#[test]
fn dump() {
    for (columns, rows) in [(120, 32), (80, 24), (50, 15), (20, 5), (200, 60)] {
        let mut desk = Desk::with(columns, rows, philosophers());
        println!("{columns}x{rows}\n{}", desk.screen());
        desk.press("<Left>");
        desk.press("L");
        println!("{columns}x{rows}\n{}", desk.screen());
    }
}
