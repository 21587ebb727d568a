use async_trait::async_trait;
use evergrant_domain::{AuthorizationCode, Fault, consent::callback::Expected};

/// Opens listeners for the consent's answer on the loopback interface (RFC 8252 7.3).
#[async_trait]
pub trait Redirects: Send + Sync {
    /// Binds a free port and starts to listen.
    ///
    /// # Errors
    /// `ListenerUnavailable`.
    async fn listen(&self, expected: Expected) -> Result<Box<dyn Redirect>, Fault>;
}

/// One listener. Dropping it closes the port.
#[async_trait]
pub trait Redirect: Send + Sync {
    /// The `redirect_uri` of this listener, sent with the consent and again with the code.
    fn uri(&self) -> String;

    /// Waits for the first answer that counts. Strays are answered and do not end it. The caller
    /// bounds the wait; dropping the future loses nothing, and it may be called again.
    async fn answer(&mut self) -> Result<AuthorizationCode, Fault>;

    /// Tells the browser how it ended, and closes within seconds.
    async fn conclude(self: Box<Self>, ending: Ending);
}

/// What the browser's last page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Only once the grant is stored.
    Connected,
    Denied,
    /// Back to the program, which says what to do.
    Failed,
}
