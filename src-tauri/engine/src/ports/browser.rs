use evergrant_domain::Fault;

/// The person's own browser.
pub trait Browser: Send + Sync {
    /// Opens a link; returns once the browser was started, not once the page is there.
    ///
    /// # Errors
    /// `BrowserUnavailable`.
    fn open(&self, link: &str) -> Result<(), Fault>;
}
