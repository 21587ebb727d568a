//! A row of the ledger as JSON.

use evergrant_domain::{AccountId, Person, ScopeSet, Subject, Timestamp, provider::ProviderId};
use evergrant_engine::ports::Row;
use serde::{Deserialize, Serialize};

use crate::ledger::row::{standing, standing_text};

/// The fields under the names that the ledger's table gives them. Moments are seconds since 1970.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    id: String,
    provider: String,
    client_id: String,
    issuer: String,
    sub: String,
    email: Option<String>,
    name: Option<String>,
    picture: Option<String>,
    organisation: Option<String>,
    asked: String,
    granted: String,
    standing: String,
    connected_since: i64,
    last_checked: Option<i64>,
    grant_ends_at: Option<i64>,
    consents: u32,
    consented_at: i64,
    last_used: Option<i64>,
    stopped_at: Option<i64>,
    rotates: bool,
}

impl From<&Row> for Written {
    fn from(row: &Row) -> Self {
        let seconds = |moment: Option<Timestamp>| moment.map(|moment| moment.0);
        let Person {
            subject,
            email,
            name,
            picture,
            organisation,
        } = row.person.clone();
        Self {
            id: row.id.as_str().to_owned(),
            provider: row.provider.as_str().to_owned(),
            client_id: row.client_id.clone(),
            issuer: subject.issuer,
            sub: subject.sub,
            email,
            name,
            picture,
            organisation,
            asked: row.asked.joined(),
            granted: row.granted.joined(),
            standing: standing_text(row.standing),
            connected_since: row.connected_since.0,
            last_checked: seconds(row.last_checked),
            grant_ends_at: seconds(row.grant_ends_at),
            consents: row.consents,
            consented_at: row.consented_at.0,
            last_used: seconds(row.last_used),
            stopped_at: seconds(row.stopped_at),
            rotates: row.rotates,
        }
    }
}

impl Written {
    /// `None` where a name in it makes no sense.
    pub(super) fn read(self) -> Option<Row> {
        let moment = |seconds: Option<i64>| seconds.map(Timestamp);
        Some(Row {
            id: AccountId::parse(&self.id)?,
            provider: ProviderId::parse(&self.provider)?,
            client_id: self.client_id,
            person: Person {
                subject: Subject {
                    issuer: self.issuer,
                    sub: self.sub,
                },
                email: self.email,
                name: self.name,
                picture: self.picture,
                organisation: self.organisation,
            },
            asked: ScopeSet::parse(&self.asked),
            granted: ScopeSet::parse(&self.granted),
            standing: standing(&self.standing)?,
            connected_since: Timestamp(self.connected_since),
            last_checked: moment(self.last_checked),
            grant_ends_at: moment(self.grant_ends_at),
            consents: self.consents,
            consented_at: Timestamp(self.consented_at),
            last_used: moment(self.last_used),
            stopped_at: moment(self.stopped_at),
            rotates: self.rotates,
        })
    }
}
