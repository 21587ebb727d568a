//! What can be typed after `evergrant apps`.

use clap::{Args, Subcommand};

use super::span;

#[derive(Debug, Args)]
pub struct Apps {
    #[command(subcommand)]
    pub verb: Option<AppsVerb>,
}

#[derive(Debug, Subcommand)]
pub enum AppsVerb {
    /// List the programs and what they may do (the default)
    List,
    /// Allow a program beforehand, where there is no window to ask in
    Allow(Allow),
    /// End one grant, by the id that the list shows
    End {
        /// The id of the grant
        grant: String,
    },
    /// Give no program access for now
    Pause,
    /// Give programs access again
    Resume,
}

#[derive(Debug, Args)]
pub struct Allow {
    /// The program or script; a bare name is looked for in PATH
    pub path: String,
    /// What runs the script, where its first line does not say so
    #[arg(long, value_name = "PATH")]
    pub interpreter: Option<String>,
    /// The account it may use
    #[arg(long, value_name = "ACCOUNT")]
    pub account: String,
    /// Only this scope (may be repeated); otherwise all of the account's
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// For how long, such as 12h, or always
    #[arg(long = "for", value_name = "TIME", default_value = "12h", value_parser = lasting)]
    pub lasting: Lasting,
    /// When it asks by running evergrant, instead of by itself
    #[arg(long)]
    pub through_command: bool,
}

/// How long a grant lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    Seconds(u32),
    /// Until somebody ends it.
    Always,
}

fn lasting(text: &str) -> Result<Lasting, String> {
    match text {
        "always" => Ok(Lasting::Always),
        _ => match span::seconds(text) {
            Ok(0) | Err(_) => Err("not a span of time; write 12h, 30m or always".to_owned()),
            Ok(seconds) => Ok(Lasting::Seconds(seconds)),
        },
    }
}
