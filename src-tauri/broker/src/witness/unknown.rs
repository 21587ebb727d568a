//! Windows and other systems: nothing is established here.
//!
//! Image path and Authenticode signer are known on Windows only through calls that are `unsafe` in Rust,
//! which this workspace forbids, and no well-kept crate wraps them. So each program is one that hides what
//! it is: a person is asked each time, and nothing is remembered. Compiled, not tried.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Caller, Peer, Unseen, Witness};
use crate::program::{Assurance, Origin, Program, ProgramKey};

#[derive(Debug)]
pub struct SystemWitness;

impl SystemWitness {
    pub fn new(_commands: Vec<PathBuf>) -> Self {
        Self
    }
}

impl Witness for SystemWitness {
    fn identify(&self, peer: Peer) -> Result<Caller, Unseen> {
        let name = format!("process {}", peer.pid);
        let program = Program {
            key: ProgramKey::new(format!("hidden:{name}")),
            name,
            path: None,
            origin: Origin::Direct,
            assurance: Assurance::Hidden,
            package: None,
            chain: Vec::new(),
            unit: None,
            terminal: None,
        };
        Ok(Caller::new(Arc::new(program), false, Life))
    }
}

/// Nothing is known of it; its connection ends with it.
#[derive(Debug)]
pub(super) struct Life;

impl Life {
    pub(super) fn still_itself(&self) -> bool {
        true
    }

    pub(super) async fn ended(&self) {
        std::future::pending().await
    }
}

/// What a file would be when it runs is not established here.
pub fn program_at(_: &Path, _: Option<&Path>, _: Origin) -> Option<Program> {
    None
}
