//! How the door closes.

use std::{
    fs,
    io::ErrorKind,
    time::{Duration, Instant},
};

use evergrant_broker::door::{Door, DoorTrouble, Limits};
use tokio::{
    net::UnixStream,
    time::{sleep, timeout},
};

use crate::house::{HELLO, PATIENCE, answer, opened, rest, say};

#[tokio::test]
async fn an_answer_under_way_ends_and_the_socket_is_gone() {
    let house = opened(Limits::default());
    let mut asking = house.call().await;
    let mut idle = house.call().await;
    let mut silent = house.call().await;
    let mut half = house.call().await;
    say(&mut idle, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    answer(&mut idle).await;
    say(&mut half, b"GET / HT").await;
    say(&mut asking, b"GET /half-a-second HTTP/1.1\r\nhost: x\r\n\r\n").await;
    sleep(Duration::from_millis(100)).await;
    house.stop.send_replace(true);
    for other in [&mut idle, &mut silent, &mut half] {
        assert_eq!(rest(other).await, b"");
    }
    let refused = UnixStream::connect(&house.path).await.expect_err("closed");
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    assert!(!house.served.is_finished(), "an answer is under way");
    // Nothing stands there and nobody listens any more: the lock alone says that one is still at work.
    assert!(matches!(Door::open(&house.path), Err(DoorTrouble::Taken)));
    assert_eq!(answer(&mut asking).await.1, HELLO);
    assert_eq!(rest(&mut asking).await, b"");
    timeout(PATIENCE, house.served)
        .await
        .expect("ended")
        .expect("well");
    Door::open(&house.path).expect("free again");
}

#[tokio::test]
async fn an_answer_that_does_not_end_is_not_waited_for() {
    let farewell = Duration::from_millis(300);
    let house = opened(Limits {
        farewell,
        ..Limits::default()
    });
    let mut asking = house.call().await;
    say(&mut asking, b"GET /for-ever HTTP/1.1\r\nhost: x\r\n\r\n").await;
    sleep(Duration::from_millis(100)).await;
    let before = Instant::now();
    house.stop.send_replace(true);
    timeout(PATIENCE, house.served)
        .await
        .expect("ended")
        .expect("well");
    assert!(before.elapsed() >= farewell, "{:?}", before.elapsed());
    assert_eq!(rest(&mut asking).await, b"");
}

#[tokio::test]
async fn it_closes_when_nobody_is_left_to_close_it() {
    let house = opened(Limits::default());
    house.serves_others().await;
    drop(house.stop);
    timeout(PATIENCE, house.served)
        .await
        .expect("ended")
        .expect("well");
    assert!(fs::symlink_metadata(&house.path).is_err());
}

#[tokio::test]
async fn what_took_the_place_of_its_socket_is_left_alone() {
    let house = opened(Limits::default());
    fs::remove_file(&house.path).expect("removed");
    fs::write(&house.path, "precious").expect("written");
    house.stop.send_replace(true);
    timeout(PATIENCE, house.served)
        .await
        .expect("ended")
        .expect("well");
    assert_eq!(fs::read(&house.path).expect("there"), b"precious");
}
