//! What the browser sees, from the answer to the last page, and when the port closes.

mod redirect_raw;

use std::time::{Duration, Instant};

use evergrant_engine::ports::Ending;
use redirect_raw::{BOUND, STATE, exchange, header, is_closed, listening, status};
use tokio::time::{sleep, timeout};

#[tokio::test]
async fn connected_is_said_only_after_it_was_concluded() {
    let mut listening = listening().await;
    let answer = listening.send(&listening.given()).await;
    assert_eq!(status(&answer), 303);
    let clean = header(&answer, "Location").expect("sent on").to_owned();
    assert_eq!(
        clean,
        format!("{}/done", listening.path),
        "no code in the visible address"
    );
    listening.redirect.answer().await.expect("a code");

    let request = listening.get(&clean);
    let port = listening.port;
    let mut page = tokio::spawn(exchange(listening.connect().await, &request.leak()[..]));
    let early = timeout(Duration::from_millis(700), &mut page).await;
    assert!(early.is_err(), "said before it was known: {early:?}");

    let concluded = Instant::now();
    listening.redirect.conclude(Ending::Connected).await;
    assert!(
        concluded.elapsed() < Duration::from_secs(2),
        "closes once the page is there"
    );
    let page = page.await.expect("read");
    assert_eq!(status(&page), 200);
    assert!(page.contains("Page: connected"), "{page}");
    assert!(is_closed(port).await);
}

#[tokio::test]
async fn every_ending_has_its_page() {
    for (ending, title) in [(Ending::Denied, "Page: denied"), (Ending::Failed, "Page: failed")] {
        let listening = listening().await;
        let denied = listening.callback(&format!("state={STATE}&error=access_denied"));
        let answer = listening.send(&denied).await;
        let clean = listening.get(header(&answer, "Location").expect("sent on"));
        let stream = listening.connect().await;
        let page = exchange(stream, &clean);
        let (page, ()) = tokio::join!(page, listening.redirect.conclude(ending));
        assert!(page.contains(title), "{page}");
        assert!(!page.contains("Page: connected"));
    }
}

#[tokio::test]
async fn a_browser_that_comes_a_little_late_still_sees_the_ending() {
    let listening = listening().await;
    let answer = listening.send(&listening.given()).await;
    let clean = listening.get(header(&answer, "Location").expect("sent on"));
    let port = listening.port;
    let late = async {
        sleep(Duration::from_millis(800)).await;
        let stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await;
        exchange(stream.expect("still open"), &clean).await
    };
    let (page, ()) = tokio::join!(late, listening.redirect.conclude(Ending::Connected));
    assert!(page.contains("Page: connected"));
}

#[tokio::test]
async fn the_port_closes_when_no_browser_comes_for_the_page() {
    let listening = listening().await;
    listening.send(&listening.given()).await;
    let (port, began) = (listening.port, Instant::now());
    listening.redirect.conclude(Ending::Connected).await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert!(is_closed(port).await);
}

#[tokio::test]
async fn the_port_closes_at_once_without_an_answer_or_without_the_attempt() {
    let concluded = listening().await;
    let (port, began) = (concluded.port, Instant::now());
    concluded.redirect.conclude(Ending::Failed).await;
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "nobody waits for a page"
    );
    assert!(is_closed(port).await);

    let dropped = listening().await;
    let (port, stream) = (dropped.port, dropped.connect().await);
    drop(dropped.redirect);
    assert!(is_closed(port).await);
    assert_eq!(
        exchange_if_open(stream).await,
        "",
        "its connections close with it"
    );
}

async fn exchange_if_open(mut stream: tokio::net::TcpStream) -> String {
    use tokio::io::AsyncReadExt;
    let mut said = String::new();
    let read = timeout(BOUND, stream.read_to_string(&mut said)).await;
    let _ = read.expect("closed within the bound");
    said
}

#[tokio::test]
async fn the_first_answer_wins_and_waiting_for_it_may_be_broken_off() {
    let mut listening = listening().await;
    for _ in 0..3 {
        let waited = timeout(Duration::from_millis(50), listening.redirect.answer()).await;
        assert!(waited.is_err(), "nothing came yet");
    }
    listening.send(&listening.given()).await;
    let second = listening.callback(&format!("state={STATE}&code=second"));
    let answer = listening.send(&second).await;
    assert_eq!(
        status(&answer),
        303,
        "the same browser again: it sees the same ending"
    );
    let denied = listening.callback(&format!("state={STATE}&error=access_denied"));
    listening.send(&denied).await;
    let code = listening.redirect.answer().await.expect("the first");
    assert_eq!(code.expose(), "code-canary-77");
    let more = timeout(Duration::from_millis(200), listening.redirect.answer()).await;
    assert!(more.is_err(), "there is one answer");
}

#[tokio::test]
async fn every_answer_carries_the_headers_and_echoes_nothing() {
    let listening = listening().await;
    let state_and = |more: &str| format!("state={STATE}&{more}");
    let markup = "<script>markup-canary</script>";
    let requests = [
        (303, listening.given()),
        (404, listening.get(&format!("/{markup}?q=markup-canary"))),
        (404, listening.callback("state=markup-canary&code=code-canary-77")),
        (
            303,
            listening.callback(&state_and("error=markup-canary&error_description=markup-canary")),
        ),
        (405, listening.given().replacen("GET", "POST", 1)),
        (400, listening.given().replace(&listening.host(), "markup-canary")),
        (400, "markup-canary\r\n\r\n".to_owned()),
        (
            431,
            listening.callback(&state_and(&"markup-canary".repeat(1_000))),
        ),
    ];
    let mut answers = Vec::new();
    for (expected, request) in requests {
        let answer = listening.send(&request).await;
        assert_eq!(status(&answer), expected, "{answer}");
        answers.push(answer);
    }
    let clean = listening.get(&format!("{}/done", listening.path));
    let page = exchange(listening.connect().await, &clean);
    let (page, ()) = tokio::join!(page, listening.redirect.conclude(Ending::Connected));
    answers.push(page);
    for answer in answers {
        for (name, value) in [
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Connection", "close"),
        ] {
            assert_eq!(header(&answer, name), Some(value), "{name} in {answer}");
        }
        let policy = header(&answer, "Content-Security-Policy").expect("a policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"));
        assert!(!answer.contains("canary"), "echoed: {answer}");
        assert!(!answer.contains("<script"));
    }
}
