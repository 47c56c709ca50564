//! cargo-fuzz's target for [`fuzz::bodies::tables`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::bodies::tables(data));
