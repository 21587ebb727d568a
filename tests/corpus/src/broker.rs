//! The broker behind a real socket: the first byte sets the scene, the rest is what a program sends.
//!
//! The clock is tokio's own and runs ahead whenever everybody waits: a wait that has no end ends the test.

mod house;
mod scene;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use evergrant_broker::door::{Limits, Reception, serve_one};
use evergrant_broker::witness::{Caller, Peer, Unseen, Witness};
use evergrant_protocol::{Problem, ProblemCode};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::runtime::Builder;
use tokio::time::{Instant, timeout};

use crate::answers::{self, Answer};
use house::{NARROW_TOKEN, REFRESH_TOKEN, WIDE_TOKEN};
use scene::{ANOTHERS_GRANT, Scene};

/// A request may wait for a person, then for the provider, and be slow in coming.
const EACH: Duration = Duration::from_secs(300 + 60 + 10);
/// An idle connection is closed after that.
const IDLE: Duration = Duration::from_secs(610);

/// Never a panic, never a wait without end; every request that came whole is answered, well-formed; no
/// answer holds a secret of the house, or more than this program was granted.
pub fn broker(bytes: &[u8]) {
    let Some((scene, sent)) = bytes.split_first() else {
        return;
    };
    let scene = Scene(*scene);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let (heard, methods) = runtime.block_on(conversation(scene, sent));
    let answers = answers::all(&heard, methods.iter().map(String::as_str));
    assert!(answers.len() >= methods.len(), "a request was not answered");
    // What cannot be read as a request at all is answered too, once, and ends the connection.
    assert!(answers.len() <= methods.len() + 1, "more answers than requests");
    if first_is_whole(sent) {
        assert!(!answers.is_empty(), "a whole request was not answered");
    }
    for (place, answer) in answers.iter().enumerate() {
        well_formed(answer, methods.get(place).is_some_and(|method| method != "HEAD"));
    }
    nothing_leaks(scene, sent, &heard);
}

/// What was heard until the broker hung up, and the methods of the requests that reached it.
async fn conversation(scene: Scene, sent: &[u8]) -> (Vec<u8>, Vec<String>) {
    let begin = Instant::now();
    let (mut ours, theirs) = UnixStream::pair().expect("a pair of sockets");
    let reception = Arc::new(Counting {
        broker: scene.broker().await,
        methods: Mutex::default(),
    });
    let witness = Arc::new(Told(scene));
    let serving = serve_one(theirs, witness, Arc::clone(&reception) as _, Limits::default());
    let asking = async {
        let (mut ears, mut mouth) = ours.split();
        let mut heard = Vec::new();
        // The mouth stays open: who closes it hangs up on the answers.
        let speaking = async { drop(mouth.write_all(sent).await) };
        let hearing = async { drop(ears.read_to_end(&mut heard).await) };
        tokio::join!(speaking, hearing);
        heard
    };
    let both = async { tokio::join!(serving, asking) };
    let day = Duration::from_secs(24 * 3600);
    let (served, heard) = timeout(day, both).await.expect("a connection without end");
    served.expect("the system says who is there");
    let methods = std::mem::take(&mut *reception.methods.lock().expect("no panic"));
    let most = EACH * u32::try_from(methods.len() + 1).expect("few") + IDLE;
    assert!(
        begin.elapsed() <= most,
        "{} requests took too long",
        methods.len()
    );
    (heard, methods)
}

/// A request without a body whose head is whole, by the word of a parser that is not the server's.
fn first_is_whole(sent: &[u8]) -> bool {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let whole = matches!(request.parse(sent), Ok(httparse::Status::Complete(_)));
    let has_body = |header: &httparse::Header<'_>| {
        ["content-length", "transfer-encoding"]
            .iter()
            .any(|name| header.name.eq_ignore_ascii_case(name))
    };
    whole && !request.headers.iter().any(has_body)
}

fn well_formed(answer: &Answer, has_body: bool) {
    let kind = answer.header("content-type").unwrap_or_default();
    let problem = kind == "application/problem+json";
    if !problem && kind != "application/json" {
        assert!(answer.body.is_empty(), "a body of no known kind");
        assert!((400..500).contains(&answer.status), "an empty {}", answer.status);
        return;
    }
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(problem, answer.status >= 400, "{} as {kind}", answer.status);
    if !has_body {
        return;
    }
    let body: serde_json::Value = serde_json::from_slice(&answer.body).expect("an answer is JSON");
    if problem {
        let problem: Problem = serde_json::from_value(body).expect("a problem document");
        let code = ProblemCode::parse(&problem.code).expect("a code from the list");
        assert_eq!(problem.status, answer.status);
        assert_eq!(problem.status, code.status());
        let retry_after = problem.retry_after.map(|seconds| seconds.to_string());
        assert_eq!(answer.header("retry-after"), retry_after.as_deref());
    }
}

fn nothing_leaks(scene: Scene, sent: &[u8], heard: &[u8]) {
    // A fuzzer that watches comparisons may send the very words that are looked for here.
    let leaks = |secret: &str| holds(heard, secret) && !holds(sent, secret);
    assert!(!leaks(REFRESH_TOKEN), "a refresh token left the house");
    assert!(!leaks(WIDE_TOKEN), "a token carries more than was granted");
    let granted = scene.is_granted() && !(scene.is_hidden() || scene.is_paused());
    assert!(granted || !leaks(NARROW_TOKEN), "a token without a grant");
    assert!(
        scene.is_command() || !leaks(ANOTHERS_GRANT),
        "a program sees the grant of another"
    );
}

fn holds(text: &[u8], word: &str) -> bool {
    text.windows(word.len()).any(|piece| piece == word.as_bytes())
}

/// Sees what it is told to see.
struct Told(Scene);

impl Witness for Told {
    fn identify(&self, _: Peer) -> Result<Caller, Unseen> {
        Ok(Caller::for_tests(self.0.program(), self.0.is_command()))
    }
}

/// Notes what reaches the broker.
struct Counting {
    broker: Arc<dyn Reception>,
    methods: Mutex<Vec<String>>,
}

#[async_trait]
impl Reception for Counting {
    async fn answer(&self, caller: &Arc<Caller>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let method = request.method().as_str().to_owned();
        self.methods.lock().expect("no panic").push(method);
        self.broker.answer(caller, request).await
    }
}
