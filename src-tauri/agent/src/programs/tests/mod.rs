//! The broker on its real socket, with the real witness, book and log, and a real engine whose provider
//! and vault are fakes. The programs that ask are real processes.

mod asking;
mod deciding;
mod judging;
mod program;
mod stage;
