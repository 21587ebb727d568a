//! The web view's own processes, which outlive the windows for a moment and write what they kept once more.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// A killed process is gone in milliseconds; one that hangs in the system is not waited for.
const PATIENCE: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Ends them at once, and waits until they are gone. Afterwards no page can be shown any more.
pub fn end() {
    let theirs: Vec<Pid> = children().filter(|child| is_web_view(*child)).collect();
    for process in &theirs {
        // One that is gone already is as well.
        let _ = kill_process(*process, Signal::KILL);
    }
    let until = Instant::now() + PATIENCE;
    for process in theirs {
        while is_here(process) && Instant::now() < until {
            sleep(LOOK_AGAIN);
        }
    }
}

/// Processes that any thread of this one started. Source: proc(5), `/proc/pid/task/tid/children`.
fn children() -> impl Iterator<Item = Pid> {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let listed = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let ids: Vec<i32> = listed.flat_map(|line| ids(&line)).collect();
    ids.into_iter().filter_map(Pid::from_raw)
}

fn ids(line: &str) -> Vec<i32> {
    line.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

/// `WebKitWebProcess` and `WebKitNetworkProcess`, as far as the system keeps a name.
fn is_web_view(process: Pid) -> bool {
    let name = fs::read_to_string(format!("/proc/{}/comm", process.as_raw_nonzero()));
    name.is_ok_and(|name| name.starts_with("WebKit"))
}

/// Nobody else takes leave of it any more, now that the loop which did so has ended.
fn is_here(process: Pid) -> bool {
    matches!(waitpid(Some(process), WaitOptions::NOHANG), Ok(None))
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    use super::*;

    #[test]
    fn what_is_the_web_views_ends_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = |name: &str| {
            let program = folder.path().join(name);
            fs::copy("/bin/sleep", &program).expect("a program");
            Command::new(program)
                .arg0("sleep")
                .arg("30")
                .spawn()
                .expect("a process")
        };
        let (web, mut other) = (named("WebKitNetworkProcess"), named("browser"));
        end();
        assert!(!is_here(Pid::from_child(&web)), "it is gone");
        assert!(other.try_wait().expect("its state").is_none(), "it runs on");
        other.kill().expect("ended");
        other.wait().expect("ended");
    }
}
