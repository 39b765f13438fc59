//! See `mawqi_fuzz::decode`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mawqi_fuzz::decode(bytes));
