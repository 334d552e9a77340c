//! Threads and objects.

use super::super::testing::{ASCII, CHINESE, ENGLISH, Run};

const SMALL: (u16, u16) = (40, 10);
const LARGE: (u16, u16) = (100, 40);

#[test]
fn look() {
    let text = std::fs::read_to_string("/tmp/look.txt").unwrap();
    for line in text.lines() {
        let [target, schedule, picture] = line.split('|').collect::<Vec<_>>()[..] else { continue };
        let run = Run::of(target, schedule);
        for (look, size) in [(ENGLISH, SMALL), (CHINESE, (52, 12)), (ENGLISH, LARGE), (ASCII, (30, 8))] {
            println!("== {line} {size:?}\n{}", run.picture(picture, look, size));
        }
    }
}
