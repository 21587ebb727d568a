//! The test a person asks for: a fresh refresh, then who-am-I, then one cheap call for each API.

use evergrant_domain::{Api, Code, Fault, Lease, Person, ScopeSet, lifecycle::Freshness};

use super::handle::AccountHandle;
use super::tasks::{Done, Subject};
use crate::event::{Check, TestLine};
use crate::ports::ProbeAnswer;

pub(crate) async fn examine(account: AccountHandle, subject: Subject) -> Done {
    // A person waits for this, and may be asked to unlock.
    let lease = match subject.world.vault.ready().await {
        Ok(()) => account.lease(&ScopeSet::default(), Freshness::New).await,
        Err(fault) => Err(fault),
    };
    let lease = match lease {
        Ok(lease) => lease,
        Err(fault) => return Done::Examined(vec![line(Check::SignIn, Err(fault))], None),
    };
    let mut lines = vec![line(Check::SignIn, Ok(ProbeAnswer::Works))];
    let expected = &account.status().row.person;
    let person = who(&subject, &lease, expected).await;
    lines.push(line(
        Check::Identity,
        person.as_ref().map(|_| ProbeAnswer::Works).map_err(Clone::clone),
    ));
    for api in testable(&subject, &lease.scopes) {
        let answer = subject.provider.port.probe(api, &lease.token).await;
        lines.push(line(Check::Api(api), answer));
    }
    Done::Examined(lines, person.ok())
}

async fn who(subject: &Subject, lease: &Lease, expected: &Person) -> Result<Person, Fault> {
    let person = subject.provider.port.person(&lease.token).await?;
    if person.subject == expected.subject {
        Ok(person)
    } else {
        Err(Code::IdentityUnproven.into())
    }
}

fn testable(subject: &Subject, scopes: &ScopeSet) -> Vec<Api> {
    let mut apis = Api::opened_with(scopes);
    apis.retain(|api| subject.provider.spec.probe(*api).is_some());
    apis
}

fn line(check: Check, result: Result<ProbeAnswer, Fault>) -> TestLine {
    TestLine { check, result }
}
