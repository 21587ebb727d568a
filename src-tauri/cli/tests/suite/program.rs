//! Programs for a test to run, written by another process: a handle that writes one here would be handed
//! down to whatever another test starts meanwhile, and a file that is being written cannot be run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The command, in a folder of its own.
pub fn copy_of_the_command(folder: &Path) -> PathBuf {
    let program = folder.join("evergrant");
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_evergrant"))
        .arg(&program)
        .status()
        .expect("cp runs");
    assert!(copied.success(), "copied");
    program
}

/// A shell script under this name.
pub fn script(path: &Path, text: &str) {
    let mut writer = Command::new("sh")
        .args(["-c", r#"cat > "$1" && chmod 755 "$1""#, "sh"])
        .arg(path)
        .stdin(Stdio::piped())
        .spawn()
        .expect("sh runs");
    let mut stdin = writer.stdin.take().expect("its input");
    writeln!(stdin, "#!/bin/sh\n{text}").expect("written");
    drop(stdin);
    assert!(writer.wait().expect("it ends").success(), "written");
}
