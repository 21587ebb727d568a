//! The ports made real: the operating system's vault, providers over HTTPS, the person's browser
//! and the loopback redirect; on the disk the ledger, the book of grants and the log; the encrypted file
//! in place of a vault, and backups.
//!
//! Absent on purpose: decisions. What an answer means is decided in `domain`, what happens next in
//! `engine`.

pub mod backup;
mod blocks;
pub mod book;
pub mod bounded;
pub mod browser;
pub mod choices;
pub mod client_file;
pub mod clock;
pub mod config;
mod database;
pub mod disk;
pub mod entropy;
pub mod key_file;
pub mod leaving;
pub mod ledger;
pub mod network;
pub mod passphrase;
pub mod pictures;
pub mod places;
#[cfg(all(test, target_os = "linux"))]
mod private_bus;
mod private_file;
pub mod provider;
pub mod proxy;
pub mod redirect;
pub mod sealing;
pub mod tenancy;
pub mod tray;
pub mod vault;
pub mod vault_file;
