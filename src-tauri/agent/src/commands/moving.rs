use std::path::{Path, PathBuf};

use evergrant_adapters::config::{VaultChoice, VaultKind};
use evergrant_adapters::key_file;
use evergrant_adapters::places::Profile;
use evergrant_adapters::vault_file::{FileVault, Opener};
use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::Vault;
use tokio::runtime::Runtime;

use super::{Home, Move, Place, Stop, voice};
use crate::messages::say;
use crate::moving::{Moved, Route, everything};
use crate::vaults;

/// Moves the items of both profiles, and makes the new choice count.
pub fn carry_out(runtime: &Runtime, wish: &Move, descriptor: Option<u32>) -> Result<(), Stop> {
    let home = Home::find()?;
    let _alone = home.alone()?;
    let before = home.choice()?;
    let after = wanted(wish, &before)?;
    if after.kind == before.kind {
        voice::tell(&say("vault.moved.already", &[]));
        return Ok(());
    }
    // The file is named by the later choice, or by the earlier one where they leave it.
    let (with_file, to_file) = match after.kind {
        VaultKind::File => (&after, true),
        VaultKind::System => (&before, false),
    };
    if let Some(path) = with_file.key_file.as_deref().filter(|_| to_file) {
        make_key(path)?;
    }
    let opener = home.opener(runtime, with_file, descriptor)?;
    let moved = between(runtime, &home, with_file, &opener, to_file, &after);
    let moved = moved.map_err(|fault| {
        let nothing_there = matches!(
            fault.code,
            Code::VaultUnreachable | Code::VaultAbsent | Code::VaultEmpty
        );
        if to_file && nothing_there {
            // Whether something is kept where it cannot be reached, only the person knows.
            let file = home.config().display().to_string();
            let lines = [
                ("section", "[vault]"),
                ("line", "kind = \"file\""),
                ("file", &*file),
            ];
            voice::tell(&say("vault.moved.by_hand", &lines));
        } else {
            voice::tell(&say("vault.moved.stopped", &[]));
        }
        Stop::from(fault)
    })?;
    told(&home, &after, moved);
    Ok(())
}

/// The choice that is to count. A file that was named before is used again.
fn wanted(wish: &Move, before: &VaultChoice) -> Result<VaultChoice, Fault> {
    let whole = |path: &PathBuf| std::path::absolute(path).map_err(|_| Fault::from(Code::VaultFailed));
    let named = |path: &Option<PathBuf>, before: &Option<PathBuf>| match path {
        Some(path) => whole(path).map(Some),
        None => Ok(before.clone()),
    };
    Ok(VaultChoice {
        kind: match wish.to {
            Place::File => VaultKind::File,
            Place::System => VaultKind::System,
        },
        path: named(&wish.path, &before.path)?,
        key_file: named(&wish.key_file, &before.key_file)?,
    })
}

fn make_key(path: &Path) -> Result<(), Fault> {
    if !path.exists() {
        key_file::make(path)?;
        voice::tell(&say("vault.key_made", &[("path", &path.display().to_string())]));
    }
    Ok(())
}

fn between(
    runtime: &Runtime,
    home: &Home,
    with_file: &VaultChoice,
    opener: &Opener,
    to_file: bool,
    after: &VaultChoice,
) -> Result<Moved, Fault> {
    let profiles = [
        (Profile::Personal, &home.personal),
        (Profile::Practice, &home.practice),
    ];
    let vaults = profiles.map(|(profile, places)| {
        let file = FileVault::new(vaults::file(profile, places, with_file), opener.clone());
        (file, vaults::system(profile))
    });
    let routes = vaults.each_ref().map(|(file, system)| {
        let (file, system): (&dyn Vault, &dyn Vault) = (file, system);
        let (from, to) = if to_file { (system, file) } else { (file, system) };
        Route { from, to }
    });
    let prepare = || {
        let prepared = after.prepare(&home.config())?;
        Ok(move || prepared.put_in_place())
    };
    runtime.block_on(everything(&routes, prepare))
}

fn told(home: &Home, after: &VaultChoice, moved: Moved) {
    let count = moved.items.to_string();
    let path = vaults::file(Profile::Personal, &home.personal, after);
    let path = path.display().to_string();
    voice::tell(&match after.kind {
        VaultKind::File => say("vault.moved.file", &[("path", &path), ("count", &count)]),
        VaultKind::System => say("vault.moved.system", &[("count", &count)]),
    });
    if moved.damaged > 0 {
        let count = moved.damaged.to_string();
        voice::tell(&say("vault.moved.damaged", &[("count", &count)]));
    }
}
