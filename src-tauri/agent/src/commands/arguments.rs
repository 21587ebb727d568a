//! What can be typed after `evergrant-agent`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Evergrant without a window, for servers and SSH
///
/// Without a command it serves programs until it is told to end.
#[derive(Debug, Parser)]
#[command(name = "evergrant-agent", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// Show practice accounts
    #[arg(long)]
    pub practice: bool,
    /// Read the passphrase of the encrypted file from this open file descriptor
    #[arg(long, value_name = "N")]
    pub passphrase_fd: Option<u32>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What it does instead of serving.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Choose where secrets are kept
    Vault(Vault),
    /// Put all accounts into one encrypted file
    Export(Export),
    /// Bring accounts back from such a file
    Import(Import),
}

#[derive(Debug, Args)]
pub struct Vault {
    #[command(subcommand)]
    pub verb: VaultVerb,
}

#[derive(Debug, Subcommand)]
pub enum VaultVerb {
    /// Move all secrets into an encrypted file, or back into the system’s password store
    Move(Move),
}

#[derive(Debug, Args)]
pub struct Move {
    /// Where to
    #[arg(long, value_enum)]
    pub to: Place,
    /// The encrypted file [default: beside the list of accounts]
    #[arg(long, value_name = "FILE")]
    pub path: Option<PathBuf>,
    /// Open it with the key in this file instead of a passphrase; it is made where there is none
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Read the passphrase from this open file descriptor
    #[arg(long, value_name = "N")]
    pub passphrase_fd: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Place {
    File,
    System,
}

#[derive(Debug, Args)]
pub struct Export {
    /// The backup to make
    pub file: PathBuf,
    /// Make it for this key (age1…) instead of a passphrase
    #[arg(long, value_name = "KEY", conflicts_with = "passphrase_fd")]
    pub recipient: Option<String>,
    /// Read the passphrase of the backup from this open file descriptor
    #[arg(long, value_name = "N")]
    pub passphrase_fd: Option<u32>,
    /// Replace a file of this name
    #[arg(long)]
    pub replace: bool,
    /// Read the passphrase of Evergrant’s own encrypted file from this open file descriptor
    #[arg(long, value_name = "N")]
    pub vault_passphrase_fd: Option<u32>,
}

#[derive(Debug, Args)]
pub struct Import {
    /// The backup to read
    pub file: PathBuf,
    /// Open it with the key in this file instead of a passphrase
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_fd")]
    pub identity: Option<PathBuf>,
    /// Read the passphrase of the backup from this open file descriptor
    #[arg(long, value_name = "N")]
    pub passphrase_fd: Option<u32>,
    /// Take accounts and client files from the backup also where they work here
    #[arg(long)]
    pub replace: bool,
    /// Read the passphrase of Evergrant’s own encrypted file from this open file descriptor
    #[arg(long, value_name = "N")]
    pub vault_passphrase_fd: Option<u32>,
}
