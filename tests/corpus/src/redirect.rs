//! The redirect listener: what anybody on this computer, or any web page, may send it.
//!
//! The input is served by two attempts: one whose `state` stands in the seeds, and one whose `state` is made
//! from the input, so that it cannot stand in it. Pieces between bytes 0xff are connections.

use std::hash::{DefaultHasher, Hash, Hasher};

use evergrant_adapters::redirect::{Pages, PortlessRedirect, Words};
use evergrant_domain::consent::callback::Expected;
use evergrant_domain::secret::State;
use evergrant_engine::ports::Ending;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::runtime::Builder;

use crate::{answers, pieces};

const PORT: u16 = 40_123;
const PATH: &str = "/Zm9vYmFyYmF6cXV4";
const STATE: &str = "c3RhdGUtb2YtdGhlLXNlZWRz";
const ISSUER: &str = "https://accounts.google.com";

/// Never a panic, never a wait without end, every answer is one of the listener's own; nothing is accepted
/// without the attempt's own `state`.
pub fn redirect(bytes: &[u8]) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        if attempt(bytes, STATE).await {
            assert!(
                pieces(bytes).any(is_rightful),
                "accepted without the right state, or code"
            );
        }
        assert!(!attempt(bytes, &unknowable(bytes)).await, "accepted a guess");
    });
}

fn unknowable(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Whether the attempt was answered.
async fn attempt(bytes: &[u8], state: &str) -> bool {
    let expected = Expected {
        state: State::new(state),
        issuer: ISSUER.into(),
    };
    let pages = pages();
    let mut redirect = PortlessRedirect::new(&pages, PORT, PATH, expected);
    let mut answered = false;
    for (place, sent) in pieces(bytes).take(4).enumerate() {
        connection(&redirect, sent).await;
        if let Some(answer) = redirect.answer() {
            assert!(!answered, "an attempt is answered once");
            answered = true;
            let ending = if answer.is_ok() {
                Ending::Connected
            } else {
                Ending::Denied
            };
            // Known at once, or only when the browser waits no more.
            if place % 2 == 0 {
                redirect.conclude(ending);
            }
        }
    }
    answered
}

async fn connection(redirect: &PortlessRedirect, sent: &[u8]) {
    let (mut ours, mut theirs) = duplex(64 * 1024);
    let serving = async {
        redirect.converse(&mut theirs).await;
        drop(theirs);
    };
    let asking = async {
        let mut heard = Vec::new();
        // Closed early by the listener where it has read enough.
        let _ = ours.write_all(sent).await;
        ours.read_to_end(&mut heard).await.expect("in memory");
        heard
    };
    let ((), heard) = tokio::join!(serving, asking);
    let answers = answers::all(&heard, []);
    assert!(answers.len() <= 1, "one request, one answer");
    for answer in &answers {
        judge(answer);
    }
}

fn judge(answer: &answers::Answer) {
    assert!(matches!(answer.status, 200 | 303 | 400 | 404 | 405 | 431));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("connection", "close"),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'"));
    let onward = answer.status == 303;
    assert_eq!(
        answer.header("location"),
        onward.then_some("/Zm9vYmFyYmF6cXV4/done")
    );
    let body = str::from_utf8(&answer.body).expect("text");
    let ours = ["done", "denied", "failed", "waiting", "stray"]
        .iter()
        .any(|page| body.contains(&format!("<p>{page}</p>")));
    assert!(ours != onward, "a page of ours, or none on the way to one");
    assert!(
        !body.contains("code=") && !body.contains(STATE),
        "it repeats what was sent"
    );
}

/// By the word of another reader of addresses: the right place, the right state once, and an answer.
fn is_rightful(sent: &[u8]) -> bool {
    let line = sent.split(|byte| *byte == b'\n').find(|line| line.len() > 1);
    let line = String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
    let Some(target) = line.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()) else {
        return false;
    };
    let Some((PATH, query)) = target.split_once('?') else {
        return false;
    };
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let states: Vec<_> = pairs.iter().filter(|(name, _)| name == "state").collect();
    let answers = pairs.iter().any(|(name, value)| {
        name == "error" || name == "code" && !value.is_empty() || name == "iss" && value != ISSUER
    });
    matches!(states[..], [(_, value)] if value == STATE) && answers
}

fn pages() -> Pages {
    let words = |text: &str| Words {
        title: "Evergrant".into(),
        text: text.into(),
    };
    Pages {
        language: "en",
        right_to_left: false,
        done: words("done"),
        denied: words("denied"),
        failed: words("failed"),
        waiting: words("waiting"),
        stray: words("stray"),
    }
}
