//! The `evergrant` command itself, run against a broker that answers by script on a real socket.

mod absent;
mod apps;
mod backup;
mod connect;
mod docs;
mod git;
mod history;
mod language;
mod log;
mod output;
mod problems;
mod program;
mod ran;
mod samples;
mod stage;
mod terminal;
mod token;
mod usage;
mod verbs;
