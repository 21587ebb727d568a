//! Faults that spoil the answer after the work is done.

use super::{before::LONGEST_HANG, json, kind::Fault};
use crate::{
    server::{Cut, Lost},
    world::World,
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, header},
    response::Response,
};
use bytes::Bytes;
use futures_util::stream;
use std::{convert::Infallible, io, time::Duration};
use tokio::time::sleep;

const HUGE: usize = 2 * 1024 * 1024;
/// Long enough for the first half to arrive before the connection is reset.
const BEFORE_RESET: Duration = Duration::from_millis(50);

pub async fn spoil(world: &World, fault: &Fault, cut: Cut, answer: Response) -> Response {
    if *fault == Fault::AnswerLost {
        return Lost::response();
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return Lost::response();
    };
    let length = whole.len();
    let body = match fault {
        Fault::SlowDrip { milliseconds, bytes } => {
            drip(whole, Duration::from_millis(*milliseconds), (*bytes).max(1))
        }
        Fault::HangAfterHeaders => hang(),
        Fault::ResetMidBody => half_then_reset(&whole, cut),
        Fault::TruncatedJson => Body::from(whole.slice(..length * 2 / 3)),
        Fault::EmptyBody => Body::empty(),
        Fault::HugeBody => Body::from(vec![b' '; HUGE]),
        Fault::WrongContentType => {
            parts.headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            Body::from(whole)
        }
        other => Body::from(json::spoilt(world, other, &whole).map_or(whole, Bytes::from)),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    if matches!(
        fault,
        Fault::SlowDrip { .. } | Fault::HangAfterHeaders | Fault::ResetMidBody
    ) {
        parts.headers.insert(header::CONTENT_LENGTH, length.max(2).into());
    }
    Response::from_parts(parts, body)
}

fn drip(whole: Bytes, pause: Duration, bytes: usize) -> Body {
    Body::from_stream(stream::unfold(whole, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        sleep(pause).await;
        let next = left.split_to(bytes.min(left.len()));
        Some((Ok::<_, Infallible>(next), left))
    }))
}

fn hang() -> Body {
    Body::from_stream(stream::once(async {
        sleep(LONGEST_HANG).await;
        Err::<Bytes, _>(io::Error::from(io::ErrorKind::TimedOut))
    }))
}

fn half_then_reset(whole: &Bytes, cut: Cut) -> Body {
    let half = whole.slice(..whole.len() / 2);
    Body::from_stream(stream::unfold(Some((half, cut)), |left| async {
        let (half, cut) = left?;
        if !half.is_empty() {
            return Some((Ok(half), Some((Bytes::new(), cut))));
        }
        sleep(BEFORE_RESET).await;
        cut.make();
        Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), None))
    }))
}
