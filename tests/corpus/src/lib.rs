//! What must hold whatever bytes come in. `tests/fuzz` looks for bytes that break it; `seeds` keeps those
//! that led somewhere, and `cargo test` tries them all again.
//!
//! Each promise is a function of bytes that panics where it is broken.
#![cfg(all(feature = "promises", target_os = "linux"))]

mod addresses;
mod answers;
mod backup;
mod broker;
mod client;
mod client_file;
mod config;
mod discovery;
mod id_token;
mod redirect;
mod search;
mod strings;
mod token_answer;
mod wire;
mod witness;

pub use backup::backup;
pub use broker::broker;
pub use client::client;
pub use client_file::client_file;
pub use config::config;
pub use discovery::discovery;
pub use id_token::id_token;
pub use redirect::redirect;
pub use search::search;
pub use token_answer::token_answer;
pub use wire::wire;
pub use witness::witness;

/// A promise.
pub type Promise = fn(&[u8]);

/// Each promise with its name, which is also that of its fuzz target and of its folder of seeds.
pub const PROMISES: [(&str, Promise); 12] = [
    ("backup", backup),
    ("broker", broker),
    ("client", client),
    ("client_file", client_file),
    ("config", config),
    ("discovery", discovery),
    ("id_token", id_token),
    ("redirect", redirect),
    ("search", search),
    ("token_answer", token_answer),
    ("wire", wire),
    ("witness", witness),
];

/// Cuts the input where a byte stands that neither HTTP nor UTF-8 has.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0xff)
}
