#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evergrant_corpus::id_token(bytes));
