//! A listener, and a client that sends exactly what a test says.
#![allow(dead_code)] // Each test program uses a part.

use std::{sync::Arc, time::Duration};

use evergrant_adapters::{
    entropy::OsEntropy,
    redirect::{LoopbackRedirects, Pages, Words},
};
use evergrant_domain::{consent::callback::Expected, secret::State};
use evergrant_engine::ports::{Redirect, Redirects};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

pub const STATE: &str = "state-canary-5f1c";
pub const ISSUER: &str = "https://issuer.example";
/// Longer than any answer here may take.
pub const BOUND: Duration = Duration::from_secs(12);

pub struct Listening {
    pub redirect: Box<dyn Redirect>,
    pub port: u16,
    pub path: String,
}

fn pages() -> Pages {
    let words = |title: &str| Words {
        title: title.into(),
        text: "You can close this page.".into(),
    };
    Pages {
        language: "en",
        right_to_left: false,
        done: words("Page: connected"),
        denied: words("Page: denied"),
        failed: words("Page: failed"),
        waiting: words("Page: waiting"),
        stray: words("Page: stray"),
    }
}

pub async fn listening() -> Listening {
    let expected = Expected {
        state: State::new(STATE),
        issuer: ISSUER.into(),
    };
    let redirects = LoopbackRedirects::new(pages, Arc::new(OsEntropy));
    let redirect = redirects.listen(expected).await.expect("a port");
    let uri = redirect.uri();
    let rest = uri
        .strip_prefix("http://127.0.0.1:")
        .expect("the loopback address itself");
    let (port, path) = rest.split_once('/').expect("a path");
    Listening {
        port: port.parse().expect("a port"),
        path: format!("/{path}"),
        redirect,
    }
}

impl Listening {
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A request as a browser sends it, to this path with this query.
    pub fn get(&self, path_and_query: &str) -> String {
        format!("GET {path_and_query} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host())
    }

    pub fn callback(&self, query: &str) -> String {
        self.get(&format!("{}?{query}", self.path))
    }

    pub fn given(&self) -> String {
        self.callback(&format!("state={STATE}&code=code-canary-77&iss={ISSUER}"))
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port))
            .await
            .expect("connected")
    }

    pub async fn send(&self, request: &str) -> String {
        exchange(self.connect().await, request).await
    }
}

/// Sends, then reads until the other side closes.
pub async fn exchange(mut stream: TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.expect("sent");
    until_closed(&mut stream).await
}

pub async fn until_closed(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let read = timeout(BOUND, stream.read_to_end(&mut answer)).await;
    read.expect("closed within the bound").expect("read");
    String::from_utf8(answer).expect("text")
}

pub fn status(answer: &str) -> u16 {
    let number = answer
        .split(' ')
        .nth(1)
        .unwrap_or_else(|| panic!("no answer: {answer:?}"));
    number.parse().expect("a status")
}

pub fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.split("\r\n")
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

pub async fn is_closed(port: u16) -> bool {
    for _ in 0..40 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    false
}
