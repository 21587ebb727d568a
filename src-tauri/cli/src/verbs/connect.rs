use std::time::{Duration, Instant};

use evergrant_protocol::client::{Client, Method, quoted};
use evergrant_protocol::command::{self, Attempt};
use evergrant_words::say;
use serde::de::IgnoredAny;

use super::interrupt::Interrupt;
use crate::arguments::{self, Permission};
use crate::exit::Exit;
use crate::reach::SHORT;
use crate::stop::Stop;
use crate::voice;

const ATTEMPT: &str = "/v1/command/attempt";
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// Longer than an attempt may take, its saving included.
const WITHIN: Duration = Duration::from_secs(15 * 60);

/// Begins an attempt, shows the link where no browser is opened, and follows it until it ends.
pub fn connect(client: &mut Client, wish: &arguments::Connect, json: bool) -> Result<(), Stop> {
    let interrupt = Interrupt::listen();
    let request = command::Connect {
        provider: None,
        account: wish.account.clone(),
        permissions: wish
            .permissions
            .iter()
            .copied()
            .map(Permission::as_str)
            .map(str::to_owned)
            .collect(),
        scopes: wish.scopes.clone(),
        browser: !wish.no_browser,
    };
    let _: IgnoredAny = client.ask(Method::Post, "/v1/command/connect", Some(&request), SHORT)?;
    let followed = follow(client, wish, json, &interrupt);
    if followed.is_err() {
        // It ended already, or is given up; then nothing stays half done.
        let _ = client.ask::<IgnoredAny>(Method::Delete, ATTEMPT, None::<&()>, SHORT);
    }
    followed
}

fn follow(
    client: &mut Client,
    wish: &arguments::Connect,
    json: bool,
    interrupt: &Interrupt,
) -> Result<(), Stop> {
    let until = Instant::now() + WITHIN;
    let mut shown: Option<Attempt> = None;
    while Instant::now() < until && !interrupt.came() {
        let attempt: Attempt = client.ask(Method::Get, ATTEMPT, None::<&()>, SHORT)?;
        if shown.as_ref() != Some(&attempt) {
            show(&attempt, shown.as_ref(), wish, json)?;
        }
        if let Some(end) = end(&attempt) {
            return end;
        }
        shown = Some(attempt);
        interrupt.pause(LOOK_AGAIN);
    }
    Err(cancelled())
}

/// Whether and how the attempt ended. What could not be saved ends it too: nobody here can mend that meanwhile.
fn end(attempt: &Attempt) -> Option<Result<(), Stop>> {
    match attempt.step.as_str() {
        "connected" => Some(Ok(())),
        "failed" | "not_saved" => Some(Err(attempt.fault.clone().map_or_else(cancelled, Stop::from))),
        "none" => Some(Err(cancelled())),
        _ => None,
    }
}

fn cancelled() -> Stop {
    Stop::said(
        Exit::Refused,
        say("cli.connect.cancelled.what", &[]),
        say("cli.connect.cancelled.todo", &[]),
    )
}

fn show(
    attempt: &Attempt,
    before: Option<&Attempt>,
    wish: &arguments::Connect,
    json: bool,
) -> Result<(), Stop> {
    if json {
        return voice::json(attempt);
    }
    let known = before.and_then(|before| before.link.as_ref());
    if let Some(link) = attempt.link.as_ref().filter(|link| known != Some(link)) {
        if wish.no_browser {
            voice::remark(&say("cli.connect.open_link", &[]));
            voice::line(link)?;
            if let Some(port) = port(link) {
                voice::remark(&say("cli.connect.elsewhere", &[("port", port)]));
            }
        } else {
            voice::remark(&say("cli.connect.in_browser", &[]));
        }
    }
    match &attempt.email {
        Some(email) if attempt.step == "connected" => {
            voice::line(&say("notice.connected", &[("email", email)]))
        }
        _ => Ok(()),
    }
}

/// The port of this computer to which the browser will be sent back (RFC 8252 7.3).
fn port(link: &str) -> Option<&str> {
    let start = quoted("http://127.0.0.1:");
    let after = link.split_once(&format!("redirect_uri={start}"))?.1;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    Some(&after[..digits]).filter(|port| !port.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_to_forward_is_read_from_the_link() {
        let link = "https://accounts.google.com/o?client_id=a&redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2Fx&state=b";
        assert_eq!(port(link), Some("40123"));
        assert_eq!(
            port("https://accounts.google.com/o?redirect_uri=https%3A%2F%2Fevil"),
            None
        );
    }
}
