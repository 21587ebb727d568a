/// What a notification is about; a new one takes the place of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Accounts that need the person, by the number in the bulletin.
    Accounts(u32),
    Question,
    Background,
}

/// Something said outside the windows, with one button that leads to where it can be dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    pub about: About,
    pub title: String,
    pub text: String,
    /// What the button says, where the desktop shows one.
    pub button: String,
    /// Else it is a correction, and shown only where the one before still stands.
    pub news: bool,
}
