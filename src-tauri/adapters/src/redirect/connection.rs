//! Connections: few at a time, one request each, bounded in time.

use std::{sync::Arc, time::Duration};

use evergrant_engine::ports::Ending;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    answer::{self, Status},
    door::{Door, Outcome, Stage},
    request,
};

/// Connections at once. The ninth waits, until one of the others had its time.
const MOST: usize = 8;
/// For the head of a request to arrive.
const HEAD_WITHIN: Duration = Duration::from_secs(5);
/// For an answer to be taken.
const TAKEN_WITHIN: Duration = Duration::from_secs(5);
/// For the other side to close after it.
const CLOSED_WITHIN: Duration = Duration::from_secs(1);
/// For the ending to be known, longer than exchange and vault may take together.
const ENDING_WITHIN: Duration = Duration::from_secs(100);

/// Serves until the task is dropped, and with it the port and all connections.
pub(super) async fn serve(listener: TcpListener, door: Arc<Door>) {
    let room = Arc::new(Semaphore::new(MOST));
    let mut connections = JoinSet::new();
    while let Ok(place) = Arc::clone(&room).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(hold(stream, Arc::clone(&door), place));
            }
            // Out of file handles, or a connection that broke off at once: neither ends the attempt.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn hold(mut stream: TcpStream, door: Arc<Door>, _place: OwnedSemaphorePermit) {
    converse(&mut stream, &door).await;
}

/// One request and its answer.
pub(super) async fn converse(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), door: &Door) {
    let Ok(read) = timeout(HEAD_WITHIN, request::read(stream)).await else {
        return;
    };
    let outcome = match read {
        Ok(request) => door.admit(&request),
        Err(unfit) => match door.refuse(unfit) {
            Some(refusal) => Outcome::Answer(refusal),
            None => return,
        },
    };
    match outcome {
        Outcome::Answer(answer) => {
            deliver(stream, &answer).await;
        }
        Outcome::LastPage => last_page(stream, door).await,
    }
}

/// Holds the browser until the ending is known, or sends it back to the program.
async fn last_page(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), door: &Door) {
    let mut hung_up = [0];
    let ending = tokio::select! {
        ending = ending(door) => Some(ending),
        () = sleep(ENDING_WITHIN) => None,
        // Closed, or saying more than it was asked: not a browser that waits for a page.
        _ = stream.read(&mut hung_up) => return,
    };
    let page = ending.map_or(door.pages.waiting.as_str(), |ending| door.pages.of(ending));
    let taken = deliver(stream, &answer::page(&door.pages, Status::Ok, page)).await;
    if taken && ending.is_some() {
        door.stage.send_replace(Stage::Delivered);
    }
}

async fn ending(door: &Door) -> Ending {
    let mut stages = door.stage.subscribe();
    loop {
        if let Stage::Concluded(ending) = *stages.borrow_and_update() {
            return ending;
        }
        if stages.changed().await.is_err() {
            return Ending::Failed;
        }
    }
}

/// Sends an answer and closes. What is still coming in is read and left, as closing over it would
/// take the answer back (RFC 9112 9.6).
async fn deliver(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), answer: &[u8]) -> bool {
    let sent = async {
        stream.write_all(answer).await?;
        stream.shutdown().await
    };
    if !matches!(timeout(TAKEN_WITHIN, sent).await, Ok(Ok(()))) {
        return false;
    }
    let mut rest = [0; 1024];
    let drain = async { while matches!(stream.read(&mut rest).await, Ok(1..)) {} };
    let _ = timeout(CLOSED_WITHIN, drain).await;
    true
}
