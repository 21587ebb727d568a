use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use evergrant_domain::{Code, Person, ScopeSet, Subject, lifecycle::Standing, secret::Passphrase};

use super::*;
use crate::sealing::{Key, To, With, Work};

pub(super) fn row(sub: &str) -> Row {
    let subject = Subject {
        issuer: "https://accounts.google.com".into(),
        sub: sub.into(),
    };
    Row {
        id: AccountId::of(&subject),
        provider: ProviderId::parse("google").expect("an id"),
        client_id: "client".into(),
        person: Person {
            subject,
            email: Some("alice@example.com".into()),
            name: Some("Alice \"the first\"\n".into()),
            picture: None,
            organisation: Some("example.com".into()),
        },
        asked: ScopeSet::parse("openid drive"),
        granted: ScopeSet::parse("openid"),
        standing: Standing::NeedsReconnect(Code::GrantEnded),
        connected_since: Timestamp(1),
        last_checked: Some(Timestamp(2)),
        grant_ends_at: Some(Timestamp(3)),
        consents: 4,
        consented_at: Timestamp(5),
        last_used: Some(Timestamp(6)),
        stopped_at: Some(Timestamp(7)),
        rotates: true,
    }
}

fn sample() -> Backup {
    let rows = ["1", "2"].map(row);
    let google = ProviderId::parse("google").expect("an id");
    let mut items: BTreeMap<VaultKey, VaultText> = rows
        .iter()
        .map(|row| (VaultKey::Account(row.id.clone()), VaultText::new("1//of\nhers")))
        .collect();
    let clients: BTreeMap<ClientKey, ClientRow> = [
        client(&google, "client", Some("Private")),
        client(&google, "2-work", None),
    ]
    .into_iter()
    .map(|row| (row.key(), row))
    .collect();
    for key in clients.keys() {
        let text = VaultText::new(format!("of {}", key.name()));
        items.insert(VaultKey::Client(key.clone()), text);
    }
    Backup {
        made_at: Timestamp(1_800_000_000),
        rows: rows.into_iter().map(|row| (row.id.clone(), row)).collect(),
        clients,
        items,
    }
}

fn client(provider: &ProviderId, id: &str, name: Option<&str>) -> ClientRow {
    ClientRow {
        provider: provider.clone(),
        client_id: id.into(),
        project: Some("mine".into()),
        name: name.map(Into::into),
        imported_at: Timestamp(8),
    }
}

fn passphrase(words: &str) -> Passphrase {
    Passphrase::new(words)
}

fn unreadable_as(plain: &[u8]) -> Option<Code> {
    Backup::decode(plain).err().map(|fault| fault.code)
}

#[test]
fn everything_comes_back() {
    assert_eq!(Backup::decode(&sample().encode()), Ok(sample()));
    let empty = Backup::default();
    assert_eq!(Backup::decode(&empty.encode()), Ok(empty));
}

/// As the first version wrote it: one client for each provider, under the name of that.
#[test]
fn a_backup_of_the_first_version_is_read() {
    let head = r#"{"version":1,"made_at":7}"#;
    let note = r#"{"client_id":"1-a","project":"mine"}"#;
    let blocks = [
        ("evergrant-backup", head),
        ("note:google", note),
        ("client:google", "secret"),
    ];
    let plain = blocks::write(blocks.iter().map(|(name, text)| (*name, text.as_bytes())));
    let backup = Backup::decode(&plain).expect("read");
    let google = ProviderId::parse("google").expect("an id");
    let row = ClientRow {
        imported_at: Timestamp(0),
        ..client(&google, "1-a", None)
    };
    assert_eq!(backup.clients, [(row.key(), row)].into());
    let earlier = VaultKey::OnlyClient(google);
    assert_eq!(backup.items, [(earlier, VaultText::new("secret"))].into());
}

#[test]
fn what_is_no_backup_or_of_another_version_is_said_to_be_none() {
    let whole = sample().encode();
    let text = String::from_utf8(whole.to_vec()).expect("text");
    for wrong in [
        String::new(),
        "hello".into(),
        text.replacen("evergrant-backup", "evergrant-backpack", 1),
        text.replacen("\"version\":2", "\"version\":3", 1),
        text.replacen("\"issuer\":\"https://a", "\"issuer\":\"https://b", 1),
        text.replacen(
            "\"standing\":\"needs_reconnect:grant_ended\"",
            "\"standing\":\"needs_reconnect:grant_eaten\"",
            1,
        ),
        text.replacen("account:", "acc0unt:", 1),
        text.replacen("account:", "consent:", 1),
        text.replacen("\"client_id\":\"2-work\"", "\"client_id\":\"2-play\"", 1),
    ] {
        assert_ne!(wrong, text);
        assert_eq!(
            unreadable_as(wrong.as_bytes()),
            Some(Code::BackupUnreadable),
            "{wrong}"
        );
    }
    let newer = text.replacen("\"version\":2", "\"version\":3", 1);
    let fault = Backup::decode(newer.as_bytes()).expect_err("newer");
    assert!(
        fault
            .detail
            .is_some_and(|words| words.as_str().contains("version"))
    );
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone_and_never_written_over_another() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("backup.age");
    let to = To::Passphrase(passphrase("correct horse"));
    write(&path, &sample(), &to, Work::LEAST, false).expect("written");
    let mode = fs::metadata(&path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let kept = fs::read(&path).expect("there");
    let second = write(&path, &Backup::default(), &to, Work::LEAST, false);
    assert_eq!(second, Err(Unwritten::Exists));
    assert_eq!(fs::read(&path).expect("there"), kept);
    write(&path, &Backup::default(), &to, Work::LEAST, true).expect("replaced");
    let with = With::Passphrase(passphrase("correct horse"));
    assert_eq!(read(&path, &with), Ok(Backup::default()));
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "no draft"
    );
    let nowhere = folder.path().join("none").join("backup.age");
    let refused = write(&nowhere, &sample(), &to, Work::LEAST, false);
    assert_eq!(refused, Err(Unwritten::Refused(ErrorKind::NotFound)));
}

#[test]
fn it_opens_for_whom_it_was_made_and_a_part_of_it_for_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("backup.age");
    let key = Key::generate();
    write(
        &path,
        &sample(),
        &To::Recipient(key.recipient()),
        Work::LEAST,
        false,
    )
    .expect("written");
    let with = With::Key(key);
    assert_eq!(read(&path, &with), Ok(sample()));
    assert_eq!(code(&path, &With::Key(Key::generate())), Code::PassphraseWrong);
    let stranger = With::Passphrase(passphrase("correct horse"));
    assert_eq!(code(&path, &stranger), Code::PassphraseWrong);

    let whole = fs::read(&path).expect("there");
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).expect("cut");
        assert_eq!(code(&path, &with), Code::BackupUnreadable, "cut at {length}");
    }
    fs::write(&path, "a letter to somebody").expect("written");
    assert_eq!(code(&path, &with), Code::BackupUnreadable);
    let gone = read(&folder.path().join("none"), &with);
    assert_eq!(gone, Err(Unread::Refused(ErrorKind::NotFound)));
}

fn code(path: &Path, with: &With) -> Code {
    match read(path, with) {
        Err(Unread::Fault(fault)) => fault.code,
        other => panic!("{other:?}"),
    }
}
