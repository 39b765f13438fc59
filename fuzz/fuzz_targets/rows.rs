//! See `mawqi_fuzz::rows`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| mawqi_fuzz::rows(text));
