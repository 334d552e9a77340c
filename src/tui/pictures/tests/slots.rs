//! A car park.

use super::super::testing::Run;

#[test]
fn five_inside_and_two_wait() {
    let run = Run::of("parking/semaphore", "v1/M99.A.B.C.D.E.G.F");
    insta::assert_snapshot!(run.pictures("slots"));
}

#[test]
fn a_car_keeps_its_place() {
    let run = Run::of("parking/semaphore", "v1/M99.A9.B9.C9.D9.E9.G.F.A9.C9.F9");
    insta::assert_snapshot!(run.pictures("slots"));
}

#[test]
fn six_cars_in_five_places() {
    let run = Run::of("parking/unbounded-bug", "v1/M99.A.B3.C3.D3.E3.F3.G3");
    insta::assert_snapshot!(run.pictures("slots places=places inside=parked cars=car*"));
}

#[test]
fn the_semaphore_believes_in_a_place_more() {
    let run = Run::of("parking/bounded", "v1/M99.B.C.A3");
    insta::assert_snapshot!(run.pictures("slots cars=car*"));
}

#[test]
fn one_drives_on() {
    let changes = [("f\"car {number}\"", "f\"汽车 {number}\"")];
    let run = Run::of_changed("parking/try", &changes, "v1/M99.A.B.C.D.E.F99.G");
    insta::assert_snapshot!(run.pictures("slots"));
}

#[test]
fn more_places_than_can_be_drawn() {
    let changes = [("PLACES = 5", "PLACES = 300"), ("CARS = 7", "CARS = 60")];
    let run = Run::of_changed("parking/semaphore", &changes, "v1/M999.A.B.C.D.E.F.G");
    insta::assert_snapshot!(run.pictures("slots"));
}
