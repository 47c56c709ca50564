//! cargo-fuzz's target for [`fuzz::bodies::directory`]. What readers of workbooks are caught at is no finding: libFuzzer must not hear of it.
#![no_main]

libfuzzer_sys::fuzz_target!(init: ingest::silence_readers(), |data: &[u8]| fuzz::bodies::directory(data));
