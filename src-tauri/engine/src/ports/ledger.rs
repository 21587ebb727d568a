use async_trait::async_trait;
use evergrant_domain::{
    AccountId, ClientKey, Fault, Person, ScopeSet, Timestamp, lifecycle::Standing, provider::ProviderId,
};

/// What is known of an account, none of it secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: AccountId,
    pub provider: ProviderId,
    /// The client the grant was given to; a refresh token serves no other.
    pub client_id: String,
    pub person: Person,
    pub asked: ScopeSet,
    /// As the provider last answered.
    pub granted: ScopeSet,
    pub standing: Standing,
    pub connected_since: Timestamp,
    /// The last time the provider confirmed the grant.
    pub last_checked: Option<Timestamp>,
    /// When the grant ends by itself, where the provider said so.
    pub grant_ends_at: Option<Timestamp>,
    /// Consents given to this client so far; Google keeps 100 refresh tokens alive.
    pub consents: u32,
    /// When the newest consent was given; `connected_since` is that of the first.
    pub consented_at: Timestamp,
    /// The last time a program was given a lease, give or take an hour.
    pub last_used: Option<Timestamp>,
    /// When the account stopped, while it is stopped.
    pub stopped_at: Option<Timestamp>,
    /// The provider has changed the refresh token at a refresh before.
    pub rotates: bool,
}

/// What is known of a client that a person imported, none of it secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    pub provider: ProviderId,
    pub client_id: String,
    /// The project that it belongs to at the provider, as its file said.
    pub project: Option<String>,
    /// What the person calls it.
    pub name: Option<String>,
    /// When its file was last read; 1970 where that is not known.
    pub imported_at: Timestamp,
}

impl ClientRow {
    pub fn key(&self) -> ClientKey {
        ClientKey::of(&self.provider, &self.client_id)
    }

    /// Whether what names its client so is of this one.
    pub fn is(&self, provider: &ProviderId, client_id: &str) -> bool {
        self.provider == *provider && self.client_id == client_id
    }

    /// What to call it on screen: as the person does, else by its project, else by the number of that.
    pub fn label(&self) -> &str {
        let given = self.name.as_deref().or(self.project.as_deref());
        given.unwrap_or_else(|| self.beginning())
    }

    /// The number of its project, with which Google begins its ids: `100000000001-….apps.googleusercontent.com`.
    pub fn project_number(&self) -> Option<&str> {
        let number = self.beginning();
        let whole = !number.is_empty() && number.len() < self.client_id.len();
        (whole && number.bytes().all(|letter| letter.is_ascii_digit())).then_some(number)
    }

    fn beginning(&self) -> &str {
        self.client_id.split(['-', '.']).next().unwrap_or_default()
    }
}

/// The durable list of accounts and of imported clients. A call that returned is on the disk.
///
/// Faults: `DiskFull`, `LedgerFailed`.
#[async_trait]
pub trait Ledger: Send + Sync {
    async fn rows(&self) -> Result<Vec<Row>, Fault>;
    /// Inserts or replaces the row with this id.
    async fn save(&self, row: &Row) -> Result<(), Fault>;
    /// Removes a row; fine when there is none.
    async fn remove(&self, id: &AccountId) -> Result<(), Fault>;
    /// Every client that was imported, side by side.
    async fn clients(&self) -> Result<Vec<ClientRow>, Fault>;
    /// One of them.
    async fn client(&self, key: &ClientKey) -> Result<Option<ClientRow>, Fault> {
        let clients = self.clients().await?;
        Ok(clients.into_iter().find(|client| client.key() == *key))
    }
    /// Inserts or replaces the client with this provider and id.
    async fn save_client(&self, client: &ClientRow) -> Result<(), Fault>;
    /// Removes a client; fine when there is none.
    async fn remove_client(&self, client: &ClientRow) -> Result<(), Fault>;
    /// A small setting, such as the answer to a question asked once.
    async fn setting(&self, name: &str) -> Result<Option<String>, Fault>;
    /// An empty value takes it back.
    async fn set_setting(&self, name: &str, value: &str) -> Result<(), Fault>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_id_of_google_begins_with_its_project() {
        for (id, number) in [
            (
                "100000000001-abc.apps.googleusercontent.com",
                Some("100000000001"),
            ),
            ("100000000001.apps.googleusercontent.com", Some("100000000001")),
            ("100000000001", None),
            ("-abc.apps.googleusercontent.com", None),
            ("1x-abc.apps.googleusercontent.com", None),
            ("mine", None),
            ("", None),
        ] {
            let client = ClientRow {
                provider: ProviderId::parse("google").expect("a name"),
                client_id: id.to_owned(),
                project: None,
                name: None,
                imported_at: Timestamp(0),
            };
            assert_eq!(client.project_number(), number, "{id}");
        }
    }
}
