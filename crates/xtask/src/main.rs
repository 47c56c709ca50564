//! Developers' commands; see ARCHITECTURE.md.

fn main() {}
