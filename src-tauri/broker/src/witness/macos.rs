//! macOS: the audit token names the process and what it runs; the system's code signing judges it.
//!
//! Only what Apple signed itself is named (`anchor apple`): its path is then one that nobody can change.
//! The signer of other programs (their team) cannot be read through a safe crate, so they are programs
//! that hide what they are: a person is asked each time, and nothing is remembered. The `evergrant` command
//! is not told apart there, and its parents are not looked at. Compiled, not tried.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use core_foundation::{base::TCFType, data::CFData};
use security_framework::os::macos::code_signing::{Flags, GuestAttributes, SecCode};

use super::{Caller, Peer, Unseen, Witness, label::file_label};
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
        if peer.uid != rustix::process::geteuid().as_raw() {
            return Err(Unseen::Stranger);
        }
        let life = Life { token: peer.token };
        let code = life.code().ok_or(Unseen::Gone)?;
        let path = code
            .path(Flags::NONE)
            .ok()
            .and_then(|address| address.to_path())
            .ok_or(Unseen::Gone)?;
        let name = file_label(&path);
        let (key, assurance) = if apples(&code) {
            (format!("exe:{}", path.display()), Assurance::System)
        } else {
            (format!("hidden:{name}"), Assurance::Hidden)
        };
        let program = Program {
            key: ProgramKey::new(key),
            name,
            path: Some(path),
            origin: Origin::Direct,
            assurance,
            package: None,
            chain: Vec::new(),
            unit: None,
            terminal: None,
        };
        Ok(Caller::new(Arc::new(program), false, life))
    }
}

fn apples(code: &SecCode) -> bool {
    "anchor apple"
        .parse()
        .is_ok_and(|requirement| code.check_validity(Flags::NONE, &requirement).is_ok())
}

#[derive(Debug)]
pub(super) struct Life {
    token: [u32; 8],
}

impl Life {
    /// The running code; none once the process died or runs something else.
    fn code(&self) -> Option<SecCode> {
        let token: Vec<u8> = self.token.iter().flat_map(|part| part.to_ne_bytes()).collect();
        let token = CFData::from_buffer(&token);
        let mut of_token = GuestAttributes::new();
        of_token.set_audit_token(token.as_concrete_TypeRef());
        SecCode::copy_guest_with_attribues(None, &of_token, Flags::NONE).ok()
    }

    pub(super) fn still_itself(&self) -> bool {
        self.code().is_some()
    }

    pub(super) async fn ended(&self) {
        std::future::pending().await
    }
}

/// What a file would be when it runs is not established here.
pub fn program_at(_: &Path, _: Option<&Path>, _: Origin) -> Option<Program> {
    None
}
