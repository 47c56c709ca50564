//! What hostile bytes and texts are put through. A body takes any bytes and panics when the engine or the reader of tables breaks a promise.
//!
//! Ordinary tests run the bodies on seeds and their mutations; `cargo fuzz run --features targets -s none NAME` runs one of them
//! under libFuzzer.

pub mod bodies;
pub mod payload;
pub mod seeds;
pub mod workbook;

/// A body by the name of its target, and inputs to begin with.
pub struct Target {
    /// As cargo-fuzz calls it.
    pub name: &'static str,
    /// Panics when a promise is broken.
    pub body: fn(&[u8]),
    /// Inputs that reach every part.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All bodies.
pub const TARGETS: [Target; 7] = [
    Target { name: "index", body: bodies::index, seeds: seeds::index },
    Target { name: "first", body: bodies::first, seeds: seeds::first },
    Target { name: "parts", body: bodies::parts, seeds: seeds::parts },
    Target { name: "tables", body: bodies::tables, seeds: seeds::tables },
    Target { name: "words", body: bodies::words, seeds: seeds::words },
    Target { name: "query", body: bodies::query, seeds: seeds::query },
    Target { name: "directory", body: bodies::directory, seeds: seeds::directory },
];
