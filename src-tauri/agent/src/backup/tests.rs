use evergrant_adapters::backup::Backup;
use evergrant_domain::lifecycle::{Reach, Standing};
use evergrant_domain::{
    AccountId, Client, ClientKey, ClientSecret, Code, Fault, Person, RefreshToken, ScopeSet, Subject,
    Timestamp, provider::ProviderId, secret::VaultText,
};
use evergrant_engine::fakes::{MemoryLedger, MemoryVault};
use evergrant_engine::kept::{KeptGrant, encode_client};
use evergrant_engine::ports::{ClientRow, Ledger, Row, VaultKey};

use super::*;

/// A computer with a vault and a ledger.
#[derive(Default)]
struct Computer {
    vault: MemoryVault,
    ledger: MemoryLedger,
}

fn google() -> ProviderId {
    ProviderId::parse("google").expect("an id")
}

fn row(name: &str, standing: Standing) -> Row {
    let subject = Subject {
        issuer: "https://accounts.google.com".into(),
        sub: name.into(),
    };
    Row {
        id: AccountId::of(&subject),
        provider: google(),
        client_id: "client".into(),
        person: Person {
            subject,
            email: Some(format!("{name}@example.com")),
            name: None,
            picture: None,
            organisation: None,
        },
        asked: ScopeSet::parse("openid"),
        granted: ScopeSet::parse("openid"),
        standing,
        connected_since: Timestamp(1),
        last_checked: None,
        grant_ends_at: None,
        consents: 1,
        consented_at: Timestamp(1),
        last_used: None,
        stopped_at: None,
        rotates: false,
    }
}

fn item(row: &Row, token: &str) -> VaultText {
    KeptGrant::new(
        &row.provider,
        &row.person,
        &row.client_id,
        &RefreshToken::new(token),
    )
    .encode()
}

fn client_row(id: &str) -> ClientRow {
    ClientRow {
        provider: google(),
        client_id: id.into(),
        project: Some(format!("project-{id}")),
        name: Some(format!("My {id}")),
        imported_at: Timestamp(3),
    }
}

fn client_item(id: &str, secret: &str) -> VaultText {
    encode_client(&Client {
        id: id.into(),
        secret: Some(ClientSecret::new(secret)),
    })
}

impl Computer {
    async fn with(accounts: &[(&str, Standing, &str)]) -> Self {
        let computer = Self::default();
        for (name, standing, token) in accounts {
            let row = row(name, *standing);
            computer.ledger.save(&row).await.expect("saved");
            let key = VaultKey::Account(row.id.clone());
            computer.vault.plant(key, item(&row, token));
        }
        computer
    }

    async fn plant_client(&self, id: &str, secret: &str) {
        let row = client_row(id);
        self.vault
            .plant(VaultKey::Client(row.key()), client_item(id, secret));
        self.ledger.save_client(&row).await.expect("saved");
    }

    async fn backup(&self) -> Backup {
        let collected = collect(&self.vault, &self.ledger, Timestamp(9)).await;
        collected.expect("collected").backup
    }

    async fn restored(&self, backup: &Backup, replace: bool) -> (Vec<Outcome>, Result<(), Fault>) {
        let mut told = Vec::new();
        let ended = restore(&self.vault, &self.ledger, backup, replace, |outcome| {
            told.push(outcome);
        })
        .await;
        (told, ended)
    }

    /// The token that is kept for this account, and how it stands.
    fn account(&self, name: &str) -> (Option<String>, Option<Standing>) {
        let id = row(name, Standing::Connected).id;
        let kept = self.vault.items().remove(&VaultKey::Account(id.clone()));
        let token = kept.map(|text| {
            let kept = KeptGrant::decode(&text).expect("whole");
            kept.refresh_token.expose().to_owned()
        });
        (token, self.ledger.row(&id).map(|row| row.standing))
    }
}

const DEAD: Standing = Standing::NeedsReconnect(Code::GrantEnded);

fn became(what: What, name: &str) -> Outcome {
    let name = name.to_owned();
    Outcome { what, name }
}

fn brought(name: &str) -> Outcome {
    became(What::Brought, &format!("{name}@example.com"))
}

fn kept(name: &str) -> Outcome {
    became(What::Kept, &format!("{name}@example.com"))
}

#[tokio::test]
async fn an_empty_computer_becomes_what_the_other_was() {
    let old = Computer::with(&[("anna", Standing::Connected, "1//a"), ("bert", DEAD, "1//b")]).await;
    old.plant_client("private", "GOCSPX-1").await;
    old.plant_client("work", "GOCSPX-2").await;
    let backup = Backup::decode(&old.backup().await.encode()).expect("read");
    let new = Computer::default();
    let (told, ended) = new.restored(&backup, false).await;
    ended.expect("all of it");
    assert_eq!(told.len(), 4);
    assert!(new.vault.items() == old.vault.items());
    assert_eq!(new.ledger.all(), old.ledger.all());
    assert_eq!(new.ledger.clients().await, old.ledger.clients().await);
}

#[tokio::test]
async fn what_is_being_disconnected_and_what_has_no_secret_is_in_no_backup() {
    let leaving = Standing::Disconnecting(Reach::Everywhere);
    let old = Computer::with(&[("anna", leaving, "1//a"), ("bert", Standing::Connected, "1//b")]).await;
    old.vault.lose(&VaultKey::Account(row("bert", DEAD).id));
    let collected = collect(&old.vault, &old.ledger, Timestamp(9))
        .await
        .expect("collected");
    assert_eq!(collected.left_out, ["bert@example.com"]);
    assert!(collected.backup.rows.is_empty() && collected.backup.items.is_empty());
}

#[tokio::test]
async fn an_account_that_only_the_vault_knows_is_in_the_backup_too() {
    let old = Computer::with(&[("anna", Standing::Connected, "1//a")]).await;
    old.ledger.lose_all();
    let new = Computer::default();
    let (told, _) = new.restored(&old.backup().await, false).await;
    assert_eq!(told, [brought("anna")]);
    assert_eq!(new.account("anna"), (Some("1//a".into()), None));
}

#[tokio::test]
async fn accounts_that_are_here_are_kept_unless_their_grant_is_dead_or_somebody_says_otherwise() {
    let old = Computer::with(&[
        ("anna", Standing::Connected, "1//old"),
        ("bert", Standing::Connected, "1//old"),
        ("carl", Standing::Connected, "1//old"),
        ("dora", Standing::Connected, "1//old"),
    ])
    .await;
    let backup = old.backup().await;
    let here = || {
        Computer::with(&[
            ("anna", Standing::Connected, "1//new"),
            ("bert", DEAD, "1//dead"),
            ("carl", Standing::Disconnecting(Reach::ThisComputer), "1//new"),
            ("dora", Standing::NeedsSignIn, "1//new"),
        ])
    };
    let usual = here().await;
    let (mut told, ended) = usual.restored(&backup, false).await;
    ended.expect("all of it");
    let leaving = became(What::Leaving, "carl@example.com");
    told.sort_by_key(|outcome| outcome.name.clone());
    assert_eq!(told, [kept("anna"), brought("bert"), leaving, kept("dora")]);
    assert_eq!(usual.account("anna").0.as_deref(), Some("1//new"));
    assert_eq!(
        usual.account("bert"),
        (Some("1//old".into()), Some(Standing::Connected))
    );

    let replaced = here().await;
    replaced.restored(&backup, true).await.1.expect("all of it");
    for (name, token) in [
        ("anna", "1//old"),
        ("bert", "1//old"),
        ("carl", "1//new"),
        ("dora", "1//old"),
    ] {
        assert_eq!(replaced.account(name).0.as_deref(), Some(token), "{name}");
    }
}

#[tokio::test]
async fn a_dead_grant_is_not_brought_to_life_by_its_own_copy() {
    let old = Computer::with(&[("anna", Standing::Connected, "1//same")]).await;
    let here = Computer::with(&[("anna", DEAD, "1//same")]).await;
    let (told, _) = here.restored(&old.backup().await, false).await;
    assert_eq!(told, [kept("anna")]);
    assert_eq!(here.account("anna").1, Some(DEAD));
}

#[tokio::test]
async fn an_account_whose_secret_is_lost_gets_it_back() {
    let old = Computer::with(&[("anna", Standing::Connected, "1//a")]).await;
    let backup = old.backup().await;
    old.vault.lose(&VaultKey::Account(row("anna", DEAD).id));
    let (told, _) = old.restored(&backup, false).await;
    assert_eq!(told, [brought("anna")]);
    assert_eq!(old.account("anna").0.as_deref(), Some("1//a"));
}

#[tokio::test]
async fn another_client_stands_beside_and_the_same_with_another_secret_is_kept_and_said() {
    let (old, here) = (Computer::default(), Computer::default());
    old.plant_client("private", "GOCSPX-old").await;
    here.plant_client("private", "GOCSPX-new").await;
    here.plant_client("work", "GOCSPX-work").await;
    let renamed = ClientRow {
        name: Some("Home".into()),
        ..client_row("private")
    };
    here.ledger.save_client(&renamed).await.expect("saved");
    let before = here.vault.items();
    let backup = old.backup().await;
    let (told, _) = here.restored(&backup, false).await;
    assert_eq!(told, [became(What::ClientKept, "My private (google)")]);
    assert!(here.vault.items() == before);
    let (told, _) = here.restored(&backup, true).await;
    assert_eq!(told, [became(What::ClientBrought, "My private (google)")]);
    let items = here.vault.items();
    let secret = |id| items.get(&VaultKey::Client(client_row(id).key())).cloned();
    assert!(secret("private") == Some(client_item("private", "GOCSPX-old")));
    assert!(secret("work") == Some(client_item("work", "GOCSPX-work")));
    let names: Vec<_> = here.ledger.clients().await.expect("listed");
    assert!(names.contains(&renamed), "it is called as before");
}

/// As the first version wrote it: one client for each provider, under the name of that.
#[tokio::test]
async fn the_only_client_of_an_older_backup_comes_to_its_own_place() {
    let here = Computer::default();
    here.plant_client("work", "GOCSPX-work").await;
    let text = client_item("private", "GOCSPX-private");
    let noted = ClientRow {
        name: None,
        ..client_row("private")
    };
    let backup = Backup {
        clients: [(noted.key(), noted.clone())].into(),
        items: [(VaultKey::OnlyClient(google()), text.clone())].into(),
        ..Backup::default()
    };
    let (told, ended) = here.restored(&backup, false).await;
    ended.expect("all of it");
    assert_eq!(told, [became(What::ClientBrought, "project-private (google)")]);
    let own = VaultKey::Client(ClientKey::of(&google(), "private"));
    let items = here.vault.items();
    assert!(items.get(&own) == Some(&text) && !items.contains_key(&VaultKey::OnlyClient(google())));
    assert_eq!(here.ledger.clients().await.expect("listed").len(), 2);
}

#[tokio::test]
async fn an_item_that_does_not_come_back_the_same_gets_no_row_and_the_one_before_stays() {
    let old = Computer::with(&[("anna", Standing::Connected, "1//old")]).await;
    let here = Computer::with(&[("anna", DEAD, "1//dead")]).await;
    here.vault.unfaithful_next();
    let (told, ended) = here.restored(&old.backup().await, false).await;
    assert_eq!(ended.expect_err("unfaithful").code, Code::VaultUnfaithful);
    assert_eq!(told, []);
    assert_eq!(here.account("anna"), (Some("1//dead".into()), Some(DEAD)));
}
