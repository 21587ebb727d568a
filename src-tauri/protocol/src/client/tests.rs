//! The client against servers that answer by script, well-behaved and not.

mod strangers;

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::IgnoredAny;
use tempfile::TempDir;

use super::{Client, Method, Refusal, Unreachable, answer, body};
use crate::{Status, TokenAnswer, TokenRequest};

const PATIENCE: Duration = Duration::from_secs(20);
const TOKEN: &str = r#"{"access_token":"ya29.canary","token_type":"Bearer","expires_at":1800000000,"scopes":["openid"],"account":{"id":"a1","provider":"google","email":"alice@example.com"}}"#;

/// A server whose `script` is given each connection, in turn.
struct Stage {
    folder: TempDir,
    socket: PathBuf,
}

impl Stage {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let socket = folder.path().join("broker.sock");
        Self { folder, socket }
    }

    fn serving(script: impl Fn(usize, UnixStream) + Send + 'static) -> Self {
        let stage = Self::new();
        let listener = UnixListener::bind(&stage.socket).expect("a socket");
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                script(number, stream.expect("a connection"));
            }
        });
        stage
    }

    /// Answers the first request of each connection with these bytes, then hangs up.
    fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::serving(move |_, mut stream| {
            hear(&mut stream);
            let _ = stream.write_all(&answer);
        })
    }

    fn ask(&self, patience: Duration) -> Result<IgnoredAny, Refusal> {
        let mut client = Client::connect_to(&self.socket)?;
        client.ask(Method::Get, "/v1/status", None::<&()>, patience)
    }

    fn broken(&self) {
        assert_eq!(self.ask(PATIENCE), Err(Unreachable::Broken.into()));
    }
}

/// Reads one request, head and body; empty where the client hung up.
fn hear(stream: &mut UnixStream) -> String {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return String::new();
        }
        request.extend(byte);
    }
    let head = String::from_utf8(request).expect("a head in ASCII");
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().expect("a length"))];
    stream.read_exact(&mut body).expect("a body");
    head + &String::from_utf8(body).expect("a body in UTF-8")
}

fn whole(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn in_chunks(chunks: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}")
}

/// Writes until the client hangs up, and tells how much it took.
fn flood(mut stream: UnixStream, start: &str, piece: &[u8]) -> usize {
    hear(&mut stream);
    let mut sent = 0;
    let _ = stream.write_all(start.as_bytes());
    while let Ok(count) = stream.write(piece) {
        sent += count;
    }
    sent
}

fn flooded(start: &'static str, piece: &'static [u8]) -> (Stage, Receiver<usize>) {
    let (tell, told) = channel();
    let stage = Stage::serving(move |_, stream| {
        let _ = tell.send(flood(stream, start, piece));
    });
    (stage, told)
}

#[test]
fn a_token_is_asked_and_read_and_the_connection_is_kept() {
    let (tell, told) = channel();
    let stage = Stage::serving(move |number, mut stream| {
        loop {
            let request = hear(&mut stream);
            if request.is_empty() {
                return;
            }
            tell.send((number, request)).expect("the test listens");
            stream
                .write_all(whole("200 OK", TOKEN).as_bytes())
                .expect("it is read");
        }
    });
    let mut client = Client::connect_to(&stage.socket).expect("it listens");
    let wish = TokenRequest {
        account: "alice@example.com".into(),
        ..TokenRequest::default()
    };
    for _ in 0..3 {
        let answer: TokenAnswer = client
            .ask(Method::Post, "/v1/token", Some(&wish), PATIENCE)
            .expect("a token");
        assert_eq!(answer.access_token.expose(), "ya29.canary");
        assert!(!format!("{answer:?}").contains("canary"));
        let (connection, request) = told.recv().expect("it was asked");
        assert_eq!(connection, 0, "another connection was made");
        assert!(request.starts_with("POST /v1/token HTTP/1.1\r\n"), "{request}");
        assert!(
            request.ends_with(r#"{"account":"alice@example.com"}"#),
            "{request}"
        );
    }
}

#[test]
fn a_connection_that_was_closed_meanwhile_is_made_anew() {
    let stage = Stage::saying(whole("200 OK", "{}"));
    let mut client = Client::connect_to(&stage.socket).expect("it listens");
    for _ in 0..3 {
        let answered = client.ask::<IgnoredAny>(Method::Get, "/", None::<&()>, PATIENCE);
        assert_eq!(answered, Ok(IgnoredAny));
        thread::sleep(Duration::from_millis(50)); // for the end of the connection to arrive
    }
}

#[test]
fn chunks_are_put_together() {
    let chunks = format!(
        "5;note=\"x\"\r\n{}\r\n{:x}\r\n{}\r\n0\r\nTrailer: x\r\n\r\n",
        &TOKEN[..5],
        TOKEN.len() - 5,
        &TOKEN[5..]
    );
    let stage = Stage::saying(in_chunks(&chunks));
    let mut client = Client::connect_to(&stage.socket).expect("it listens");
    let answer: TokenAnswer = client
        .ask(Method::Get, "/", None::<&()>, PATIENCE)
        .expect("a token");
    assert_eq!(answer.access_token.expose(), "ya29.canary");
}

#[test]
fn a_head_that_could_end_in_two_places_is_broken() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\nX: y\r\n\r\nnull";
    assert_eq!(
        Stage::saying(String::from(head)).ask(PATIENCE),
        Err(Unreachable::Broken.into())
    );
}

#[test]
fn a_chunk_without_a_size_is_no_end_of_the_body() {
    for nothing in ["", ";note=x", " "] {
        let chunks = format!("4\r\nnull\r\n{nothing}\r\n\r\n");
        assert_eq!(
            Stage::saying(in_chunks(&chunks)).ask(PATIENCE),
            Err(Unreachable::Broken.into()),
            "{nothing:?}"
        );
    }
}

#[test]
fn a_problem_is_told_as_one() {
    let problem = r#"{"type":"urn:evergrant:problem:offline","status":503,"code":"offline","title":"No network.","hint":"Check it.","retry":true}"#;
    let told = Stage::saying(whole("503 Service Unavailable", problem)).ask(PATIENCE);
    let Err(Refusal::Problem(problem)) = told else {
        panic!("{told:?}")
    };
    assert_eq!((problem.code.as_str(), problem.retry), ("offline", true));
}

#[test]
fn an_answer_of_the_largest_size_is_taken_and_a_byte_more_is_not() {
    let fits = format!("\"{}\"", "x".repeat(body::LARGEST - 2));
    assert_eq!(
        Stage::saying(whole("200 OK", &fits)).ask(PATIENCE),
        Ok(IgnoredAny)
    );
    let more = format!("\"{}\"", "x".repeat(body::LARGEST - 1));
    Stage::saying(whole("200 OK", &more)).broken();
}

#[test]
fn nobody_there_is_not_running() {
    let stage = Stage::new();
    assert_eq!(
        Client::connect_to(&stage.socket).err(),
        Some(Unreachable::NotRunning)
    );
    drop(UnixListener::bind(&stage.socket).expect("a socket"));
    assert_eq!(
        Client::connect_to(&stage.socket).err(),
        Some(Unreachable::NotRunning),
        "stale"
    );
    let nowhere = stage.folder.path().join("no/such/folder/broker.sock");
    assert_eq!(Client::connect_to(&nowhere).err(), Some(Unreachable::NotRunning));
    let long = stage.folder.path().join("x".repeat(200));
    assert_eq!(Client::connect_to(&long).err(), Some(Unreachable::NoPlace));
}

#[test]
fn what_is_no_answer_is_broken() {
    for answer in [
        String::new(),
        "HTTP/1.1 200 OK\r\nContent-Le".into(),
        "SSH-2.0-OpenSSH_9.2\r\n\r\n".into(),
        "\0\u{1}\u{2}\r\n\r\n".into(),
        "HTTP/1.1 200 OK\r\n\r\n{}".into(),
        "HTTP/1.1 100 Continue\r\n\r\n".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n".into(),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}".into(),
        in_chunks("zz\r\n{}\r\n0\r\n\r\n"),
        in_chunks("2\r\n{}XX0\r\n\r\n"),
        in_chunks("ffffffffffffffff\r\n{}"),
        in_chunks("2\r\n{}\r\n0\r\n"),
        whole("200 OK", "no json"),
        whole("500 Oops", "<html>"),
    ] {
        let told = Stage::saying(answer.clone()).ask(PATIENCE);
        assert_eq!(told, Err(Unreachable::Broken.into()), "{answer:?}");
    }
    let status = Stage::saying(whole("200 OK", "{}"));
    let mut client = Client::connect_to(&status.socket).expect("it listens");
    let wrong: Result<Status, _> = client.ask(Method::Get, "/", None::<&()>, PATIENCE);
    assert_eq!(wrong, Err(Unreachable::Broken.into()), "a status of nothing");
}

#[test]
fn endless_answers_are_hung_up_on() {
    // What the sockets' own buffers hold comes on top.
    const BUFFERS: usize = 1024 * 1024;
    let (stage, told) = flooded("HTTP/1.1 200 OK\r\n", b"X-Endless: yes\r\n");
    stage.broken();
    let taken = told.recv().expect("the flood ended");
    assert!(taken < answer::LARGEST_HEAD + BUFFERS, "{taken} bytes of head");

    let start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (stage, told) = flooded(start, b"10\r\nxxxxxxxxxxxxxxxx\r\n");
    stage.broken();
    let taken = told.recv().expect("the flood ended");
    assert!(taken < 2 * body::LARGEST + BUFFERS, "{taken} bytes of body");

    let (stage, _told) = flooded(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        b"X: y\r\n",
    );
    stage.broken();
}

#[test]
fn a_slow_drip_and_silence_end_with_the_patience() {
    let drip = |_, mut stream: UnixStream| {
        hear(&mut stream);
        while stream.write_all(b"H").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    };
    let mute = |_, mut stream: UnixStream| {
        hear(&mut stream);
        hear(&mut stream); // until the client hangs up
    };
    for stage in [Stage::serving(drip), Stage::serving(mute)] {
        let began = Instant::now();
        let told = stage.ask(Duration::from_millis(300));
        assert_eq!(told, Err(Unreachable::Silent.into()));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }
}

#[test]
fn a_request_that_is_never_read_ends_with_the_patience() {
    let stage = Stage::serving(|_, stream| {
        thread::sleep(Duration::from_secs(5));
        drop(stream);
    });
    let mut client = Client::connect_to(&stage.socket).expect("it listens");
    let large = "x".repeat(4 * 1024 * 1024);
    let told: Result<IgnoredAny, _> = client.ask(Method::Post, "/", Some(&large), Duration::from_millis(300));
    assert_eq!(told, Err(Unreachable::Silent.into()));
}

/// On Linux a full queue makes others wait, for ever if nothing bounds it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_queue_does_not_hold_for_ever() {
    use rustix::net::{AddressFamily, SocketAddrUnix, SocketType, bind, listen, socket};

    let stage = Stage::new();
    let fd = socket(AddressFamily::UNIX, SocketType::STREAM, None).expect("a socket");
    bind(&fd, &SocketAddrUnix::new(&stage.socket).expect("an address")).expect("bound");
    listen(&fd, 0).expect("it listens");
    let began = Instant::now();
    let waiting: Vec<_> = (0..4).map(|_| Client::connect_to(&stage.socket)).collect();
    assert!(
        matches!(waiting.last(), Some(Err(Unreachable::Silent))),
        "{waiting:?}"
    );
    assert!(began.elapsed() < Duration::from_secs(30));
}
