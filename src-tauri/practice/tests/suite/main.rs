//! The practice Google over real sockets, with a robot for a person.

mod answers;
mod binary;
mod blocked;
mod callbacks;
mod control;
mod endings;
mod id_tokens;
mod openid;
mod resources;
mod restart;
mod robot;
mod sign_in;
mod tokens;
mod wire;
