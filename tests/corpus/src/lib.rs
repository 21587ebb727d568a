//! What must hold whatever bytes come in. `tests/fuzz` looks for bytes that break it; `seeds` keeps those
//! that led somewhere, and `cargo test` tries them all again.
//!
//! Each promise is a function of bytes that panics where it is broken.
#![cfg(all(feature = "promises", target_os = "linux"))]

mod answers;
mod broker;
mod client;
mod redirect;
mod search;
mod wire;
mod witness;

pub use broker::broker;
pub use client::client;
pub use redirect::redirect;
pub use search::search;
pub use wire::wire;
pub use witness::witness;

/// A promise.
pub type Promise = fn(&[u8]);

/// Each promise with its name, which is also that of its fuzz target and of its folder of seeds.
pub const PROMISES: [(&str, Promise); 6] = [
    ("broker", broker),
    ("client", client),
    ("redirect", redirect),
    ("search", search),
    ("wire", wire),
    ("witness", witness),
];

/// Cuts the input where a byte stands that neither HTTP nor UTF-8 has.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0xff)
}
