//! cargo-fuzz's target for [`fuzz::bodies::directory`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::bodies::directory(data));
