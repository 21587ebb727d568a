use evergrant_domain::{
    AccessToken, Grant, Lease, Moment, Person, RefreshToken, Scope, ScopeSet, Subject, time::Seconds,
};

/// The issuer of everybody the fakes know.
pub const ISSUER: &str = "https://issuer.example";
/// As long as Google's access tokens live.
const LIFETIME: i64 = 3_599;

pub fn subject(sub: &str) -> Subject {
    Subject {
        issuer: ISSUER.into(),
        sub: sub.into(),
    }
}

pub fn person(sub: &str) -> Person {
    Person {
        subject: subject(sub),
        email: Some(format!("{sub}@example.com")),
        name: None,
        picture: None,
        organisation: None,
    }
}

/// A lease with this token, good for an hour from `now`.
pub fn lease(token: &str, now: Moment) -> Lease {
    Lease {
        token: AccessToken::new(token),
        ends: now + Seconds(LIFETIME),
        scopes: ScopeSet::parse(&format!("{} {} {}", Scope::OPENID, Scope::EMAIL, Scope::PROFILE)),
    }
}

/// What a consent of this person brings, with or without a refresh token.
pub fn grant(sub: &str, refresh_token: Option<&str>, now: Moment) -> Grant {
    let lease = lease(&format!("ya29.consent-{sub}"), now);
    Grant {
        person: person(sub),
        granted: lease.scopes.clone(),
        refresh_token: refresh_token.map(RefreshToken::new),
        lease,
        ends_at: None,
    }
}
