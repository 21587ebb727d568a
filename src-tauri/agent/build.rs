//! A client that is built in is read from the environment (`src/builtin.rs`).

fn main() {
    println!("cargo::rerun-if-env-changed=EVERGRANT_GOOGLE_CLIENT_ID");
    println!("cargo::rerun-if-env-changed=EVERGRANT_GOOGLE_CLIENT_SECRET");
}
