//! Damaged bytes of the sample's index, natively and in browsers: 20,000 seeded flips with the checksum left wrong and as
//! many with it mended end in an error or a working index, never in a panic.

mod sample;

use engine::error::ReadErrorKind;
use engine::index::{seal, unpack};
use engine::{Index, Lexicon, search};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Flips of each kind.
const FLIPS: usize = 20_000;

/// Those under a mended checksum take a browser a minute or two; between so many parts its page may do something else, or its
/// driver gives it up after half a minute.
const PARTS: usize = 100;

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

/// One of [`PARTS`] parts of the flips under a mended checksum, each of which is an error or works: how many were which.
fn mended(payload: &mut [u8], part: usize) -> (usize, usize) {
    let (mut failed, mut worked) = (0, 0);
    let numbers = numbers().skip(part * FLIPS / PARTS).take(FLIPS / PARTS);
    flip(payload, numbers, |payload| match Index::read(&seal(payload, 0)) {
        Ok(index) => {
            // Searching takes longer than reading, so one query of a few is asked, each in turn.
            let queries = ["yuanlongping", "z", "北京大学 数学", "院士", "zhang qiang", "2025", "li nongye"];
            let answer = search(&index, &Lexicon::default(), queries[worked % queries.len()], 10);
            assert!(answer.hits.len() == answer.total.min(10));
            worked += 1;
        }
        Err(error) => {
            assert!(matches!(error.kind(), ReadErrorKind::Damaged { .. }), "{error}");
            failed += 1;
        }
    });
    (failed, worked)
}

/// All parts, resting after each.
async fn all_mended<R: Future<Output = ()>>(rest: impl Fn() -> R) {
    let mut payload = unpack(&sample::bytes(&sample::TABLES)).expect("our own bytes");
    let (mut failed, mut worked) = (0, 0);
    for part in 0..PARTS {
        let (more_failed, more_worked) = mended(&mut payload, part);
        (failed, worked) = (failed + more_failed, worked + more_worked);
        rest().await;
    }
    // Most of an index is text and numbers: many flips are just another directory, many break an order that is checked.
    assert!(failed > 1_000 && worked > 1_000, "{failed} failed, {worked} worked");
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_flip_under_a_mended_checksum_is_an_error_or_works() {
    let all = std::pin::pin!(all_mended(|| std::future::ready(())));
    let waker = &mut std::task::Context::from_waker(std::task::Waker::noop());
    assert!(all.poll(waker).is_ready(), "nothing to wait for");
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test]
async fn a_flip_under_a_mended_checksum_is_an_error_or_works() {
    all_mended(|| async {
        let turn = js_sys::Promise::new(&mut |resolve, _| {
            let window = web_sys::window().expect("tests run in a page");
            window.set_timeout_with_callback(&resolve).expect("a page has timers");
        });
        wasm_bindgen_futures::JsFuture::from(turn).await.expect("it was resolved");
    })
    .await;
}
