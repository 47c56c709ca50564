//! Every body on its seeds and some thousand mutations of them: what cargo-fuzz does, briefly, on any machine and always the same.

use fuzz::{TARGETS, Target, payload};
use std::panic::catch_unwind;

/// Mutations of each seed.
const ROUNDS: usize = 1_500;

/// Runs a body and says on which bytes it panicked.
#[track_caller]
fn run(target: &Target, data: &[u8]) {
    let body = target.body;
    assert!(catch_unwind(|| body(data)).is_ok(), "{} panics on {data:?}", target.name);
}

/// One to four changes: a byte set, a bit flipped, a piece left out, doubled, or taken from elsewhere.
fn mutate(data: &mut Vec<u8>, rng: &mut fastrand::Rng) {
    for _ in 0..rng.usize(1..5) {
        if data.is_empty() {
            data.push(rng.u8(..));
        }
        let (at, other) = (rng.usize(..data.len()), rng.usize(..data.len()));
        let length = rng.usize(..9).min(data.len() - at.max(other));
        match rng.u8(..6) {
            0 => data[at] = [0, 1, 0x7f, 0x80, 0xff, b',', b'"', b'\n'][rng.usize(..8)],
            1 => data[at] ^= 1 << rng.u8(..8),
            2 => drop(data.drain(at..at + length)),
            3 => {
                let piece = data[at..at + length].to_vec();
                data.splice(other..other, piece);
            }
            4 => data.copy_within(at..at + length, other),
            _ => data[at] = rng.u8(..),
        }
    }
}

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("a target has this name")
}

fn run_mutations(name: &str) {
    let target = target(name);
    let mut rng = fastrand::Rng::with_seed(1);
    for seed in (target.seeds)() {
        run(target, &seed);
        for round in 0..ROUNDS {
            let mut data = seed.clone();
            if matches!(name, "index" | "first" | "parts") && round % 2 == 0 {
                let choice = rng.u32(..);
                data = payload::with_one_changed(&seed, choice, 1 << 16, |block, length| {
                    let mut changed = block[..length].to_vec();
                    mutate(&mut changed, &mut rng);
                    changed.truncate(block.len());
                    block[..changed.len()].copy_from_slice(&changed);
                    changed.len()
                });
            } else {
                mutate(&mut data, &mut rng);
            }
            run(target, &data);
        }
    }
}

#[test]
fn index_keeps_its_promises() {
    run_mutations("index");
}

#[test]
fn an_index_of_the_first_version_keeps_its_promises() {
    run_mutations("first");
}

#[test]
fn parts_keep_their_promises() {
    run_mutations("parts");
}

#[test]
fn tables_keep_their_promises() {
    run_mutations("tables");
}

#[test]
fn words_keep_their_promises() {
    run_mutations("words");
}

#[test]
fn query_keeps_its_promises() {
    run_mutations("query");
}

#[test]
fn directory_keeps_its_promises() {
    run_mutations("directory");
}
