use evergrant_adapters::backup::{self, Backup, Unread};
use evergrant_adapters::key_file;
use evergrant_adapters::sealing::With;
use evergrant_domain::{Code, Fault};
use tokio::runtime::Runtime;

use super::{Home, Import, Stop, asking, listed, voice};
use crate::backup::{Outcome, What, restore};
use crate::messages::say;

/// Brings accounts of the personal profile back.
pub fn carry_out(runtime: &Runtime, wish: &Import) -> Result<(), Stop> {
    let home = Home::find()?;
    let _alone = home.alone()?;
    let backup = opened(wish)?;
    let vault = home.vault(runtime, wish.vault_passphrase_fd)?;
    let ledger = home.ledger()?;
    let mut outcomes = Vec::new();
    let ended = runtime.block_on(restore(&*vault, &ledger, &backup, wish.replace, |outcome| {
        outcomes.push(outcome);
    }));
    summary(&outcomes);
    Ok(ended?)
}

fn opened(wish: &Import) -> Result<Backup, Stop> {
    if let Some(path) = &wish.identity {
        let key = key_file::read(path).map_err(Stop::of_backup)?;
        return backup::read(&wish.file, &With::Key(key)).map_err(|why| unread(wish, why));
    }
    // What the file system refuses is no matter of the passphrase.
    std::fs::File::open(&wish.file).map_err(|error| unread(wish, Unread::Refused(error.kind())))?;
    let open = |passphrase| match backup::read(&wish.file, &With::Passphrase(passphrase)) {
        Ok(backup) => Ok(backup),
        Err(Unread::Fault(fault)) => Err(fault),
        Err(Unread::Refused(kind)) => Err(Fault::with_detail(Code::BackupUnreadable, &kind.to_string())),
    };
    asking::known(wish.passphrase_fd, "backup.ask.known", open).map_err(Stop::of_backup)
}

fn unread(wish: &Import, why: Unread) -> Stop {
    match why {
        Unread::Fault(fault) => Stop::of_backup(fault),
        Unread::Refused(kind) => {
            let file = wish.file.display().to_string();
            Stop::failed("backup.unread.", &[("file", &file)], &kind.to_string())
        }
    }
}

fn summary(outcomes: &[Outcome]) {
    if outcomes.iter().all(|outcome| outcome.what != What::Brought) {
        voice::tell(&say("backup.nothing_brought", &[]));
    }
    for (what, key, name) in [
        (What::Brought, "backup.brought", "email"),
        (What::Kept, "backup.kept", "email"),
        (What::Leaving, "backup.leaving", "email"),
        (What::ClientBrought, "backup.client_brought", "provider"),
        (What::ClientKept, "backup.client_kept", "provider"),
    ] {
        let those = outcomes.iter().filter(|outcome| outcome.what == what);
        let names: Vec<String> = those.map(|outcome| outcome.name.clone()).collect();
        listed(key, name, &names);
    }
}
