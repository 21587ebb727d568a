//! The accounts of a profile on the board. Each is shown among its neighbours: how they fare tells why one
//! of them stopped.

use evergrant_engine::Engine;
use evergrant_engine::account::AccountHandle;
use evergrant_engine::event::Status;

use crate::board::Board;
use crate::interface::{AccountView, ProfileName};
use crate::view;

/// Shows an account as it is now, and those that stopped anew.
pub fn show(engine: &Engine, profile: ProfileName, status: &Status, board: &Board) {
    let all = all(engine);
    if let Some(shown) = among(engine, status, &all) {
        board.account(profile, shown);
    }
    let stopped = |other: &&Status| view::stopped_by(other).is_some();
    for other in all.iter().filter(stopped) {
        again(engine, profile, other, &all, board);
    }
}

/// Looks at what time alone changes: what lies ahead of an account.
pub fn look_ahead(engine: &Engine, profile: ProfileName, board: &Board) {
    let all = all(engine);
    for account in &all {
        again(engine, profile, account, &all, board);
    }
}

fn all(engine: &Engine) -> Vec<Status> {
    engine.accounts().iter().map(AccountHandle::status).collect()
}

fn again(engine: &Engine, profile: ProfileName, status: &Status, all: &[Status], board: &Board) {
    if let Some(shown) = among(engine, status, all) {
        board.account_again(profile, shown);
    }
}

/// None for an account whose provider is not configured.
fn among(engine: &Engine, status: &Status, all: &[Status]) -> Option<AccountView> {
    let world = engine.world();
    let known = world.provider(&status.row.provider).ok()?;
    Some(view::account(status, &known.spec, all, world.clock.now()))
}

#[cfg(test)]
mod tests {
    use evergrant_domain::{AccountId, Code, ScopeSet, Timestamp, lifecycle::Standing, time::Seconds};
    use evergrant_engine::fakes::{FakeHouse, person, provider_id};
    use evergrant_engine::ports::{Clock, Ledger, Row};

    use super::*;

    const HOUR: i64 = 60 * 60;

    /// Stopped at this moment, an hour after it was last seen alive.
    fn stopped(sub: &str, at: Timestamp) -> Row {
        let person = person(sub);
        let long_ago = at + Seconds(-30 * 24 * HOUR);
        Row {
            id: AccountId::of(&person.subject),
            provider: provider_id(),
            client_id: "client".into(),
            person,
            asked: ScopeSet::default(),
            granted: ScopeSet::parse("openid mail"),
            standing: Standing::NeedsReconnect(Code::GrantEnded),
            connected_since: long_ago,
            last_checked: Some(at + Seconds(-HOUR)),
            grant_ends_at: None,
            consents: 1,
            consented_at: long_ago,
            last_used: None,
            stopped_at: Some(at),
            rotates: false,
        }
    }

    async fn engine(house: &FakeHouse, rows: &[Row]) -> Engine {
        for row in rows {
            house.ledger.save(row).await.expect("saved");
        }
        let (engine, _events) = Engine::start(house.world()).await.expect("started");
        engine
    }

    fn status(engine: &Engine, row: &Row) -> Status {
        engine.account(&row.id).expect("there").status()
    }

    fn cause(board: &Board, row: &Row) -> Option<String> {
        let shown = board.find(row.id.as_str())?;
        shown.reason.map(|reason| reason.cause)
    }

    #[tokio::test]
    async fn an_account_that_stops_tells_why_its_neighbour_did() {
        let (house, board) = (FakeHouse::default(), Board::new(ProfileName::Personal));
        let now = house.clock.now();
        let (alice, bob) = (stopped("alice", now), stopped("bob", now));
        let engine = engine(&house, &[alice.clone(), bob.clone()]).await;

        // As it was shown before the other one stopped.
        let known = engine.world().provider(&alice.provider).expect("known");
        let alone = view::account(&status(&engine, &alice), &known.spec, &[], now);
        board.account(ProfileName::Personal, alone);
        assert_eq!(cause(&board, &alice).as_deref(), Some("removed_by_person"));

        show(&engine, ProfileName::Personal, &status(&engine, &bob), &board);
        for row in [&alice, &bob] {
            assert_eq!(cause(&board, row).as_deref(), Some("revoked_elsewhere"));
        }
        engine.stop().await;
    }

    #[tokio::test]
    async fn what_lies_ahead_shows_by_the_passing_of_time_alone() {
        let (house, board) = (FakeHouse::default(), Board::new(ProfileName::Personal));
        let now = house.clock.now();
        let mut alice = stopped("alice", now);
        alice.standing = Standing::Connected;
        alice.stopped_at = None;
        alice.consented_at = now;
        alice.grant_ends_at = Some(now + Seconds(7 * 24 * HOUR));
        let engine = engine(&house, std::slice::from_ref(&alice)).await;
        show(&engine, ProfileName::Personal, &status(&engine, &alice), &board);
        let ahead = || {
            let shown = board.find(alice.id.as_str());
            shown.and_then(|shown| shown.forecast).map(|ahead| ahead.kind)
        };
        assert_eq!(ahead().as_deref(), Some("testing_ends"), "just connected");
        for (hours, told) in [(2, None), (5 * 24, Some("testing_ends"))] {
            house.clock.advance(Seconds(hours * HOUR));
            look_ahead(&engine, ProfileName::Personal, &board);
            assert_eq!(ahead().as_deref(), told, "{hours} hours later");
        }
        engine.stop().await;
    }
}
