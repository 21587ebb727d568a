use std::io::{self, IsTerminal};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use evergrant_protocol::client::{Client, Method, Refusal};
use evergrant_protocol::{TokenAnswer, TokenRequest};
use evergrant_words::say;

use crate::arguments::{Format, Token};
use crate::format;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;

/// Seconds for a person who sits at this terminal.
const WAIT_HERE: u32 = 120;
/// Seconds where a program asks, such as a mailer: the person may sit elsewhere, and the program not wait longer.
const WAIT_ELSEWHERE: u32 = 60;
/// Longer than most answers take.
const HINT_AFTER: Duration = Duration::from_secs(2);

pub fn print(client: &mut Client, wish: &Token, form: Format) -> Result<(), Stop> {
    let here = io::stderr().is_terminal();
    let wait = wish.wait.unwrap_or(if here { WAIT_HERE } else { WAIT_ELSEWHERE });
    let request = TokenRequest {
        account: wish.account.clone(),
        scopes: (!wish.scopes.is_empty()).then(|| wish.scopes.clone()),
        min_valid_seconds: wish.min_valid,
        reason: wish.reason.clone(),
        wait_seconds: Some(wait),
    };
    let hint = (here && wait > 0).then(Hint::begin);
    let answer = ask(client, &request);
    drop(hint);
    voice::text(&format::token(&answer?, form)?)
}

/// Tells the person at the terminal where to look, once an answer takes as long as a question does. It is
/// asked once only: a question that is asked without waiting would stay after Ctrl-C.
struct Hint {
    /// Ends the waiting when it is dropped.
    _answered: Sender<()>,
}

impl Hint {
    fn begin() -> Self {
        let (answered, listening) = channel();
        thread::spawn(move || {
            if listening.recv_timeout(HINT_AFTER) == Err(RecvTimeoutError::Timeout) {
                voice::remark(&say("cli.waiting", &[]));
            }
        });
        Self { _answered: answered }
    }
}

/// A token, as soon as there is one; as long as a person and the provider may take.
pub fn ask(client: &mut Client, request: &TokenRequest) -> Result<TokenAnswer, Refusal> {
    let wait = Duration::from_secs(request.wait_seconds.unwrap_or_default().into());
    client.ask(Method::Post, "/v1/token", Some(request), wait + LONG)
}
