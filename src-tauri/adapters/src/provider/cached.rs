//! A public document kept for a while, fetched by one caller while the others wait.

use std::sync::Arc;

use evergrant_domain::{Fault, Timestamp, time::Seconds};
use tokio::sync::Mutex;

/// The last good copy of a document.
#[derive(Debug)]
pub(super) struct Cached<T> {
    copy: Mutex<Option<(Timestamp, Arc<T>)>>,
}

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self {
            copy: Mutex::new(None),
        }
    }
}

impl<T> Cached<T> {
    /// Long enough to spare calls, short enough that a withdrawn key is not trusted for days.
    const LIFETIME: Seconds = Seconds(60 * 60);

    /// The copy, or a fresh one where there is none, it is old, or it is the `unfit` one.
    pub async fn get(
        &self,
        now: Timestamp,
        unfit: Option<&Arc<T>>,
        fetch: impl Future<Output = Result<T, Fault>>,
    ) -> Result<Arc<T>, Fault> {
        let mut copy = self.copy.lock().await;
        if let Some((fetched, document)) = copy.as_ref() {
            let fit = !unfit.is_some_and(|unfit| Arc::ptr_eq(unfit, document));
            let age = now - *fetched;
            // A clock set back makes the age negative, which says nothing: fetched anew.
            if fit && (Seconds(0)..Self::LIFETIME).contains(&age) {
                return Ok(Arc::clone(document));
            }
        }
        let document = Arc::new(fetch.await?);
        *copy = Some((now, Arc::clone(&document)));
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn got(cached: &Cached<u8>, now: i64, unfit: Option<&Arc<u8>>, fresh: u8) -> Arc<u8> {
        let fetch = async move { Ok(fresh) };
        cached.get(Timestamp(now), unfit, fetch).await.expect("fetched")
    }

    #[tokio::test]
    async fn a_copy_serves_until_it_is_old_or_unfit() {
        let cached = Cached::default();
        let first = got(&cached, 1_000, None, 1).await;
        assert_eq!(*got(&cached, 4_599, None, 2).await, 1, "still fresh");
        let second = got(&cached, 4_599, Some(&first), 2).await;
        assert_eq!(*second, 2, "the first was unfit");
        assert_eq!(
            *got(&cached, 4_600, Some(&first), 3).await,
            2,
            "somebody fetched meanwhile"
        );
        assert_eq!(*got(&cached, 9_000, None, 4).await, 4, "too old");
        assert_eq!(*got(&cached, 8_000, None, 5).await, 5, "the clock was set back");
    }

    #[tokio::test]
    async fn a_failed_fetch_leaves_nothing_behind() {
        let cached = Cached::<u8>::default();
        let failed = async { Err(evergrant_domain::Code::Offline.into()) };
        assert!(cached.get(Timestamp(1), None, failed).await.is_err());
        assert_eq!(*got(&cached, 1, None, 7).await, 7);
    }
}
