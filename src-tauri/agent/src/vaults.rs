//! Which vault a profile keeps its secrets in: the one that was chosen, and never another one instead.

use std::path::PathBuf;
use std::sync::Arc;

use evergrant_adapters::config::{ConfigMistake, VaultChoice, VaultKind};
use evergrant_adapters::passphrase;
use evergrant_adapters::places::{Places, Profile};
use evergrant_adapters::vault::{OsVault, Unchosen};
use evergrant_adapters::vault_file::{FileVault, Opener};
use evergrant_domain::{Code, Fault, secret::Passphrase};
use evergrant_engine::ports::Vault;

/// The vault of a profile. `given` is the passphrase that a person or the system gave at the start.
pub fn chosen(profile: Profile, places: &Places, given: Option<&Passphrase>) -> Arc<dyn Vault> {
    match VaultChoice::load(&places.config_file()) {
        Ok(choice) => match choice.kind {
            VaultKind::System => Arc::new(system(profile)),
            VaultKind::File => match opener(&choice, given) {
                Ok(opener) => Arc::new(FileVault::new(file(profile, places, &choice), opener)),
                Err(fault) => Arc::new(Unchosen(fault)),
            },
        },
        Err(mistake) => Arc::new(Unchosen(undecided(&mistake))),
    }
}

/// The operating system's vault.
pub fn system(profile: Profile) -> OsVault {
    OsVault::new(match profile {
        Profile::Personal => "evergrant",
        Profile::Practice => "evergrant-practice",
    })
}

/// Where the file of a profile lies. The practice profile always has one of its own.
pub fn file(profile: Profile, places: &Places, choice: &VaultChoice) -> PathBuf {
    let named = choice.path.clone().filter(|_| profile == Profile::Personal);
    named.unwrap_or_else(|| places.vault_file())
}

/// What opens the file: the key file that is named, else the passphrase that was given, else the one that
/// systemd has for this unit.
///
/// # Errors
/// `PassphraseMissing`, where systemd's cannot be read.
pub fn opener(choice: &VaultChoice, given: Option<&Passphrase>) -> Result<Opener, Fault> {
    if let Some(path) = &choice.key_file {
        return Ok(Opener::KeyFile(path.clone()));
    }
    let passphrase = match given {
        Some(given) => Some(given.clone()),
        None => passphrase::from_systemd()?,
    };
    Ok(passphrase.map_or(Opener::Nobody, Opener::Passphrase))
}

/// It cannot be told what was chosen; to guess could mean to write into the wrong one.
pub fn undecided(mistake: &ConfigMistake) -> Fault {
    Fault::with_detail(Code::VaultFailed, &mistake.to_string())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use evergrant_adapters::key_file;
    use evergrant_domain::secret::VaultText;
    use evergrant_engine::ports::VaultKey;

    use super::*;

    /// A home with this config.toml.
    fn home(config: &str) -> (tempfile::TempDir, Places) {
        let folder = tempfile::tempdir().expect("a folder");
        let places = Places::below(folder.path(), folder.path(), Profile::Personal);
        places.prepare().expect("prepared");
        fs::write(places.config_file(), config).expect("written");
        (folder, places)
    }

    #[tokio::test]
    async fn a_mistake_that_leaves_the_choice_open_opens_no_vault_at_all() {
        for config in [
            "[vault]\nkind = \"fil\"\n",
            "[vault\nkind = \"file\"\n",
            "[vault]\n",
        ] {
            let (_folder, places) = home(config);
            let vault = chosen(Profile::Personal, &places, None);
            let fault = vault.ready().await.expect_err("not guessed");
            assert_eq!(fault.code, Code::VaultFailed, "{config}");
            assert!(
                fault
                    .detail
                    .is_some_and(|words| words.as_str().contains("config.toml, line"))
            );
        }
    }

    #[tokio::test]
    async fn a_file_that_nobody_can_open_says_so_and_is_not_replaced_by_the_system() {
        let (_folder, places) = home("[vault]\nkind = \"file\"\n");
        let vault = chosen(Profile::Personal, &places, None);
        let fault = vault.ready().await.expect_err("nobody");
        assert_eq!(fault.code, Code::PassphraseMissing);
        assert!(!places.vault_file().exists());
    }

    #[tokio::test]
    async fn each_profile_has_a_file_of_its_own_and_the_key_file_opens_both() {
        let (folder, places) = home("");
        let (key, path) = (
            folder.path().join("key"),
            folder.path().join("evergrant").join("mine"),
        );
        key_file::make(&key).expect("made");
        let config = format!(
            "[vault]\nkind = \"file\"\npath = \"{}\"\nkey_file = \"{}\"\n",
            path.display(),
            key.display()
        );
        fs::write(places.config_file(), config).expect("written");
        let practice = Places::below(folder.path(), folder.path(), Profile::Practice);
        let item = VaultKey::parse("client:google").expect("a key");
        for (profile, places) in [(Profile::Personal, &places), (Profile::Practice, &practice)] {
            let vault = chosen(profile, places, None);
            assert_eq!(vault.keys().await.expect("listed"), [], "{profile:?}");
            vault
                .write(&item, "", &VaultText::new("x"))
                .await
                .expect("written");
        }
        assert!(path.exists() && practice.vault_file().exists() && !places.vault_file().exists());
    }
}
