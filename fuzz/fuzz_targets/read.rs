//! See `mawqi_fuzz::read`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mawqi_fuzz::read(bytes));
