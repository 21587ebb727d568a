//! What can be typed after `evergrant`.

mod apps;
mod backup;
mod quick;
mod span;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use apps::{Allow, Apps, AppsVerb, Lasting};
pub use backup::{Export, Import};
pub use quick::read;

/// Hands out access to connected accounts, for a person and for scripts.
///
/// Only the answer goes to standard output. Sentences and hints go to standard error.
#[derive(Debug, Parser)]
#[command(name = "evergrant", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Start Evergrant first if it is not running
    #[arg(long, global = true)]
    pub start: bool,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List the connected accounts
    Accounts,
    /// Print an access token for an account
    Token(Token),
    /// Connect an account, or connect it again
    Connect(Connect),
    /// Try whether an account works
    Test(OneAccount),
    /// Fetch fresh access for an account now
    Refresh(OneAccount),
    /// End the connection of an account
    Disconnect(Disconnect),
    /// Show and change what other programs may do
    Apps(Apps),
    /// Show who asked for what, and what they got
    Log(Log),
    /// Show what happened to an account, and who asked for it
    History(History),
    /// Say whether Evergrant runs, and how it sees you
    Status,
    /// Find out what stands in the way
    Doctor,
    /// Put all accounts into one encrypted file
    Export(Export),
    /// Bring accounts back from such a file
    Import(Import),
    /// Say that a service refused a token, so that a new one is fetched
    Report(Report),
    /// Answer git, as its credential helper
    GitCredential(GitCredential),
}

#[derive(Debug, Args)]
pub struct OneAccount {
    /// An address, an id, or a name such as google:alice@example.com
    pub account: String,
}

#[derive(Debug, Args)]
pub struct Token {
    /// An address, an id, or a name such as google:alice@example.com
    pub account: String,
    /// Only this scope (may be repeated); otherwise all that were granted
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// How long the token must last at least, such as 5m, 300s or 1h
    #[arg(long, value_name = "TIME", value_parser = span::seconds)]
    pub min_valid: Option<u32>,
    /// Why it is needed; shown to the person who is asked
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// How long to wait for a person's answer [default: 2m on a terminal, else 1m]
    #[arg(long, value_name = "TIME", value_parser = span::seconds)]
    pub wait: Option<u32>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Raw)]
    pub format: Format,
}

/// How a token is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The token alone
    Raw,
    /// Token, expiry, scopes and account
    Json,
    /// A header for curl: Authorization: Bearer …
    Header,
    /// The answer that IMAP and SMTP servers expect for AUTH XOAUTH2
    Xoauth2,
}

#[derive(Debug, Args)]
pub struct Connect {
    /// Print the link instead of opening a browser, as over SSH
    #[arg(long)]
    pub no_browser: bool,
    /// What the account may be used for (may be repeated)
    #[arg(long = "permission", value_name = "PERMISSION", value_enum)]
    pub permissions: Vec<Permission>,
    /// A scope to ask for besides (may be repeated)
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// Connect this account again, instead of another one
    #[arg(long, value_name = "ACCOUNT")]
    pub account: Option<String>,
}

/// A choice of the permissions page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Permission {
    SendMail,
    ReadMail,
    Calendar,
    Contacts,
    DriveFiles,
}

impl Permission {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SendMail => "send_mail",
            Self::ReadMail => "read_mail",
            Self::Calendar => "calendar",
            Self::Contacts => "contacts",
            Self::DriveFiles => "drive_files",
        }
    }
}

#[derive(Debug, Args)]
pub struct Disconnect {
    /// An address, an id, or a name such as google:alice@example.com
    #[arg(required_unless_present = "all")]
    pub account: Option<String>,
    /// Every account
    #[arg(long, conflicts_with = "account")]
    pub all: bool,
    /// Remove it from this computer only; other computers stay connected
    #[arg(long)]
    pub only_here: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Log {
    /// Only entries that contain this text
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// How many entries, newest first
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct History {
    /// An address, an id, or a name such as google:alice@example.com; otherwise all accounts
    pub account: Option<String>,
    /// How many lines, newest first; 1000 at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct Report {
    /// An address, an id, or a name such as google:alice@example.com
    pub account: String,
    /// The scopes that the refused token was asked with (may be repeated)
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
}

#[derive(Debug, Args)]
pub struct GitCredential {
    /// What git wants
    #[arg(value_enum)]
    pub action: GitAction,
    /// Answer for this host too, besides Google's own (may be repeated)
    #[arg(long = "host", value_name = "HOST")]
    pub hosts: Vec<String>,
}

/// What git asks of a credential helper (gitcredentials(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GitAction {
    Get,
    Store,
    Erase,
}
