//! Hand-written programs in which the sharing of something is easily overlooked.

use crate::common::{all_visible, outcomes, program};
use crate::pairs::{self, Pair, two_threads};
use lockstep::kernel::Atomicity;

/// The analysis changes nothing about what can happen.
#[track_caller]
fn same(pairs: &[Pair]) {
    for (setup, a, b) in pairs {
        let text = two_threads(setup, a, b);
        let usual = outcomes(&program(&text), Atomicity::Op);
        let overruled = outcomes(&all_visible(&text), Atomicity::Op);
        assert_eq!(usual, overruled, "{text}");
    }
}

#[test]
fn lists_known_by_two_names() {
    same(pairs::LISTS);
}

#[test]
fn captured_variables() {
    same(pairs::CAPTURED);
}

#[test]
fn attributes_of_classes_and_instances() {
    same(pairs::ATTRIBUTES);
}

#[test]
fn methods_that_are_replaced() {
    same(pairs::METHODS);
}

#[test]
fn default_arguments_and_bound_methods() {
    same(pairs::DEFAULTS);
}

#[test]
fn frozen_containers_that_change_after_all() {
    same(pairs::FROZEN);
}

#[test]
fn globals_stored_by_functions_and_by_module_code() {
    same(pairs::GLOBALS);
    let usual = outcomes(&program(pairs::MODULE), Atomicity::Op);
    assert_eq!(usual, outcomes(&all_visible(pairs::MODULE), Atomicity::Op));
}

#[test]
fn loops_over_what_others_change() {
    same(pairs::LOOPS);
}

#[test]
fn copies_between_shared_places() {
    same(pairs::COPIES);
}

#[test]
fn hooks_and_exceptions() {
    same(pairs::HOOKS);
}

#[test]
fn objects_handed_over() {
    same(pairs::HANDED);
}
