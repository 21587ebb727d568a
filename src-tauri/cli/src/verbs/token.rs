use std::io::{self, IsTerminal};
use std::time::Duration;

use evergrant_protocol::client::{Client, Method, Refusal};
use evergrant_protocol::{Problem, ProblemCode, TokenAnswer, TokenRequest};

use crate::arguments::{Format, Token};
use crate::format;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;

/// Seconds for a person who sits at this terminal.
const WAIT_HERE: u32 = 120;
/// Seconds where a program asks, such as a mailer: the person may sit elsewhere, and the program not wait longer.
const WAIT_ELSEWHERE: u32 = 60;

pub fn print(client: &mut Client, wish: &Token, form: Format) -> Result<(), Stop> {
    let here = io::stderr().is_terminal();
    let wait = wish.wait.unwrap_or(if here { WAIT_HERE } else { WAIT_ELSEWHERE });
    let mut request = TokenRequest {
        account: wish.account.clone(),
        scopes: (!wish.scopes.is_empty()).then(|| wish.scopes.clone()),
        min_valid_seconds: wish.min_valid,
        reason: wish.reason.clone(),
        wait_seconds: Some(wait),
    };
    let answer = if here && wait > 0 {
        told_meanwhile(client, &mut request, wait)?
    } else {
        ask(client, &request)?
    };
    voice::text(&format::token(&answer, form)?)
}

/// Asks without waiting first, so that the person at the terminal learns that there is a question to answer.
fn told_meanwhile(client: &mut Client, request: &mut TokenRequest, wait: u32) -> Result<TokenAnswer, Stop> {
    request.wait_seconds = Some(0);
    match ask(client, request) {
        Err(Refusal::Problem(problem)) if is_pending(&problem) => {
            voice::complain(&problem.title, None, None);
            request.wait_seconds = Some(wait);
            Ok(ask(client, request)?)
        }
        answered => Ok(answered?),
    }
}

fn is_pending(problem: &Problem) -> bool {
    problem.code == ProblemCode::ApprovalPending.as_str()
}

/// A token, as soon as there is one; as long as a person and the provider may take.
pub fn ask(client: &mut Client, request: &TokenRequest) -> Result<TokenAnswer, Refusal> {
    let wait = Duration::from_secs(request.wait_seconds.unwrap_or_default().into());
    client.ask(Method::Post, "/v1/token", Some(request), wait + LONG)
}
