//! The body of a request, bounded in bytes and in time.

use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::timeout;

use super::Limits;

/// Why there is no body. Beyond `Broken` an answer still reaches the caller, then the connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyTrouble {
    /// More bytes than `Limits::body_bytes`: said so beforehand, or sent.
    TooLarge,
    /// Not whole within `Limits::body_within`.
    TooSlow,
    /// The caller hung up, or sent what is no body.
    Broken,
}

/// Reads the body of a request.
///
/// # Errors
/// See [`BodyTrouble`].
pub async fn body(request: Request<Incoming>, limits: &Limits) -> Result<Bytes, BodyTrouble> {
    let reading = gather(request.into_body(), limits.body_bytes);
    timeout(limits.body_within, reading)
        .await
        .unwrap_or(Err(BodyTrouble::TooSlow))
}

/// Copies what comes: a body in a thousand pieces must not hold a thousand buffers.
async fn gather<B>(mut body: B, most: usize) -> Result<Bytes, BodyTrouble>
where
    B: Body<Data = Bytes> + Unpin,
{
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > most {
        return Err(BodyTrouble::TooLarge);
    }
    let mut whole = Vec::with_capacity(announced);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BodyTrouble::Broken)?;
        // Trailers are of no use to anybody here.
        let Some(piece) = frame.data_ref() else { continue };
        if whole.len() + piece.len() > most {
            return Err(BodyTrouble::TooLarge);
        }
        whole.extend_from_slice(piece);
    }
    Ok(whole.into())
}
