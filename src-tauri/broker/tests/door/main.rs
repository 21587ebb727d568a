//! The door on real sockets, among those who would break it.
#![cfg(unix)]

mod changeling;
mod crowd;
mod farewell;
mod house;
mod manners;
mod roles;
mod standing;
mod stranger;
