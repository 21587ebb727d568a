//! Every seed once more, without a fuzzer.
#![cfg(target_os = "linux")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use evergrant_corpus::PROMISES;

/// So that the seeds stay what a person can look through.
const MOST_FILES: usize = 200;
const MOST_BYTES: usize = 200 * 1024;

#[test]
fn every_promise_is_kept_for_every_seed() {
    let mut broken = Vec::new();
    for (name, promise) in PROMISES {
        for (path, bytes) in seeds(name) {
            if catch_unwind(AssertUnwindSafe(|| promise(&bytes))).is_err() {
                broken.push(path);
            }
        }
    }
    assert!(broken.is_empty(), "see above for why: {broken:#?}");
}

#[test]
fn there_are_seeds_and_not_too_many() {
    for (name, _) in PROMISES {
        let seeds = seeds(name);
        let bytes: usize = seeds.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!((1..=MOST_FILES).contains(&seeds.len()), "{name}: {}", seeds.len());
        assert!(bytes <= MOST_BYTES, "{name}: {bytes} bytes");
    }
}

fn seeds(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("listed").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("read");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}
