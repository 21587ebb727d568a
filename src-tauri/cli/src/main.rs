//! The `evergrant` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    evergrant_cli::run()
}
