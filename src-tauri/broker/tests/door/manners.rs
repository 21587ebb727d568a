//! What one caller may do, and that the others do not feel it.

use std::{
    sync::{Arc, atomic::Ordering::SeqCst},
    time::{Duration, Instant},
};

use evergrant_broker::door::{Door, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::watch,
    time::{sleep, timeout},
};

use crate::house::{Blind, Desk, HELLO, LARGE, PATIENCE, answer, call, opened, place, rest, say};

const ASK: &[u8] = b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n";
const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_connection_is_kept_open_and_identified_once() {
    let house = opened(Limits::default());
    let mut caller = house.call().await;
    for _ in 0..50 {
        say(&mut caller, ASK).await;
        assert_eq!(answer(&mut caller).await, (200, HELLO.to_vec()));
    }
    assert_eq!(house.witness.shown.load(SeqCst), 1);
}

#[tokio::test]
async fn requests_sent_at_once_are_answered_in_their_order() {
    let house = opened(Limits::default());
    let mut caller = house.call().await;
    let one = b"POST /body HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc";
    say(&mut caller, &[ASK, one, ASK, one].concat()).await;
    for expected in [HELLO.as_slice(), b"3 bytes", &HELLO, b"3 bytes"] {
        assert_eq!(answer(&mut caller).await.1, expected);
    }
}

#[tokio::test]
async fn a_head_in_two_pieces_with_a_kept_connection_before_it_is_a_head() {
    let house = opened(Limits::default());
    let mut caller = house.call().await;
    for _ in 0..3 {
        say(&mut caller, &ASK[..20]).await;
        sleep(Duration::from_millis(50)).await;
        say(&mut caller, &ASK[20..]).await;
        assert_eq!(answer(&mut caller).await.0, 200);
    }
}

#[tokio::test]
async fn whoever_cannot_be_made_out_gets_no_answer() {
    let (_folder, path) = place();
    let door = Door::open(&path).expect("opened");
    let desk = Arc::new(Desk::default());
    let (_stop, stopped) = watch::channel(false);
    tokio::spawn(door.serve(Arc::new(Blind), Arc::clone(&desk) as _, stopped));
    let mut caller = call(&path).await;
    let _ = caller.write_all(ASK).await;
    assert_eq!(rest(&mut caller).await, b"");
    assert_eq!(desk.asked.load(SeqCst), 0);
}

#[tokio::test]
async fn a_megabyte_of_headers_is_too_much() {
    let house = opened(Limits::default());
    let (mut listens, mut talks) = house.call().await.into_split();
    let talking = tokio::spawn(async move {
        let long = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(1 << 20));
        talks.write_all(long.as_bytes()).await
    });
    let mut said = Vec::new();
    let _ = timeout(PATIENCE, listens.read_to_end(&mut said))
        .await
        .expect("closed");
    assert!(said.starts_with(b"HTTP/1.1 431 "), "{}", said.escape_ascii());
    talking.await.expect("ran").expect_err("not taken in");
    assert_eq!(house.desk.asked.load(SeqCst), 0);
    house.serves_others().await;
}

#[tokio::test]
async fn sixty_four_headers_are_enough() {
    let house = opened(Limits::default());
    for (count, status) in [(64, 200), (65, 431)] {
        let mut caller = house.call().await;
        let headers = "x: y\r\n".repeat(count);
        say(&mut caller, format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes()).await;
        assert_eq!(answer(&mut caller).await.0, status, "{count} headers");
    }
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let house = opened(Limits::default());
    let mut caller = house.call().await;
    say(&mut caller, b"\x16\x03\x01\x02\x00 hello?\r\n\r\n").await;
    assert!(rest(&mut caller).await.starts_with(b"HTTP/1.1 400 "));
    house.serves_others().await;
}

#[tokio::test]
async fn half_a_request_and_silence_is_closed() {
    let house = opened(Limits {
        head_within: SHORT,
        ..Limits::default()
    });
    for kept_open in [false, true] {
        let mut caller = house.call().await;
        if kept_open {
            say(&mut caller, ASK).await;
            answer(&mut caller).await;
            // Idle for longer than a head may take: that is allowed.
            sleep(SHORT * 2).await;
        }
        say(&mut caller, &ASK[..20]).await;
        let before = Instant::now();
        assert_eq!(rest(&mut caller).await, b"");
        assert!(before.elapsed() < SHORT * 20, "{:?}", before.elapsed());
    }
    house.serves_others().await;
}

#[tokio::test]
async fn a_head_in_drops_is_closed_all_the_same() {
    let house = opened(Limits {
        head_within: SHORT,
        ..Limits::default()
    });
    let mut caller = house.call().await;
    let dripping = async {
        while caller.write_all(b"G").await.is_ok() {
            sleep(SHORT / 6).await;
        }
    };
    timeout(PATIENCE, dripping).await.expect("closed");
}

#[tokio::test]
async fn silence_is_closed_sooner_before_the_first_request_than_after_it() {
    let house = opened(Limits {
        head_within: SHORT,
        idle_within: SHORT * 5,
        ..Limits::default()
    });
    let mut silent = house.call().await;
    let mut known = house.call().await;
    say(&mut known, ASK).await;
    answer(&mut known).await;
    let answered = Instant::now();
    assert_eq!(rest(&mut silent).await, b"");
    assert!(answered.elapsed() < SHORT * 5, "{:?}", answered.elapsed());
    assert_eq!(rest(&mut known).await, b"");
    assert!(answered.elapsed() >= SHORT * 4, "{:?}", answered.elapsed());
}

#[tokio::test]
async fn a_body_is_bounded_in_bytes_and_in_time() {
    let house = opened(Limits {
        body_within: SHORT,
        ..Limits::default()
    });
    let head = |said: &str| format!("POST /body HTTP/1.1\r\nhost: x\r\n{said}\r\n\r\n");
    let chunk = format!("8000\r\n{}\r\n", "a".repeat(0x8000));
    let drops = "1\r\na\r\n".repeat(1000);
    for (request, said) in [
        (head("content-length: 65536") + &"a".repeat(65536), "65536 bytes"),
        (head("content-length: 10485760"), "TooLarge"),
        (
            head("transfer-encoding: chunked") + &drops + "0\r\n\r\n",
            "1000 bytes",
        ),
        (head("transfer-encoding: chunked") + &chunk.repeat(3), "TooLarge"),
        (head("transfer-encoding: chunked") + "no chunk\r\n", "Broken"),
        (head("content-length: 100") + "half of it", "TooSlow"),
    ] {
        let mut caller = house.call().await;
        say(&mut caller, request.as_bytes()).await;
        let (status, body) = answer(&mut caller).await;
        let body = String::from_utf8(body).expect("text");
        assert_eq!((status, body.as_str()), (200, said));
    }
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up() {
    let house = opened(Limits {
        taken_within: SHORT,
        ..Limits::default()
    });
    let mut deaf = house.call().await;
    say(&mut deaf, b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    for _ in 0..5 {
        house.serves_others().await;
        sleep(SHORT / 2).await;
    }
    assert!(rest(&mut deaf).await.len() < LARGE, "it was given up");
}

#[tokio::test]
async fn an_answer_taken_in_drops_is_given_up_too() {
    let house = opened(Limits {
        taken_within: SHORT,
        ..Limits::default()
    });
    let mut slow = house.call().await;
    say(&mut slow, b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut drop = vec![0; 64 * 1024];
    let mut taken = 0;
    let sipping = async {
        while let Ok(bytes @ 1..) = slow.read(&mut drop).await {
            taken += bytes;
            sleep(SHORT / 10).await;
        }
    };
    timeout(PATIENCE, sipping).await.expect("closed");
    assert!(taken < LARGE, "{taken} bytes");
}

#[tokio::test]
async fn a_large_answer_reaches_whoever_reads() {
    let house = opened(Limits::default());
    let mut caller = house.call().await;
    say(&mut caller, b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(answer(&mut caller).await.1.len(), LARGE);
}

#[tokio::test]
async fn an_answer_is_dropped_when_the_caller_hangs_up() {
    let house = opened(Limits::default());
    let mut caller = house.call().await;
    say(&mut caller, b"GET /for-ever HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let counted = |count: usize, of: fn(&Desk) -> usize| {
        let desk = Arc::clone(&house.desk);
        async move {
            while of(&desk) < count {
                sleep(Duration::from_millis(5)).await;
            }
        }
    };
    let asked = counted(1, |desk| desk.asked.load(SeqCst));
    timeout(PATIENCE, asked).await.expect("asked");
    drop(caller);
    let given_up = counted(1, |desk| desk.given_up.load(SeqCst));
    timeout(PATIENCE, given_up).await.expect("dropped");
}
