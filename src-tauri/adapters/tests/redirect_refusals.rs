//! What the listener lets in, and how it sends the rest away.

mod redirect_raw;

use std::time::{Duration, Instant};

use evergrant_domain::Code;
use redirect_raw::{ISSUER, Listening, STATE, header, listening, status, until_closed};
use tokio::{io::AsyncWriteExt, time::timeout};

/// After everything else, the attempt still takes the true answer.
async fn goes_on(mut listening: Listening) {
    let answer = listening.send(&listening.given()).await;
    assert_eq!(status(&answer), 303, "{answer}");
    let answer = timeout(Duration::from_secs(5), listening.redirect.answer()).await;
    let code = answer.expect("told").expect("a code");
    assert_eq!(code.expose(), "code-canary-77");
}

#[tokio::test]
async fn a_name_bent_to_this_address_is_refused() {
    let listening = listening().await;
    let port = listening.port;
    for host in [
        format!("rebound.example:{port}"),
        format!("localhost:{port}"),
        format!("[::1]:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        format!("127.0.0.1:{port}.example"),
        format!("127.0.0.1:{port}, 127.0.0.1:{port}"),
        String::new(),
    ] {
        let request = listening.given().replace(&listening.host(), &host);
        let answer = listening.send(&request).await;
        assert_eq!(status(&answer), 400, "{host:?}: {answer}");
    }
    goes_on(listening).await;
}

#[tokio::test]
async fn a_missing_or_doubled_host_is_refused() {
    let listening = listening().await;
    let line = format!("Host: {}\r\n", listening.host());
    for hosts in [String::new(), line.repeat(2)] {
        let request = listening.given().replace(&line, &hosts);
        assert_eq!(status(&listening.send(&request).await), 400, "{request}");
    }
    goes_on(listening).await;
}

#[tokio::test]
async fn only_get_is_answered() {
    let listening = listening().await;
    for method in ["POST", "HEAD", "PUT", "OPTIONS", "DELETE", "CONNECT"] {
        let request = listening.given().replacen("GET", method, 1);
        let answer = listening.send(&request).await;
        assert_eq!(status(&answer), 405, "{method}: {answer}");
        assert_eq!(header(&answer, "Allow"), Some("GET"));
    }
    let body = listening.given().replacen("GET", "POST", 1).replace(
        "\r\n\r\n",
        &format!("\r\nContent-Length: 3000\r\n\r\n{}", "x".repeat(3000)),
    );
    assert_eq!(
        status(&listening.send(&body).await),
        405,
        "an unread body loses no answer"
    );
    goes_on(listening).await;
}

#[tokio::test]
async fn only_the_exact_path_is_answered() {
    let listening = listening().await;
    let path = listening.path.clone();
    assert_eq!(path.len(), 1 + 43, "256 unguessable bits");
    let query = format!("?state={STATE}&code=c");
    let host = listening.host();
    for wrong in [
        format!("/{query}"),
        format!("/favicon.ico{query}"),
        format!("{path}/{query}"),
        format!("{}{query}", &path[..path.len() - 1]),
        format!("{}{query}", path.to_ascii_uppercase()),
        format!("/x/..{path}{query}"),
        format!("/{path}{query}"),
        format!("http://{host}{path}{query}"),
        format!("{path}/done"),
        format!("{path}%2Fdone"),
    ] {
        let answer = listening.send(&listening.get(&wrong)).await;
        assert_eq!(status(&answer), 404, "{wrong}: {answer}");
    }
    goes_on(listening).await;
}

#[tokio::test]
async fn strays_are_answered_and_the_attempt_goes_on() {
    let listening = listening().await;
    for query in [
        "",
        "state=wrong&code=c",
        "code=c",
        "error=access_denied",
        "state=wrong&error=access_denied",
        &format!("state={STATE}"),
        &format!("state={STATE}&code="),
        &format!("state={STATE}&state={STATE}&code=c"),
        &format!("state={STATE}&code=a&code=b"),
        &format!("state={STATE}&co%64e=a&code=b"),
        &format!("state={STATE}&code=a&error=access_denied&error=x"),
        &format!("state={STATE}&iss={ISSUER}&iss=https://other.example&code=c"),
    ] {
        let answer = listening.send(&listening.callback(query)).await;
        assert_eq!(status(&answer), 404, "{query}: {answer}");
        assert!(answer.contains("Page: stray"));
    }
    goes_on(listening).await;
}

#[tokio::test]
async fn looking_ahead_is_not_going_there() {
    let listening = listening().await;
    let request = listening
        .given()
        .replace("\r\n\r\n", "\r\nSec-Purpose: prefetch\r\n\r\n");
    assert_eq!(status(&listening.send(&request).await), 404);
    goes_on(listening).await;
}

#[tokio::test]
async fn a_refusal_with_the_right_state_ends_the_attempt() {
    for (query, code) in [
        ("error=access_denied", Code::ConsentDenied),
        ("error=server_error", Code::ProviderDown),
        ("code=c&iss=https://other.example", Code::AnswerFromStranger),
    ] {
        let mut listening = listening().await;
        let request = listening.callback(&format!("state={STATE}&{query}"));
        assert_eq!(status(&listening.send(&request).await), 303);
        let fault = listening.redirect.answer().await.expect_err("refused");
        assert_eq!(fault.code, code, "{query}");
    }
}

#[tokio::test]
async fn too_much_is_refused() {
    let listening = listening().await;
    let long = "x".repeat(9 * 1024);
    let in_the_line = listening.callback(&format!("state={STATE}&code={long}"));
    let in_a_header = listening
        .given()
        .replace("\r\n\r\n", &format!("\r\nCookie: {long}\r\n\r\n"));
    let many = "A: b\r\n".repeat(200);
    let in_many_headers = listening.given().replace("\r\n\r\n", &format!("\r\n{many}\r\n"));
    for request in [in_the_line, in_a_header, in_many_headers] {
        let answer = listening.send(&request).await;
        assert_eq!(status(&answer), 431, "{answer}");
    }
    let fits = listening.callback(&format!("state={STATE}&padding={}", "x".repeat(7 * 1024)));
    assert_eq!(
        status(&listening.send(&fits).await),
        404,
        "7 KB are read and judged"
    );
    goes_on(listening).await;
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let listening = listening().await;
    for request in [
        "\u{16}\u{3}\u{1}\u{2} tls\r\n\r\n",
        "GET\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
    ] {
        let answer = listening.send(request).await;
        assert_eq!(status(&answer), 400, "{request:?}: {answer}");
    }
    goes_on(listening).await;
}

#[tokio::test]
async fn slow_headers_are_cut_off() {
    let listening = listening().await;
    let began = Instant::now();
    let (mut silent, mut slow) = (listening.connect().await, listening.connect().await);
    let trickle = async {
        for byte in listening.given().bytes() {
            if slow.write_all(&[byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
            let took = began.elapsed();
            assert!(took < Duration::from_secs(8), "still listening after {took:?}");
        }
    };
    let silence = async {
        let answer = until_closed(&mut silent).await;
        (answer, began.elapsed())
    };
    let ((), (answer, took)) = tokio::join!(trickle, silence);
    assert_eq!(answer, "");
    assert!((4..7).contains(&took.as_secs()), "closed after {took:?}");
    goes_on(listening).await;
}

#[tokio::test]
async fn a_ninth_connection_waits_until_one_of_eight_had_its_time() {
    let listening = listening().await;
    let mut eight = Vec::new();
    for _ in 0..8 {
        eight.push(listening.connect().await);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    let answer = listening.send(&listening.get("/")).await;
    assert_eq!(status(&answer), 404);
    let took = began.elapsed();
    assert!(
        took > Duration::from_secs(3),
        "served beside eight others, after {took:?}"
    );
    drop(eight);
    goes_on(listening).await;
}

#[tokio::test]
async fn a_connection_serves_once() {
    let listening = listening().await;
    let twice = listening
        .get("/")
        .replace("\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n")
        .repeat(2);
    let answer = listening.send(&twice).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert_eq!(header(&answer, "Connection"), Some("close"));
    goes_on(listening).await;
}

#[tokio::test]
async fn nothing_listens_beyond_the_loopback_address() {
    let listening = listening().await;
    for other in ["127.0.0.2", "::1"] {
        let connected = tokio::net::TcpStream::connect((other, listening.port)).await;
        assert!(connected.is_err(), "{other}");
    }
}
