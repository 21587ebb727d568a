//! Everything that goes over the socket as JSON, both ways.

use std::fmt::Debug;

use evergrant_protocol::{
    AccountList, AskGrants, GrantList, Problem, Report, Reported, Status, TokenAnswer, TokenRequest, command,
};
use serde::{Serialize, de::DeserializeOwned};

/// What is understood is said again in the same sense.
pub fn wire(bytes: &[u8]) {
    same::<TokenRequest>(bytes);
    same::<AskGrants>(bytes);
    same::<Report>(bytes);
    same::<Reported>(bytes);
    same::<Status>(bytes);
    same::<AccountList>(bytes);
    same::<GrantList>(bytes);
    same::<Problem>(bytes);
    same::<command::Connect>(bytes);
    same::<command::Attempt>(bytes);
    same::<command::OneAccount>(bytes);
    same::<command::Disconnect>(bytes);
    same::<command::Outcome>(bytes);
    same::<command::ProgramList>(bytes);
    same::<command::Allow>(bytes);
    same::<command::Pause>(bytes);
    same::<command::LogPage>(bytes);
    same::<command::History>(bytes);
    same::<command::Examination>(bytes);
    token(bytes);
}

fn same<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(bytes) else {
        return;
    };
    let said = serde_json::to_vec(&read).expect("it has a form in JSON");
    let again: T = serde_json::from_slice(&said).expect("what was said is understood");
    assert_eq!(again, read);
}

/// An answer with a token shows it to nobody who prints it.
fn token(bytes: &[u8]) {
    if let Ok(answer) = serde_json::from_slice::<TokenAnswer>(bytes) {
        assert!(format!("{answer:?}").contains("access_token: AccessToken(…)"));
    }
}
