//! cargo-fuzz's target for [`fuzz::bodies::query`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::bodies::query(data));
