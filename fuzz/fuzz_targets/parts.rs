//! cargo-fuzz's target for [`fuzz::bodies::parts`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::bodies::parts(data));
