//! cargo-fuzz's target for [`fuzz::bodies::words`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::bodies::words(data));
