use std::path::Path;

use evergrant_adapters::backup::{self, Unwritten};
use evergrant_adapters::clock::SystemClock;
use evergrant_adapters::sealing::{Recipient, To, Work};
use evergrant_engine::ports::{Clock, VaultKey};
use tokio::runtime::Runtime;

use super::stop::USAGE;
use super::{Export, Home, Stop, asking, listed, voice};
use crate::backup::collect;
use crate::messages::say;

/// Makes a backup of the personal profile.
pub fn carry_out(runtime: &Runtime, wish: &Export) -> Result<(), Stop> {
    // Before anybody is asked for anything.
    if !wish.replace && wish.file.exists() {
        return Err(exists(&wish.file));
    }
    let recipient = wish.recipient.as_deref().map(recipient).transpose()?;
    let home = Home::find()?;
    let vault = home.vault(runtime, wish.vault_passphrase_fd)?;
    let ledger = home.ledger()?;
    let collected = runtime.block_on(collect(&*vault, &ledger, SystemClock.now()))?;
    let to = if let Some(recipient) = recipient {
        To::Recipient(recipient)
    } else {
        let chosen = asking::new(wish.passphrase_fd, "backup.ask.new");
        To::Passphrase(chosen.map_err(Stop::of_backup)?)
    };
    let written = backup::write(&wish.file, &collected.backup, &to, Work::default(), wish.replace);
    written.map_err(|why| unwritten(&wish.file, why))?;
    let accounts = |key: &&VaultKey| matches!(key, VaultKey::Account(_));
    let count = collected.backup.items.keys().filter(accounts).count();
    let values = [("file", &*shown(&wish.file)), ("count", &count.to_string())];
    voice::tell(&say("backup.made", &values));
    listed("backup.left_out", "email", &collected.left_out);
    Ok(())
}

fn recipient(text: &str) -> Result<Recipient, Stop> {
    let wrong = || Stop::said(USAGE, "backup.recipient.", &[("text", text)]);
    Recipient::parse(text).ok_or_else(wrong)
}

fn unwritten(file: &Path, why: Unwritten) -> Stop {
    match why {
        Unwritten::Exists => exists(file),
        Unwritten::Refused(kind) => {
            Stop::failed("backup.unwritten.", &[("file", &shown(file))], &kind.to_string())
        }
        Unwritten::Fault(fault) => fault.into(),
    }
}

fn exists(file: &Path) -> Stop {
    Stop::refused("backup.exists.", &[("file", &shown(file))])
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
