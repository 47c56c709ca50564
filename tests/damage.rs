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

/// Those under a mended checksum take a browser a minute or two; in so many tests, none blocks its page for long.
const PARTS: usize = 10;

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

/// Flips one bit of `bytes` after another, as `numbers` say, lets `judge` look, and flips it back.
fn flip(bytes: &mut [u8], numbers: impl Iterator<Item = u64>, mut judge: impl FnMut(&[u8])) {
    for number in numbers {
        let at = (number >> 3) as usize % bytes.len();
        let bit = 1 << (number & 7);
        bytes[at] ^= bit;
        judge(bytes);
        bytes[at] ^= bit;
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_flip_is_always_noticed_by_the_checksum() {
    let numbers = numbers().take(FLIPS);
    flip(&mut sample::bytes(&sample::TABLES), numbers, |bytes| assert!(Index::read(bytes).is_err()));
}

/// One of [`PARTS`] parts of the flips under a mended checksum: each is an error or works.
fn mended(part: usize) {
    let mut payload = unpack(&sample::bytes(&sample::TABLES)).expect("our own bytes");
    let (mut failed, mut worked) = (0, 0);
    let numbers = numbers().skip(part * FLIPS / PARTS).take(FLIPS / PARTS);
    flip(&mut payload, numbers, |payload| match Index::read(&seal(payload, 0)) {
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
    assert!(failed > 100 && worked > 100, "{failed} failed, {worked} worked");
}

macro_rules! mended {
    ($($test:ident: $part:literal)*) => {
        $(#[wasm_bindgen_test(unsupported = test)]
        fn $test() {
            mended($part);
        })*
    };
}

mended! {
    mended_flips_0: 0
    mended_flips_1: 1
    mended_flips_2: 2
    mended_flips_3: 3
    mended_flips_4: 4
    mended_flips_5: 5
    mended_flips_6: 6
    mended_flips_7: 7
    mended_flips_8: 8
    mended_flips_9: 9
}
