use evergrant_domain::Subject;

use super::*;
use crate::judgement::{Decision, next_refusal};
use crate::ports::Known;
use crate::program::{Assurance, Origin};

const NOW: Timestamp = Timestamp(1_800_000_000);
const LATER: Timestamp = Timestamp(1_800_050_000);

fn account(sub: &str) -> AccountId {
    AccountId::of(&Subject {
        issuer: "https://issuer.example".into(),
        sub: sub.into(),
    })
}

fn program(key: &str, assurance: Assurance) -> Program {
    Program {
        key: ProgramKey::new(key),
        name: "mutt".into(),
        path: None,
        origin: Origin::Direct,
        assurance,
        package: None,
        chain: vec![],
        unit: None,
        terminal: None,
    }
}

fn known(program: &Program) -> Known {
    Known {
        key: program.key.clone(),
        name: program.name.clone(),
        path: None,
        assurance: program.assurance,
        origin: program.origin,
    }
}

fn grant(number: u8, program: &Program, sub: &str, scopes: &str, until: Option<Timestamp>) -> Grant {
    Grant {
        id: GrantId::of([number; 8]),
        program: known(program),
        account: account(sub),
        email: format!("{sub}@example.com"),
        scopes: ScopeSet::parse(scopes),
        since: NOW,
        until,
        last_used: None,
        uses: 0,
    }
}

fn orders(grants: Vec<Grant>) -> Orders {
    Orders::new(grants, vec![], false)
}

#[test]
fn a_grant_covers_its_program_its_account_and_its_scopes_and_nothing_else() {
    let mutt = program("exe:/usr/bin/mutt", Assurance::System);
    let other = program("exe:/usr/bin/other", Assurance::System);
    let orders = orders(vec![grant(1, &mutt, "alice", "mail send", None)]);
    let ask =
        |program, sub, scopes: &str| orders.verdict(program, &account(sub), &ScopeSet::parse(scopes), NOW);
    assert_eq!(
        ask(&mutt, "alice", "mail"),
        Verdict::Allow(vec![GrantId::of([1; 8])])
    );
    assert_eq!(ask(&mutt, "alice", "mail drive"), Verdict::Ask);
    assert_eq!(ask(&mutt, "bob", "mail"), Verdict::Ask);
    assert_eq!(ask(&other, "alice", "mail"), Verdict::Ask);
    assert_eq!(
        ask(&mutt, "alice", ""),
        Verdict::Ask,
        "nothing named is nothing granted"
    );
}

#[test]
fn the_same_program_through_the_command_is_another_program() {
    let direct = program("exe:/usr/bin/mutt", Assurance::System);
    let through = program("command>exe:/usr/bin/mutt", Assurance::System);
    let orders = orders(vec![grant(1, &through, "alice", "mail", None)]);
    let mail = ScopeSet::parse("mail");
    assert_eq!(
        orders.verdict(&direct, &account("alice"), &mail, NOW),
        Verdict::Ask
    );
}

#[test]
fn grants_add_up_and_end() {
    let mutt = program("exe:/usr/bin/mutt", Assurance::System);
    let mut orders = orders(vec![
        grant(1, &mutt, "alice", "mail", None),
        grant(2, &mutt, "alice", "drive", Some(LATER)),
    ]);
    let both = ScopeSet::parse("mail drive");
    let verdict = |orders: &Orders, now| orders.verdict(&mutt, &account("alice"), &both, now);
    assert_eq!(
        verdict(&orders, NOW),
        Verdict::Allow(vec![GrantId::of([1; 8]), GrantId::of([2; 8])])
    );
    assert_eq!(verdict(&orders, LATER), Verdict::Ask, "over at the very second");
    assert_eq!(orders.over(LATER), [GrantId::of([2; 8])]);
    assert_eq!(
        orders.granted(&mutt, &account("alice"), LATER),
        Some(ScopeSet::parse("mail"))
    );
    orders.end(&[GrantId::of([1; 8])]);
    assert_eq!(verdict(&orders, NOW), Verdict::Ask);
    assert_eq!(orders.granted(&mutt, &account("bob"), NOW), None);
}

#[test]
fn a_refused_program_waits_and_a_muted_one_never_asks() {
    let mutt = program("exe:/usr/bin/mutt", Assurance::System);
    let mut orders = orders(vec![grant(1, &mutt, "alice", "mail", None)]);
    orders.refuse(next_refusal(known(&mutt), None, Decision::Deny, NOW));
    let drive = ScopeSet::parse("drive");
    let verdict = |orders: &Orders, now| orders.verdict(&mutt, &account("alice"), &drive, now);
    let Verdict::Refuse(Some(until)) = verdict(&orders, NOW) else {
        panic!("refused for a while")
    };
    assert_eq!(verdict(&orders, until), Verdict::Ask);
    let mail = ScopeSet::parse("mail");
    assert!(
        matches!(
            orders.verdict(&mutt, &account("alice"), &mail, NOW),
            Verdict::Allow(_)
        ),
        "what it was granted before, it keeps"
    );
    orders.refuse(next_refusal(known(&mutt), None, Decision::DenyAndMute, NOW));
    assert_eq!(verdict(&orders, Timestamp(i64::MAX)), Verdict::Refuse(None));
    orders.lift(&mutt.key);
    assert_eq!(verdict(&orders, NOW), Verdict::Ask);
}

#[test]
fn a_program_that_hides_has_no_grant_whatever_the_book_says() {
    let hidden = program("hidden:python3", Assurance::Hidden);
    let orders = orders(vec![grant(1, &hidden, "alice", "mail", None)]);
    let mail = ScopeSet::parse("mail");
    assert_eq!(
        orders.verdict(&hidden, &account("alice"), &mail, NOW),
        Verdict::Ask
    );
    assert_eq!(orders.of(&hidden, NOW).count(), 0);
}

#[test]
fn paused_is_before_everything() {
    let mutt = program("exe:/usr/bin/mutt", Assurance::System);
    let mut orders = orders(vec![grant(1, &mutt, "alice", "mail", None)]);
    orders.paused = true;
    let mail = ScopeSet::parse("mail");
    assert_eq!(
        orders.verdict(&mutt, &account("alice"), &mail, NOW),
        Verdict::Paused
    );
}
