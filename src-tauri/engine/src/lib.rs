//! One worker an account: input -> step -> effects -> answer. Owns every task; reaches the world
//! only through `ports`.
//!
//! Absent on purpose: HTTP, databases, the vault's library, windows.

pub mod ports;
