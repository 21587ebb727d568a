use evergrant_engine::ports::Connection;

/// How this computer is connected, as far as the system can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    Offline,
    /// Behind a login page of the network.
    LoginPage,
    Metered,
    Online,
}

impl Situation {
    /// What that means for work that can wait. Behind a login page trying shows it.
    pub const fn connection(self) -> Connection {
        match self {
            Self::Offline => Connection::Offline,
            Self::Metered => Connection::Metered,
            Self::LoginPage | Self::Online => Connection::Online,
        }
    }
}
