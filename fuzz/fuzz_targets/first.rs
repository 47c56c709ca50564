//! cargo-fuzz's target for [`fuzz::bodies::first`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::bodies::first(data));
