//! cargo-fuzz's target for [`fuzz::bodies::index`]. Half of all mutations stay within one block of the payload.
#![no_main]

use fuzz::payload::with_one_changed;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| fuzz::bodies::index(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 2 == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let changed = with_one_changed(&data[..size], seed / 2, max_size, |block, length| {
        let room = block.len();
        fuzzer_mutate(block, length, room)
    });
    let size = changed.len().min(max_size);
    data[..size].copy_from_slice(&changed[..size]);
    size
});
