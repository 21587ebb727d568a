//! The file as a vault, and everything that can befall it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use evergrant_engine::contract;

use super::*;
use crate::key_file;

const RIGHT: &str = "correct horse";

struct Stage {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own").join("vault.age");
        Self {
            _folder: folder,
            path,
        }
    }

    fn opened_with(&self, words: &str) -> FileVault {
        let opener = Opener::Passphrase(Passphrase::new(words));
        FileVault::with_work(&self.path, opener, Work::LEAST)
    }

    fn vault(&self) -> FileVault {
        self.opened_with(RIGHT)
    }

    /// With one item in it.
    async fn filled() -> Self {
        let stage = Self::new();
        let vault = stage.vault();
        vault
            .write(&alice(), "", &text("1//first"))
            .await
            .expect("written");
        stage
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.path).expect("the file")
    }
}

fn alice() -> VaultKey {
    VaultKey::parse(&format!("account:{}", "a".repeat(32))).expect("a key")
}

fn text(words: &str) -> VaultText {
    VaultText::new(words)
}

async fn code(vault: &FileVault) -> Code {
    vault.read(&alice()).await.expect_err("it fails").code
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
}

#[tokio::test]
async fn it_keeps_the_contract_of_a_vault() {
    contract::vault(&Stage::new().vault()).await;
    let stage = Stage::new();
    let key = stage.path.with_file_name("key");
    fs::create_dir(key.parent().expect("a folder")).expect("made");
    set_mode(key.parent().expect("a folder"), 0o700);
    key_file::make(&key).expect("made");
    contract::vault(&FileVault::new(&stage.path, Opener::KeyFile(key))).await;
}

#[tokio::test]
async fn items_outlast_the_program_and_show_nothing_on_the_disk() {
    let stage = Stage::filled().await;
    let kept = stage.vault().read(&alice()).await.expect("kept");
    assert!(kept == text("1//first"));
    let bytes = stage.bytes();
    for plain in ["1//first", "account:", "AGE-SECRET-KEY", RIGHT] {
        let found = bytes.windows(plain.len()).any(|part| part == plain.as_bytes());
        assert!(!found, "{plain} stands in the file");
    }
}

#[tokio::test]
async fn a_wrong_passphrase_changes_nothing_and_is_tried_once() {
    let stage = Stage::filled().await;
    let before = stage.bytes();
    let wrong = stage.opened_with("battery staple");
    assert_eq!(code(&wrong).await, Code::PassphraseWrong);
    assert_eq!(code(&wrong).await, Code::PassphraseWrong);
    let written = wrong.write(&alice(), "", &text("x")).await.expect_err("wrong");
    assert_eq!(written.code, Code::PassphraseWrong);
    assert_eq!(
        wrong.ready().await.expect_err("wrong").code,
        Code::PassphraseWrong
    );
    assert_eq!(stage.bytes(), before);
}

#[tokio::test]
async fn without_a_passphrase_every_call_says_so() {
    let stage = Stage::filled().await;
    let nobody = FileVault::new(&stage.path, Opener::Nobody);
    assert_eq!(code(&nobody).await, Code::PassphraseMissing);
    let fresh = FileVault::new(stage.path.with_file_name("other"), Opener::Nobody);
    assert_eq!(
        fresh.ready().await.expect_err("nobody").code,
        Code::PassphraseMissing
    );
    let written = fresh.write(&alice(), "", &text("x")).await.expect_err("nobody");
    assert_eq!(written.code, Code::PassphraseMissing);
}

#[tokio::test]
async fn a_file_cut_short_anywhere_is_said_to_be_damaged_and_left_as_it_is() {
    let stage = Stage::filled().await;
    let whole = stage.bytes();
    let vault = stage.vault();
    for length in 0..whole.len() {
        fs::write(&stage.path, &whole[..length]).expect("cut");
        assert_eq!(code(&vault).await, Code::VaultFileDamaged, "cut at {length}");
        let written = vault.write(&alice(), "", &text("x")).await;
        assert_eq!(
            written.expect_err("damaged").code,
            Code::VaultFileDamaged,
            "cut at {length}"
        );
        assert_eq!(stage.bytes(), whole[..length], "cut at {length}");
    }
    fs::write(&stage.path, &whole).expect("put back");
    assert!(
        vault.read(&alice()).await.is_ok(),
        "whole again, without a restart"
    );
}

#[tokio::test]
async fn a_changed_byte_anywhere_is_said_to_be_damage() {
    let stage = Stage::filled().await;
    let whole = stage.bytes();
    for at in (0..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        fs::write(&stage.path, &changed).expect("changed");
        assert_eq!(code(&stage.vault()).await, Code::VaultFileDamaged, "byte {at}");
        assert_eq!(stage.bytes(), changed, "byte {at}");
    }
}

/// Whoever also sets the digest right still cannot make it be believed.
#[tokio::test]
async fn a_change_made_on_purpose_is_found_by_the_encryption() {
    let stage = Stage::filled().await;
    let whole = stage.bytes();
    let parts = format::Parts::read(&whole).expect("whole");
    for at in 0..parts.key.len() {
        let mut key = parts.key.to_vec();
        key[at] ^= 0x10;
        fs::write(&stage.path, format::Parts { key: &key, ..parts }.write()).expect("forged");
        let code = code(&stage.vault()).await;
        assert!(
            [Code::VaultFileDamaged, Code::PassphraseWrong].contains(&code),
            "byte {at} of the key: {code:?}"
        );
    }
    for at in 0..parts.items.len() {
        let mut items = parts.items.to_vec();
        items[at] ^= 0x10;
        let forged = format::Parts {
            items: &items,
            ..parts
        };
        fs::write(&stage.path, forged.write()).expect("forged");
        let code = code(&stage.vault()).await;
        assert_eq!(code, Code::VaultFileDamaged, "byte {at} of the items");
    }
}

#[tokio::test]
async fn what_another_program_wrote_is_seen_and_kept() {
    let stage = Stage::new();
    let (one, other) = (stage.vault(), stage.vault());
    let bob = VaultKey::parse(&format!("account:{}", "b".repeat(32))).expect("a key");
    one.write(&alice(), "", &text("1//first")).await.expect("written");
    other.write(&bob, "", &text("1//second")).await.expect("written");
    assert_eq!(one.keys().await.expect("listed"), [alice(), bob.clone()]);
    one.delete(&alice()).await.expect("deleted");
    assert_eq!(other.keys().await.expect("listed"), [bob]);
}

#[tokio::test]
async fn a_file_put_back_from_elsewhere_is_opened_anew() {
    let (stage, other) = (Stage::filled().await, Stage::new());
    let vault = stage.vault();
    assert!(vault.read(&alice()).await.is_ok());
    let elsewhere = other.vault();
    elsewhere
        .write(&alice(), "", &text("1//other"))
        .await
        .expect("written");
    fs::write(&stage.path, other.bytes()).expect("put back");
    assert!(vault.read(&alice()).await.expect("read") == text("1//other"));
}

#[tokio::test]
async fn a_file_or_folder_open_to_others_is_refused_and_says_which_mode() {
    for (of_folder, mode) in [(false, 0o644), (false, 0o660), (true, 0o755)] {
        let stage = Stage::filled().await;
        let folder = stage.path.parent().expect("a folder");
        set_mode(if of_folder { folder } else { &stage.path }, mode);
        let fault = stage.vault().read(&alice()).await.expect_err("open");
        assert_eq!(fault.code, Code::VaultDenied, "{mode:o}");
        let words = fault.detail.expect("words");
        assert!(words.as_str().contains(&format!("{mode:o}")), "{words:?}");
    }
}

#[tokio::test]
async fn another_program_that_writes_is_waited_for_and_then_told() {
    let stage = Stage::filled().await;
    let lock = stage.path.with_file_name("vault.age.lock");
    let held = fs::File::open(&lock).expect("the lock");
    held.lock().expect("held");
    let vault = stage.vault();
    let busy = vault.write(&alice(), "", &text("x")).await.expect_err("held");
    assert_eq!(busy.code, Code::VaultFileBusy);
    assert!(vault.read(&alice()).await.is_ok(), "reading goes on");
    drop(held);
    vault.write(&alice(), "", &text("x")).await.expect("free again");
}

#[tokio::test]
async fn a_draft_that_a_killed_program_left_is_cleared_at_the_next_opening() {
    let stage = Stage::filled().await;
    let draft = stage.path.with_file_name("vault.age.new");
    let half = &stage.bytes()[..40];
    fs::write(&draft, half).expect("left");
    assert!(stage.vault().read(&alice()).await.expect("old") == text("1//first"));
    assert!(!draft.exists(), "cleared");
}

#[tokio::test]
async fn deleting_nothing_writes_nothing() {
    let stage = Stage::filled().await;
    let before = stage.bytes();
    let bob = VaultKey::parse("client:google").expect("a key");
    stage.vault().delete(&bob).await.expect("fine");
    assert_eq!(stage.bytes(), before);
}
