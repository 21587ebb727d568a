//! The thin client, and a server that says whatever stands in the input.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use evergrant_protocol::client::{Client, Method, Refusal};
use serde_json::Value;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(5);

/// Never a panic, never a wait beyond the patience; what is understood is what was sent; a connection that
/// the server closed is not used again.
pub fn client(bytes: &[u8]) {
    static SERVER: LazyLock<Hostile> = LazyLock::new(Hostile::open);
    // One server, and tests on several threads.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);

    SERVER.will_say(bytes);
    let begin = Instant::now();
    let socket = SERVER.folder.path().join("socket");
    let mut client = Client::connect_to(&socket).expect("it listens");
    let first = ask(&mut client);
    // Before that, the client could not know.
    SERVER.has_hung_up();
    let again = ask(&mut client);
    SERVER.has_hung_up();
    assert_eq!(first, again, "the same answer means the same");
    assert!(begin.elapsed() < 3 * PATIENCE, "it waited too long");
    if let Ok(value) = first {
        assert_eq!(Some(value), plainly(bytes), "understood what was not sent");
    }
}

fn ask(client: &mut Client) -> Result<Value, Refusal> {
    client.ask(Method::Get, "/v1/status", None::<&()>, PATIENCE)
}

/// What an answer says, read without any care for what it could do to the reader.
fn plainly(bytes: &[u8]) -> Option<Value> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.split_whitespace().nth(1)?;
    assert!(status.starts_with('2'), "{status} is no success");
    let values = |name: &str| -> Vec<&str> {
        let fields = head.lines().filter_map(|line| line.split_once(':'));
        let named = fields.filter(|(field, _)| *field == name);
        named.map(|(_, value)| value.trim()).collect()
    };
    let (lengths, codings) = (values("content-length"), values("transfer-encoding"));
    let body = match (&lengths[..], &codings[..]) {
        _ if status == "204" => Vec::new(),
        ([length], []) => bytes.get(end..end + length.parse::<usize>().ok()?)?.to_vec(),
        ([], ["chunked"]) => unchunked(bytes.get(end..)?)?,
        _ => panic!("an answer with two ends, or none, was understood"),
    };
    if body.is_empty() {
        return Some(Value::Null);
    }
    serde_json::from_slice(&body).ok()
}

/// The data of the chunks (RFC 9112 7.1).
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        // Behind the size anything may stand.
        let size = rest[..line].split(|byte| !byte.is_ascii_hexdigit()).next()?;
        let size = usize::from_str_radix(str::from_utf8(size).ok()?, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let from = line + 2;
        body.extend_from_slice(rest.get(from..from + size)?);
        rest = rest.get(from + size + 2..)?;
    }
}

struct Hostile {
    folder: TempDir,
    words: Arc<Mutex<Vec<u8>>>,
    hung_up: Mutex<Receiver<()>>,
}

impl Hostile {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join("socket")).expect("bound");
        let words = Arc::<Mutex<Vec<u8>>>::default();
        let said = Arc::clone(&words);
        let (tell, hung_up) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let words = said.lock().expect("no panic").clone();
                answer(&stream.expect("a connection"), &words);
                tell.send(()).expect("the other end is never dropped");
            }
        });
        Self {
            folder,
            words,
            hung_up: Mutex::new(hung_up),
        }
    }

    fn has_hung_up(&self) {
        let hung_up = self.hung_up.lock().unwrap_or_else(PoisonError::into_inner);
        hung_up.recv_timeout(PATIENCE).expect("asked once, answered once");
    }

    fn will_say(&self, bytes: &[u8]) {
        bytes.clone_into(&mut self.words.lock().expect("no panic"));
    }
}

/// Waits for the request, so that it is no server that speaks unasked.
fn answer(mut stream: &UnixStream, words: &[u8]) {
    let mut request = Vec::new();
    let mut some = [0; 1024];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut some) {
            Ok(count @ 1..) => request.extend_from_slice(&some[..count]),
            _ => return,
        }
    }
    // The client hangs up on what it will not hear.
    let _ = stream.write_all(words);
    let _ = stream.shutdown(Shutdown::Both);
}
