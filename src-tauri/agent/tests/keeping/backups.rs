use std::fs;
use std::os::unix::fs::PermissionsExt;

use evergrant_adapters::key_file;
use evergrant_adapters::tenancy::Tenancy;

use super::home::{Home, shows};

const FD: [&str; 2] = ["--passphrase-fd", "0"];

async fn filled() -> Home {
    let home = Home::with_key_file();
    home.connect(&home.vault(), "anna", "1//secret-of-anna").await;
    home.connect(&home.vault(), "bert", "1//secret-of-bert").await;
    home
}

#[tokio::test]
async fn a_backup_goes_to_another_computer_and_shows_nothing_on_the_way() {
    let (old, new) = (filled().await, Home::with_key_file());
    let file = old.at("backup.age");
    let ran = old.run_saying(&["export", FD[0], FD[1], "backup.age"], "correct horse");
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert_eq!(ran.said, "The backup is in backup.age. It holds 2 accounts.\n");
    let mode = fs::metadata(&file).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    for plain in ["secret-of-anna", "anna@example.com", "correct horse"] {
        assert!(!shows(&file, plain), "{plain} stands in the file");
    }

    let file = file.display().to_string();
    let ran = new.run_saying(&["import", FD[0], FD[1], &file], "correct horse");
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.said.contains("Brought back: "), "{ran:?}");
    for name in ["anna", "bert"] {
        let token = new.token(&new.vault(), name).await;
        assert_eq!(token, Some(format!("1//secret-of-{name}")));
        assert!(new.has_row(name).await, "{name}");
    }

    let ran = new.run_saying(&["import", FD[0], FD[1], &file], "correct horse");
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(
        ran.said
            .starts_with("No account had to be brought back.\nKept as they are here: "),
        "{ran:?}"
    );
}

#[tokio::test]
async fn a_file_of_this_name_is_replaced_only_when_that_is_said() {
    let home = filled().await;
    fs::write(home.at("backup.age"), "something else").expect("written");
    let words = ["export", "backup.age", FD[0], FD[1]];
    let ran = home.run_saying(&words, "correct horse");
    assert_eq!(ran.exit, 4);
    assert!(
        ran.said.starts_with("backup.age is there already.\n→ "),
        "{ran:?}"
    );
    assert_eq!(fs::read(home.at("backup.age")).expect("kept"), b"something else");
    let ran = home.run_saying(&[&words[..], &["--replace"]].concat(), "correct horse");
    assert_eq!(ran.exit, 0, "{ran:?}");
}

#[tokio::test]
async fn what_does_not_open_changes_nothing_and_says_why() {
    let (old, new) = (filled().await, Home::with_key_file());
    old.run_saying(&["export", "backup.age", FD[0], FD[1]], "correct horse");
    let whole = fs::read(old.at("backup.age")).expect("a backup");
    let half = new.at("half.age");
    fs::write(&half, &whole[..whole.len() - 1]).expect("written");
    fs::write(new.at("whole.age"), &whole).expect("written");
    fs::write(new.at("letter"), "Dear Anna").expect("written");
    for (file, passphrase, exit, said) in [
        (
            "whole.age",
            "battery staple",
            5,
            "This passphrase or key does not open the backup.",
        ),
        (
            "half.age",
            "correct horse",
            1,
            "This file is no backup that Evergrant can read.",
        ),
        (
            "letter",
            "correct horse",
            1,
            "This file is no backup that Evergrant can read.",
        ),
        ("nothing", "correct horse", 1, "nothing could not be read."),
    ] {
        let ran = new.run_saying(&["import", file, FD[0], FD[1]], passphrase);
        assert_eq!(ran.exit, exit, "{file}: {ran:?}");
        assert!(ran.said.starts_with(said), "{file}: {ran:?}");
    }
    assert_eq!(new.token(&new.vault(), "anna").await, None);
}

#[tokio::test]
async fn a_backup_for_a_key_opens_with_its_key_file() {
    let (old, new) = (filled().await, Home::with_key_file());
    let key = key_file::make(&new.at("own")).expect("made");
    let recipient = format!("{:?}", key.recipient());
    let ran = old.run(&["export", "backup.age", "--recipient", &recipient]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    let file = old.at("backup.age").display().to_string();
    let ran = new.run(&["import", &file, "--identity", "own"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(new.has_row("anna").await);
    let ran = old.run(&["export", "other.age", "--recipient", "age1nonsense"]);
    assert_eq!(ran.exit, 2, "{ran:?}");
    assert!(!old.at("other.age").exists());
}

#[tokio::test]
async fn without_a_terminal_or_descriptor_nobody_is_asked() {
    let home = filled().await;
    let ran = home.run(&["export", "backup.age"]);
    assert_eq!(ran.exit, 5, "{ran:?}");
    assert!(
        ran.said
            .starts_with("The passphrase or key of the backup is missing."),
        "{ran:?}"
    );
    assert!(!home.at("backup.age").exists());
}

#[tokio::test]
async fn nothing_is_brought_back_while_somebody_serves_the_accounts() {
    let home = filled().await;
    home.run_saying(&["export", "backup.age", FD[0], FD[1]], "correct horse");
    let _serving = Tenancy::shared(home.places().data()).expect("free");
    for words in [
        vec!["import", "backup.age", FD[0], FD[1]],
        vec!["vault", "move", "--to", "system"],
    ] {
        let ran = home.run_saying(&words, "correct horse");
        assert_eq!(ran.exit, 6, "{ran:?}");
        assert!(ran.said.starts_with("Evergrant is running"), "{ran:?}");
    }
    let ran = home.run_saying(&["export", "again.age", FD[0], FD[1]], "correct horse");
    assert_eq!(ran.exit, 0, "reading is fine: {ran:?}");
}
