/// A provider's endpoints, as classification and events name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    Discovery,
    Keys,
    /// The token endpoint with a code (RFC 6749 4.1.3).
    TokenCode,
    /// The token endpoint with a refresh token (RFC 6749 6).
    TokenRefresh,
    Revocation,
    Userinfo,
    Api,
    Picture,
}

impl Endpoint {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Keys => "keys",
            Self::TokenCode => "token.code",
            Self::TokenRefresh => "token.refresh",
            Self::Revocation => "revocation",
            Self::Userinfo => "userinfo",
            Self::Api => "api",
            Self::Picture => "picture",
        }
    }

    /// Where OAuth's own error words mean what RFC 6749 5.2 says; elsewhere they are an API's.
    pub const fn speaks_oauth(self) -> bool {
        matches!(self, Self::TokenCode | Self::TokenRefresh | Self::Revocation)
    }

    /// Where a page for people is no answer, however it is called.
    pub(super) const fn answers_in_json(self) -> bool {
        !matches!(self, Self::Picture)
    }
}
