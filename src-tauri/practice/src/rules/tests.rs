//! The rules without a socket: a state, a time, and what follows.

use super::{
    access::{self, Issued},
    authorize::{Attempt, read},
    codes::{self, Exchange},
    endings, refresh,
    refusal::Refusal,
    steps::{self, Step},
};
use crate::{
    chance::Chance,
    clock::{DAY, HOUR, Moment},
    parameters::Parameters,
    people::CLIENT_ID,
    scopes::Scopes,
    state::{State, Status},
};

const START: Moment = 1_800_000_000;
const REDIRECT: &str = "http://127.0.0.1:9/callback";

struct Life {
    state: State,
    chance: Chance,
    now: Moment,
}

impl Life {
    fn new() -> Self {
        Self {
            state: State::new(),
            chance: Chance::from_seed(Some(1)),
            now: START,
        }
    }

    /// Signs in as Alice, agreeing to everything.
    fn sign_in(&mut self, scope: &str, prompt: &str) -> Issued {
        self.state.project.require_s256 = false;
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("client_id", CLIENT_ID),
                ("redirect_uri", REDIRECT),
                ("response_type", "code"),
                ("scope", &in_full(scope)),
                ("access_type", "offline"),
                ("prompt", prompt),
                ("login_hint", "Alice@example.com"),
            ])
            .finish();
        let request = read(&self.state, &Parameters::read(Some(&query), None)).expect("the request is right");
        let mut attempt = Attempt::new(request, self.now);
        attempt.agreed_to_sign_in = true;
        attempt.agreed_to_access = Some(attempt.request.scopes.access());
        let Step::Finish(agreement) = steps::next(&self.state, &attempt) else {
            panic!("everything is agreed to");
        };
        let code = codes::issue(
            &mut self.state,
            &attempt.request,
            &agreement,
            self.now,
            &mut self.chance,
        );
        self.redeem(&code).expect("the code is fresh")
    }

    fn redeem(&mut self, code: &str) -> Result<Issued, Refusal> {
        let exchange = Exchange {
            client_id: CLIENT_ID,
            code,
            redirect_uri: REDIRECT,
            verifier: None,
        };
        codes::redeem(&mut self.state, &exchange, self.now, &mut self.chance)
    }

    fn refresh(&mut self, token: &str) -> Result<Issued, Refusal> {
        refresh::refresh(
            &mut self.state,
            CLIENT_ID,
            token,
            None,
            self.now,
            &mut self.chance,
        )
    }
}

/// Google's long names for the short ones that read better here.
fn in_full(scopes: &str) -> String {
    let long = |scope: &str| match scope {
        "openid" | "email" | "profile" => scope.to_owned(),
        short => format!("https://www.googleapis.com/auth/{short}"),
    };
    scopes.split(' ').map(long).collect::<Vec<_>>().join(" ")
}

fn token(issued: Issued) -> String {
    issued.refresh_token.expect("a consent screen was shown")
}

#[test]
fn without_a_consent_screen_there_is_no_refresh_token() {
    let mut life = Life::new();
    assert!(
        life.sign_in("openid drive.file", "consent")
            .refresh_token
            .is_some()
    );
    assert!(life.sign_in("openid drive.file", "").refresh_token.is_none());
    assert!(
        life.sign_in("openid drive.file", "consent")
            .refresh_token
            .is_some()
    );
}

#[test]
fn the_101st_token_ends_the_oldest_and_no_other() {
    let mut life = Life::new();
    let tokens: Vec<String> = (0..101)
        .map(|_| token(life.sign_in("openid", "consent")))
        .collect();
    assert_eq!(
        life.refresh(&tokens[0]).err(),
        Some(Refusal::expired_or_revoked())
    );
    for kept in &tokens[1..] {
        assert!(life.refresh(kept).is_ok());
    }
}

#[test]
fn testing_ends_on_the_seventh_day_but_not_for_a_mere_sign_in() {
    let mut life = Life::new();
    life.state.project.status = Status::Testing;
    let issued = life.sign_in("openid drive.file", "consent");
    assert_eq!(issued.refresh_token_expires_in, Some(604_799));
    let drive = token(issued);
    let plain = token(life.sign_in("openid email profile", "consent"));
    life.now += 7 * DAY - 1;
    assert!(life.refresh(&drive).is_ok());
    life.now += 1;
    assert_eq!(life.refresh(&drive).err(), Some(Refusal::expired_or_revoked()));
    assert!(life.refresh(&plain).is_ok());
}

#[test]
fn six_months_unused_end_a_token_and_each_use_starts_them_again() {
    let mut life = Life::new();
    let used = token(life.sign_in("openid", "consent"));
    let unused = token(life.sign_in("openid", "consent"));
    life.now += 150 * DAY;
    assert!(life.refresh(&used).is_ok());
    life.now += 40 * DAY;
    assert!(life.refresh(&used).is_ok());
    assert!(life.refresh(&unused).is_err());
}

#[test]
fn a_dead_token_is_remembered_for_twelve_hours() {
    let mut life = Life::new();
    let dead = token(life.sign_in("openid", "consent"));
    endings::revoke(&mut life.state, &dead, life.now).expect("it is alive");
    life.now += 12 * HOUR - 1;
    assert_eq!(life.refresh(&dead).err(), Some(Refusal::expired_or_revoked()));
    life.now += 1;
    assert_eq!(life.refresh(&dead).err(), Some(Refusal::bad_request()));
}

#[test]
fn revoking_an_old_token_ends_the_new_one_too() {
    let mut life = Life::new();
    let old = token(life.sign_in("openid", "consent"));
    let issued = life.sign_in("openid drive.file", "consent");
    let access_token = issued.access_token.clone();
    let new = token(issued);
    endings::revoke(&mut life.state, &old, life.now).expect("it is alive");
    assert!(life.refresh(&new).is_err());
    assert!(access::check(&life.state, &access_token, life.now).is_none());
    assert!(
        endings::revoke(&mut life.state, &new, life.now).is_err(),
        "it is already gone"
    );
}

#[test]
fn a_delayed_revocation_leaves_the_token_alive_meanwhile() {
    let mut life = Life::new();
    life.state.project.revoke_delay_seconds = 60;
    let token = token(life.sign_in("openid", "consent"));
    endings::revoke(&mut life.state, &token, life.now).expect("it is alive");
    life.now += 59;
    assert!(life.refresh(&token).is_ok());
    life.now += 1;
    assert!(life.refresh(&token).is_err());
}

#[test]
fn a_new_password_ends_only_tokens_that_reach_mail() {
    let mut life = Life::new();
    let mail = token(life.sign_in("openid gmail.send", "consent"));
    let drive = token(life.sign_in("openid drive.file", "consent"));
    let sub = life.state.people[0].sub.clone();
    endings::change_password(&mut life.state, &sub, life.now);
    assert_eq!(life.refresh(&mail).err(), Some(Refusal::expired_or_revoked()));
    assert!(life.refresh(&drive).is_ok());
}

#[test]
fn a_code_lives_ten_minutes_and_once() {
    let mut life = Life::new();
    life.sign_in("openid", "consent");
    let fingerprints: Vec<_> = life.state.codes.values().map(|code| code.used).collect();
    assert_eq!(fingerprints, [true]);
    life.now += codes::CODE_LIFETIME;
    codes::forget_old(&mut life.state, life.now);
    assert!(life.state.codes.is_empty());
}

#[test]
fn a_rotated_token_used_again_ends_its_family_where_reuse_is_noticed() {
    let mut life = Life::new();
    life.state.project.rotates = true;
    life.state.project.reuse_detection = true;
    let first = token(life.sign_in("openid", "consent"));
    let second = token(life.refresh(&first).expect("it is alive"));
    assert!(life.refresh(&first).is_err(), "it was rotated");
    assert!(life.refresh(&second).is_err(), "its family ended");
}

#[test]
fn a_refresh_narrows_but_never_widens() {
    let mut life = Life::new();
    let token = token(life.sign_in("openid drive.file gmail.send", "consent"));
    let mut ask = |text: &str| {
        let asked = Scopes::parse(&in_full(text));
        refresh::refresh(
            &mut life.state,
            CLIENT_ID,
            &token,
            Some(&asked),
            life.now,
            &mut life.chance,
        )
    };
    assert_eq!(
        ask("drive.file").expect("it is held").scopes,
        Scopes::parse(&in_full("drive.file"))
    );
    assert_eq!(
        ask("calendar").err().map(|refusal| refusal.error),
        Some("invalid_scope".to_owned())
    );
}
