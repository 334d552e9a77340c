//! Garbage, limits, clones.

use super::driver::{program, run};
use crate::ids::ThreadId;
use crate::vm::{Advance, Vm, VmLimits};

#[test]
fn what_is_in_use_survives_collections() {
    let ran = run("
class Node:
    def __init__(self, next): self.next = next; self.tag = str(id)
def gen():
    keep = [str(n) for n in range(50)]
    while True:
        yield keep
g = gen()
head = None
for i in range(60000):
    if i % 1000 == 0:
        head = Node(head)
        kept = next(g)
    junk = [i, str(i), {'k': (i, i)}]
n = 0
while head:
    n += 1
    head = head.next
print(n, kept[49], len(kept))
");
    assert_eq!(ran.output, "60 49 50\n");
    assert!(ran.vm.heap.live() < 60_000, "{}", ran.vm.heap.live());
}

#[test]
fn too_much_data_ends_the_run() {
    let program = program("x = []\nwhile True:\n    x.append([0] * 1000)\n");
    let mut vm = Vm::new(&program, VmLimits { memory_bytes: 8 << 20, recursion: 1000 });
    let mut end = vm.advance(&program, ThreadId::MAIN, 1 << 30);
    while let Advance::Op(_) = end {
        end = vm.commit(&program, ThreadId::MAIN, crate::vm::Reply::Perform, 1 << 30);
    }
    assert_eq!(end, Advance::OutOfMemory { limit: 8 << 20 });
}

#[test]
fn an_endless_loop_runs_out_of_fuel_and_goes_on() {
    let program = program("i = 0\nwhile True:\n    i += 1\n");
    let mut vm = Vm::new(&program, VmLimits::default());
    assert_eq!(vm.advance(&program, ThreadId::MAIN, 1000), Advance::OutOfFuel);
    let before = vm.globals(&program);
    assert_eq!(vm.advance(&program, ThreadId::MAIN, 1000), Advance::OutOfFuel);
    assert_ne!(vm.globals(&program), before);
}

#[test]
fn a_clone_goes_its_own_way() {
    let program = program("x = [1]\nwhile True:\n    x.append(len(x))\n");
    let mut vm = Vm::new(&program, VmLimits::default());
    vm.advance(&program, ThreadId::MAIN, 500);
    let fork = vm.clone();
    let before = fork.globals(&program);
    vm.advance(&program, ThreadId::MAIN, 500);
    assert_eq!(fork.globals(&program), before);
    assert_ne!(vm.globals(&program), before);
}
