//! Tells Cargo that the scenarios are part of the program: a new file there means building again.

fn main() {
    println!("cargo::rerun-if-changed=scenarios");
}
