use evergrant_domain::{
    Code, Fault, Lease, ScopeSet,
    lifecycle::{Freshness, Standing},
    time::Seconds,
};
use tokio::task::JoinHandle;

use super::stage::{Stage, token, whole};
use crate::account::AccountHandle;
use crate::fakes::{Call, Narrowing};

const ANY: Freshness = Freshness::AtLeast(Seconds(0));

fn mail() -> ScopeSet {
    ScopeSet::parse("https://mail.example/read")
}

fn drive() -> ScopeSet {
    ScopeSet::parse("https://drive.example/read")
}

type Caller = JoinHandle<Result<Lease, Fault>>;

/// Somebody who asks and waits.
fn caller(account: &AccountHandle, scopes: ScopeSet, freshness: Freshness) -> Caller {
    let account = account.clone();
    tokio::spawn(async move { account.lease(&scopes, freshness).await })
}

async fn answer(caller: Caller) -> Result<Lease, Fault> {
    caller.await.expect("answered")
}

async fn code(caller: Caller) -> Option<Code> {
    answer(caller).await.err().map(|fault| fault.code)
}

/// Callers for the whole grant, for mail twice and for drive, in this order, while the first refresh
/// hangs.
async fn crowd(stage: &mut Stage) -> [Caller; 4] {
    stage.house.provider.refresh.hold();
    let account = stage.account("alice");
    let mut callers = vec![];
    for scopes in [whole(), mail(), mail(), drive()] {
        callers.push(caller(&account, scopes, Freshness::New));
        stage.settle().await;
    }
    callers.try_into().expect("four")
}

#[tokio::test(start_paused = true)]
async fn each_set_is_refreshed_once_and_one_after_the_other() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let [all, mail_one, mail_two, drive_one] = crowd(&mut stage).await;
    stage.house.provider.refresh.release();
    let (one, two) = (answer(mail_one).await, answer(mail_two).await);
    assert_eq!(one.as_ref().expect("a lease").scopes, mail());
    assert_eq!(one, two, "one refresh for both");
    assert_eq!(answer(drive_one).await.expect("a lease").scopes, drive());
    let all = answer(all).await.expect("a lease");
    assert!(!all.scopes.has("https://mail.example/read"));
    let asked = [None, Some(mail()), Some(drive())];
    assert_eq!(stage.house.provider.narrowed_to(), asked);
    assert_eq!(stage.house.provider.most_refreshing(), 1, "never two in flight");
}

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_of_one_narrowed_set_share_one_refresh() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.hold();
    let account = stage.account("alice");
    let callers: Vec<_> = (0..100).map(|_| caller(&account, mail(), ANY)).collect();
    stage.settle().await;
    stage.house.provider.refresh.release();
    for caller in callers {
        assert_eq!(answer(caller).await.expect("a lease").scopes, mail());
    }
    assert_eq!(stage.house.journal.count(&Call::Refresh), 1);
}

#[tokio::test(start_paused = true)]
async fn a_narrowed_lease_is_kept_until_a_new_one_is_wanted_and_only_that_is_replaced() {
    let stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    let lease = async |scopes, freshness| account.lease(&scopes, freshness).await.expect("a lease");
    let (first, other, all) = (
        lease(mail(), ANY).await,
        lease(drive(), ANY).await,
        lease(whole(), ANY).await,
    );
    assert_eq!(lease(mail(), ANY).await, first, "kept");
    assert_eq!(stage.house.journal.count(&Call::Refresh), 2);

    let newer = lease(mail(), Freshness::New).await;
    assert_ne!(newer, first);
    assert_eq!(lease(mail(), ANY).await, newer, "replaced");
    assert_eq!(lease(drive(), ANY).await, other);
    assert_eq!(lease(whole(), ANY).await, all);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 3);
}

#[tokio::test(start_paused = true)]
async fn a_narrowed_refresh_says_nothing_about_the_grant() {
    let stage = Stage::with("alice", "1//alice").await;
    let before = stage.status("alice");
    let account = stage.account("alice");
    account.lease(&mail(), ANY).await.expect("a lease");
    let after = stage.status("alice");
    assert_eq!(after.row.granted, before.row.granted);
    assert_eq!(stage.house.ledger.all()[0].granted, before.row.granted);
    assert_eq!(after.fresh_until, before.fresh_until, "that of the whole grant");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_names_no_scopes_means_those_asked() {
    let stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.narrow(Narrowing::Unsaid);
    let lease = stage.account("alice").lease(&mail(), ANY).await.expect("a lease");
    assert_eq!(lease.scopes, mail());
}

#[tokio::test(start_paused = true)]
async fn where_narrowing_is_ignored_the_lease_says_what_it_opens() {
    let stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.narrow(Narrowing::Ignored);
    stage
        .house
        .provider
        .open_with("openid https://mail.example/read extra");
    let account = stage.account("alice");
    let lease = account.lease(&mail(), ANY).await.expect("a lease");
    let truth = ScopeSet::parse("openid https://mail.example/read extra");
    assert_eq!(lease.scopes, truth);
    assert_eq!(
        account.lease(&mail(), ANY).await,
        Ok(lease.clone()),
        "kept all the same"
    );
    assert_ne!(account.lease(&drive(), ANY).await, Ok(lease), "for nobody else");
}

#[tokio::test(start_paused = true)]
async fn refused_scopes_concern_only_those_who_asked_for_them() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.hold();
    let account = stage.account("alice");
    let mut callers = vec![];
    for scopes in [mail(), mail(), whole(), drive()] {
        callers.push(caller(&account, scopes, Freshness::New));
        stage.settle().await;
    }
    stage.house.provider.refresh.fail_next(Code::RequestRefused);
    stage.house.provider.refresh.release();
    let mut codes = vec![];
    for caller in callers {
        codes.push(code(caller).await);
    }
    let refused = Some(Code::RequestRefused);
    assert_eq!(codes, [refused, refused, None, None]);
    assert_eq!(stage.house.provider.most_refreshing(), 1);
    assert_eq!(stage.trouble("alice"), None, "the account is well");
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));

    stage.house.provider.narrow(Narrowing::Refused);
    assert_eq!(code(caller(&account, mail(), ANY)).await, refused);
    assert_eq!(stage.trouble("alice"), None);
    assert_eq!(stage.status("alice").standing, Standing::Connected);
}

#[tokio::test(start_paused = true)]
async fn refused_scopes_leave_a_stopped_account_and_an_earlier_trouble_as_they_were() {
    let stage = Stage::with("alice", "1//alice").await;
    let account = stage.account("alice");
    let refresh = &stage.house.provider.refresh;
    for (first, standing) in [
        (Code::ClientRefused, Standing::Connected),
        (Code::GrantEnded, Standing::NeedsReconnect(Code::GrantEnded)),
    ] {
        refresh.fail_next(first);
        assert_eq!(code(caller(&account, whole(), Freshness::New)).await, Some(first));
        refresh.fail_next(Code::RequestRefused);
        let refused = code(caller(&account, mail(), Freshness::New)).await;
        assert_eq!(refused, Some(Code::RequestRefused));
        assert_eq!(stage.trouble("alice"), Some(first));
        assert_eq!(stage.recorded("alice"), Some(standing));
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_rotated_by_a_narrowed_refresh_is_stored_first() {
    let mut stage = Stage::with("alice", "1//old").await;
    stage.house.provider.rotate_next("1//new");
    stage.house.vault.write.hold();
    let account = stage.account("alice");
    let waiting = caller(&account, mail(), ANY);
    stage.settle().await;
    assert!(!waiting.is_finished(), "answered while the new token was nowhere");
    assert_eq!(account.kept(&mail(), stage.now(), Seconds(0)), None);
    stage.house.vault.write.release();
    answer(waiting).await.expect("a lease");
    assert_eq!(stage.kept("alice"), Some(token("1//new")));
    account.lease(&drive(), ANY).await.expect("a lease");
    let with = [token("1//old"), token("1//new")];
    assert_eq!(stage.house.provider.refreshed_with(), with);
}

#[tokio::test(start_paused = true)]
async fn a_grant_found_dead_answers_everybody_and_stops() {
    let mut stage = Stage::with("alice", "1//dead").await;
    let account = stage.account("alice");
    account.lease(&drive(), ANY).await.expect("a lease");
    stage.house.provider.refresh.hold();
    let mut callers = vec![];
    for scopes in [mail(), whole(), drive()] {
        callers.push(caller(&account, scopes, Freshness::New));
        stage.settle().await;
    }
    stage.house.provider.refresh.fail_next(Code::GrantEnded);
    stage.house.provider.refresh.release();
    for caller in callers {
        assert_eq!(code(caller).await, Some(Code::GrantEnded));
    }
    let dead = Some(Standing::NeedsReconnect(Code::GrantEnded));
    assert_eq!(stage.recorded("alice"), dead);
    assert_eq!(stage.house.journal.count(&Call::Refresh), 2, "asked once");
    assert_eq!(account.kept(&drive(), stage.now(), Seconds(0)), None);
}

#[tokio::test(start_paused = true)]
async fn without_a_network_everybody_hears_it_after_one_try() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let callers = crowd(&mut stage).await;
    stage.house.provider.refresh.fail_always(Code::Offline);
    stage.house.provider.refresh.release();
    for caller in callers {
        assert_eq!(code(caller).await, Some(Code::Offline));
    }
    assert_eq!(stage.house.journal.count(&Call::Refresh), 1, "not each in turn");
    assert_eq!(stage.trouble("alice"), Some(Code::Offline));
}

#[tokio::test(start_paused = true)]
async fn a_new_consent_drops_what_was_narrowed_and_goes_on_for_who_waits() {
    let mut stage = Stage::with("alice", "1//old").await;
    let account = stage.account("alice");
    let old = account.lease(&drive(), ANY).await.expect("a lease");
    stage.house.provider.refresh.hold();
    let all = caller(&account, whole(), Freshness::New);
    let some = caller(&account, mail(), ANY);
    stage.settle().await;
    stage.connect_as("alice", Some("1//new")).await;
    assert!(all.is_finished(), "the new lease is for everything");
    assert!(!some.is_finished(), "and not for less");
    assert_eq!(account.kept(&drive(), stage.now(), Seconds(0)), None);
    stage.house.provider.refresh.release();
    assert_eq!(answer(some).await.expect("a lease").scopes, mail());
    let newest = stage.house.provider.refreshed_with().pop();
    assert_eq!(newest, Some(token("1//new")));
    assert_ne!(account.lease(&drive(), ANY).await, Ok(old));
}
