//! Bytes that may hold a secret: wiped when dropped, and no copy is left behind when they grow.

use zeroize::Zeroizing;

const FIRST: usize = 4096;
/// Taken in one go, so that a slow drip into a large buffer does not clear it for each byte.
const GULP: usize = 64 * 1024;

pub(super) struct Wiped(Zeroizing<Vec<u8>>);

impl Wiped {
    pub(super) fn new() -> Self {
        Self(Zeroizing::new(Vec::new()))
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// Room for so many more bytes.
    pub(super) fn reserve(&mut self, more: usize) {
        let wanted = self.0.len() + more;
        if wanted > self.0.capacity() {
            let capacity = wanted.max(self.0.capacity() * 2).max(FIRST);
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Appends what `read` puts into the room that is there, at least a byte and at most a gulp.
    pub(super) fn fill<E>(&mut self, read: impl FnOnce(&mut [u8]) -> Result<usize, E>) -> Result<usize, E> {
        if self.0.len() == self.0.capacity() {
            self.reserve(FIRST);
        }
        let before = self.0.len();
        let room = self.0.capacity().min(before + GULP);
        self.0.resize(room, 0);
        let read = read(&mut self.0[before..]);
        self.0.truncate(before + read.as_ref().map_or(0, |count| *count));
        read
    }

    /// Forgets the first bytes.
    pub(super) fn drop_front(&mut self, count: usize) {
        self.0.drain(..count);
    }
}
