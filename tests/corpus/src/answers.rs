//! Reads what a server sent as a browser or a client would, and takes nothing that is not well-formed.

use std::collections::BTreeMap;

use httparse::{EMPTY_HEADER, Response, Status};

pub struct Answer {
    pub status: u16,
    /// Names in small letters. None comes twice.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// All answers, with nothing left over. `methods` are those of the requests, in order: an answer to `HEAD`
/// has no body (RFC 9110 9.3.2). Interim answers are passed over.
pub fn all<'m>(mut sent: &[u8], methods: impl IntoIterator<Item = &'m str>) -> Vec<Answer> {
    let mut methods = methods.into_iter();
    let mut answers = Vec::new();
    while !sent.is_empty() {
        let (mut answer, head) = head(sent);
        sent = &sent[head..];
        if answer.status < 200 {
            continue;
        }
        if methods.next() != Some("HEAD") {
            let length = answer
                .header("content-length")
                .expect("every answer says how long it is");
            let length: usize = length.parse().expect("a number");
            answer.body = sent.get(..length).expect("an answer comes whole").to_vec();
            sent = &sent[length..];
        }
        answers.push(answer);
    }
    answers
}

fn head(sent: &[u8]) -> (Answer, usize) {
    let mut headers = [EMPTY_HEADER; 32];
    let mut response = Response::new(&mut headers);
    let Ok(Status::Complete(length)) = response.parse(sent) else {
        panic!("not the head of an answer: {:?}", String::from_utf8_lossy(sent));
    };
    let mut answer = Answer {
        status: response.code.expect("a whole head has a status"),
        headers: BTreeMap::new(),
        body: Vec::new(),
    };
    for header in response.headers.iter() {
        let name = header.name.to_ascii_lowercase();
        let value = str::from_utf8(header.value).expect("a header is text").to_owned();
        let before = answer.headers.insert(name, value);
        assert_eq!(before, None, "{} comes twice", header.name);
    }
    assert!(!answer.headers.contains_key("transfer-encoding"));
    (answer, length)
}
