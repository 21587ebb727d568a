//! `evergrant-agent` itself: moving secrets, making backups and bringing them back, on a home of its own.
#![cfg(target_os = "linux")]

mod backups;
mod home;
mod leaving;
mod moves;
mod serving;
mod terminal;
