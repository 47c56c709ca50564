//! Damaged bytes of the sample's index, natively and in browsers: 20,000 seeded flips with the checksum left wrong and as
//! many with it mended end in an error or a working index, never in a panic.

mod sample;

use engine::error::ReadErrorKind;
use engine::index::{seal, unpack};
use engine::{Index, search};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Flips of each kind.
const FLIPS: usize = 20_000;

/// Numbers by SplitMix64 (Steele, Lea and Flood 2014; public domain), the same on every target.
fn numbers() -> impl Iterator<Item = u64> {
    let mut state = 20_261_122u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    })
}

/// Flips one bit of `bytes` after another, lets `judge` look, and flips it back.
fn flip(bytes: &mut [u8], mut judge: impl FnMut(&[u8])) {
    for number in numbers().take(FLIPS) {
        let at = (number >> 3) as usize % bytes.len();
        let bit = 1 << (number & 7);
        bytes[at] ^= bit;
        judge(bytes);
        bytes[at] ^= bit;
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_flip_is_always_noticed_by_the_checksum() {
    flip(&mut sample::bytes(&sample::TABLES), |bytes| assert!(Index::read(bytes).is_err()));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_flip_under_a_mended_checksum_is_an_error_or_works() {
    let mut payload = unpack(&sample::bytes(&sample::TABLES)).expect("our own bytes");
    let (mut failed, mut worked) = (0, 0);
    flip(&mut payload, |payload| match Index::read(&seal(payload, 0)) {
        Ok(index) => {
            // Searching takes longer than reading, so one query of a few is asked, each in turn.
            let queries = ["yuanlongping", "z", "北京大学 数学", "院士", "zhang qiang", "2025", "li nongye"];
            let answer = search(&index, queries[worked % queries.len()], 10);
            assert!(answer.hits.len() == answer.total.min(10));
            worked += 1;
        }
        Err(error) => {
            assert!(matches!(error.kind(), ReadErrorKind::Damaged { .. }), "{error}");
            failed += 1;
        }
    });
    // Most of an index is text and numbers: many flips are just another directory, many break an order that is checked.
    assert!(failed > 1_000 && worked > 1_000, "{failed} failed, {worked} worked");
}
