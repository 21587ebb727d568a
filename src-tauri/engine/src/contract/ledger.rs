use evergrant_domain::{
    AccountId, Code, Person, ScopeSet, Subject, Timestamp,
    lifecycle::{Reach, Standing},
    provider::ProviderId,
};

use crate::ports::{ClientRow, Ledger, Row};

/// Holds a new ledger to what the port promises.
///
/// # Panics
/// With the promise that was broken.
pub async fn ledger(ledger: &dyn Ledger) {
    assert_eq!(rows(ledger).await, [], "a new ledger is empty");
    let mut alice = full("alice");
    let bob = bare("bob");
    ledger.save(&alice).await.expect("saved");
    ledger.save(&bob).await.expect("saved");
    assert_eq!(
        rows(ledger).await,
        sorted([&alice, &bob]),
        "every field comes back as it went"
    );

    for standing in standings() {
        alice.standing = standing;
        ledger.save(&alice).await.expect("saved again");
        let expected = sorted([&alice, &bob]);
        assert_eq!(rows(ledger).await, expected, "a row is replaced, never doubled");
    }

    ledger.remove(&alice.id).await.expect("removed");
    ledger.remove(&alice.id).await.expect("removing nothing is fine");
    assert_eq!(rows(ledger).await, sorted([&bob]));
    ledger.remove(&bob.id).await.expect("removed");

    clients(ledger).await;

    let setting = || ledger.setting("close_to_tray");
    assert_eq!(setting().await.expect("asked"), None);
    for answer in ["yes", "no"] {
        ledger.set_setting("close_to_tray", answer).await.expect("set");
        assert_eq!(setting().await.expect("asked").as_deref(), Some(answer));
    }
    for _ in 0..2 {
        ledger.set_setting("close_to_tray", "").await.expect("taken back");
        assert_eq!(setting().await.expect("asked"), None);
    }
    assert_eq!(ledger.setting("other").await.expect("asked"), None);
}

async fn clients(ledger: &dyn Ledger) {
    let all = async || {
        let mut all = ledger.clients().await.expect("the clients are listed");
        all.sort_by_key(ClientRow::key);
        all
    };
    let sorted = |clients: &[&ClientRow]| {
        let mut sorted: Vec<ClientRow> = clients.iter().copied().cloned().collect();
        sorted.sort_by_key(ClientRow::key);
        sorted
    };
    assert_eq!(all().await, []);
    let (mut private, work) = (client("1-private"), client("2-work"));
    let elsewhere = ClientRow {
        provider: ProviderId::parse("work").expect("an id"),
        ..private.clone()
    };
    for each in [&private, &work, &elsewhere] {
        ledger.save_client(each).await.expect("saved");
    }
    assert_eq!(
        all().await,
        sorted(&[&private, &work, &elsewhere]),
        "clients stand side by side"
    );
    private.name = Some("Zoë’s \"own\"; DROP TABLE clients".into());
    private.project = None;
    private.imported_at = Timestamp(1_800_000_500);
    ledger.save_client(&private).await.expect("saved again");
    assert_eq!(
        all().await,
        sorted(&[&private, &work, &elsewhere]),
        "a client is replaced, never doubled"
    );
    for _ in 0..2 {
        ledger
            .remove_client(&private)
            .await
            .expect("removed, or there is none");
    }
    assert_eq!(all().await, sorted(&[&work, &elsewhere]), "and no other with it");
    for each in [&work, &elsewhere] {
        ledger.remove_client(each).await.expect("removed");
    }
    assert_eq!(all().await, []);
}

fn client(id: &str) -> ClientRow {
    ClientRow {
        provider: ProviderId::parse("google").expect("an id"),
        client_id: id.into(),
        project: Some("evergrant-home".into()),
        name: None,
        imported_at: Timestamp(1_800_000_000),
    }
}

fn standings() -> impl Iterator<Item = Standing> {
    let dead = Code::ALL.iter().filter(|code| code.ends_grant());
    dead.map(|code| Standing::NeedsReconnect(*code)).chain([
        Standing::NeedsSignIn,
        Standing::Disconnecting(Reach::Everywhere),
        Standing::Disconnecting(Reach::ThisComputer),
        Standing::Connected,
    ])
}

async fn rows(ledger: &dyn Ledger) -> Vec<Row> {
    sorted(&ledger.rows().await.expect("the rows are listed"))
}

fn sorted<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.into_iter().cloned().collect();
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    rows
}

/// A row with everything there is.
fn full(sub: &str) -> Row {
    let mut row = bare(sub);
    row.person.email = Some(format!("{sub}@example.com"));
    row.person.name = Some("Zoë \"O'Hara\" 🌲; DROP TABLE accounts".into());
    row.person.picture = Some("https://pictures.example/a".into());
    row.person.organisation = Some("example.com".into());
    row.last_checked = Some(Timestamp(1_800_000_100));
    row.grant_ends_at = Some(Timestamp(1_800_604_800));
    row.consents = 7;
    row.consented_at = Timestamp(1_800_000_050);
    row.last_used = Some(Timestamp(1_800_000_200));
    row.stopped_at = Some(Timestamp(1_800_000_300));
    row.rotates = true;
    row
}

/// A row with only what every account has.
fn bare(sub: &str) -> Row {
    let subject = Subject {
        issuer: "https://issuer.example".into(),
        sub: sub.into(),
    };
    Row {
        id: AccountId::of(&subject),
        provider: ProviderId::parse("google").expect("an id"),
        client_id: "client".into(),
        person: Person {
            subject,
            email: None,
            name: None,
            picture: None,
            organisation: None,
        },
        asked: ScopeSet::parse("openid email https://mail.example/send"),
        granted: ScopeSet::parse("openid email"),
        standing: Standing::Connected,
        connected_since: Timestamp(1_800_000_000),
        last_checked: None,
        grant_ends_at: None,
        consents: 1,
        consented_at: Timestamp(1_800_000_000),
        last_used: None,
        stopped_at: None,
        rotates: false,
    }
}
