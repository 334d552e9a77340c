//! Registers, accounts, buffers, lanes.

use super::testing::{ASCII, CHINESE, ENGLISH, Run};

#[test]
fn look() {
    let which = std::env::var("LOOK").unwrap_or_default();
    let all = [
        ("register", "counter/race", "v1/M4.A.B.C"),
        ("register", "counter/race", "v1/M4.A.B.B"),
        ("register", "counter/race", "v1/M4.A.B.B.A"),
        ("register", "counter/locked", "v1/M4.A.A"),
        ("register value=flag,turn,inside threads=Ada,Bob", "peterson/late", "v1/M3.A.B.A.B.A.B"),
        (
            "account accounts=alex,bella locks=self.lock*alex*,self.lock*bella* threads=to*",
            "deadlock/transfer",
            "v1/M2.A",
        ),
        (
            "account accounts=alex,bella locks=self.lock*alex*,self.lock*bella* threads=to*",
            "deadlock/transfer",
            "v1/M2.A.B",
        ),
        (
            "account accounts=alex,bella locks=self.lock*alex*,self.lock*bella* threads=to*",
            "deadlock/transfer",
            "v1/M2.A4",
        ),
        ("account", "deadlock/transfer", "v1/M2.A5"),
        ("account", "deadlock/rlock", "r2:5"),
        ("buffer boxes=buffer producers=producer* consumers=consumer*", "condition/correct", "r3:14"),
        ("buffer boxes=buffer producers=producer* consumers=consumer*", "condition/two-conditions", "r5:12"),
        ("buffer", "bounded-buffer/semaphores", "r2:9"),
        ("lanes lanes=runner*", "barrier/two-gates", "r3:20"),
        ("lanes", "rendezvous/meet", "r3:5"),
        ("lanes gates=room,page lanes=reader*,writer*", "readers-writers/counted", "r3:14"),
        ("lanes gates=counter lanes=guest*", "condition/notify-n", "r4:22"),
        ("lanes", "counter/race", "r4:7"),
    ];
    for (picture, target, schedule) in all.into_iter().filter(|(picture, ..)| picture.starts_with(&which)) {
        let run = match schedule.strip_prefix('r').and_then(|rest| rest.split_once(':')) {
            Some((seed, steps)) => Run::random(target, seed.parse().unwrap(), steps.parse().unwrap()),
            None => Run::of(target, schedule),
        };
        for (look, size) in [
            (ENGLISH, (40, 10)),
            (ENGLISH, (46, 7)),
            (ENGLISH, (78, 6)),
            (ENGLISH, (100, 20)),
            (CHINESE, (50, 12)),
            (ASCII, (30, 5)),
        ] {
            println!("== {target} {schedule} {size:?}\n{}", run.picture(picture, look, size));
        }
    }
}
