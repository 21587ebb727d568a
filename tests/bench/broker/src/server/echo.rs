//! The floor: what the computer itself takes for 200 bytes there and back.

use std::io::{BufRead, Read, Write, stdin, stdout};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;

use crate::Outcome;
use crate::wire::Saying;

/// Gives back what it is sent. Whoever comes while another is there gets a thread; one alone is served
/// by the thread that let it in, which is as little as a connection can cost.
pub fn echo(socket: &Path) -> Outcome {
    let listener = UnixListener::bind(socket)?;
    writeln!(stdout(), "ready")?;
    let mut threads = false;
    thread::scope(|scope| {
        let (tell, told) = std::sync::mpsc::channel();
        scope.spawn(move || {
            // "threads" from now on, or "alone".
            for line in stdin().lock().lines().map_while(Result::ok) {
                let _ = tell.send(line == "threads");
                let _ = writeln!(stdout(), "done");
            }
            // Whoever measures is gone.
            std::process::exit(0);
        });
        for stream in listener.incoming() {
            let stream = stream?;
            threads = told.try_iter().last().unwrap_or(threads);
            if threads {
                thread::Builder::new()
                    .stack_size(64 * 1024)
                    .spawn(move || give_back(stream))?;
            } else {
                give_back(stream);
            }
        }
        Ok(())
    })
}

fn give_back(mut stream: UnixStream) {
    let mut bytes = [0; Saying::ECHO];
    while stream.read_exact(&mut bytes).is_ok() && stream.write_all(&bytes).is_ok() {}
}
