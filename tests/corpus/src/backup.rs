//! A file that a person brings as a backup. The first byte says whether it is the file, or what somebody sealed
//! in it: anybody can seal.

use std::sync::LazyLock;

use evergrant_adapters::backup::{self, Backup, Unread};
use evergrant_adapters::sealing::{Key, With};
use evergrant_domain::fault::Detail;
use evergrant_domain::secret::VaultText;
use evergrant_domain::{AccountId, Code, Fault};
use evergrant_engine::ports::VaultKey;

/// Opens nothing but seeds.
const KEY: &str = "AGE-SECRET-KEY-149VJEWHU5FEQRPPNPDEQ74VCMWFHJ8NA9P0XQ4GSTLSYDLRRG3LSQ7QNEW";

/// Never a panic; what is read of a backup is all of it, shows no secret, and holds nothing of an account under
/// the name of another; of any other file nothing is read, and nothing is quoted.
pub fn backup(bytes: &[u8]) {
    let Some((what, rest)) = bytes.split_first() else {
        return;
    };
    match what % 2 {
        0 => judge(Backup::decode(rest)),
        _ => file(rest),
    }
}

fn file(sealed: &[u8]) {
    static WITH: LazyLock<With> = LazyLock::new(|| With::Key(Key::parse(KEY).expect("a key")));
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), sealed).expect("written");
    match backup::read(file.path(), &WITH) {
        Ok(backup) => judge(Ok(backup)),
        Err(Unread::Fault(fault)) => judge(Err(fault)),
        Err(Unread::Refused(kind)) => panic!("the system refuses its own file: {kind}"),
    }
}

fn judge(read: Result<Backup, Fault>) {
    match read {
        Ok(backup) => {
            assert_eq!(
                Backup::decode(&backup.encode()).as_ref(),
                Ok(&backup),
                "said again otherwise"
            );
            under_their_own_names(&backup);
            shows_no_secret(&backup);
        }
        Err(fault) => refused(&fault),
    }
}

fn under_their_own_names(backup: &Backup) {
    for (id, row) in &backup.rows {
        assert_eq!(*id, row.id);
        assert_eq!(
            *id,
            AccountId::of(&row.person.subject),
            "an account under another's name"
        );
    }
    let lasting = |key: &VaultKey| !matches!(key, VaultKey::Consent(_));
    assert!(backup.items.keys().all(lasting), "a consent that is long over");
}

/// What is printed is the same, whatever the secrets are.
fn shows_no_secret(backup: &Backup) {
    let mut other = backup.clone();
    for text in other.items.values_mut() {
        *text = VaultText::new("another");
    }
    assert_eq!(format!("{backup:?}"), format!("{other:?}"), "a secret is printed");
}

fn refused(fault: &Fault) {
    assert!(matches!(
        fault.code,
        Code::BackupUnreadable | Code::PassphraseWrong
    ));
    let ours = [
        "it was made by another version of Evergrant",
        "it is cut short or was changed",
    ];
    let detail = fault.detail.as_ref().map(Detail::as_str);
    assert!(
        detail.is_none_or(|words| ours.contains(&words)),
        "words of the file are said"
    );
}
