//! What is known of a machine and of processes on it.

use std::fs;
use std::io;

/// The load average of the last minute.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or("unknown").to_owned()
}

/// How many processors there are, and what they are called.
pub fn processors() -> String {
    let list = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let names = || list.lines().filter_map(|line| line.strip_prefix("model name"));
    let name = names().next().unwrap_or_default();
    format!("{} × {}", names().count(), name.trim_matches([' ', '\t', ':']))
}

/// The memory of a process in megabytes: pages shared among processes are counted in parts (PSS).
///
/// # Errors
/// The process is gone, or keeps its memory from other programs and this one is not root.
pub fn memory(pid: u32) -> io::Result<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = pss.and_then(|pss| pss.trim().strip_suffix(" kB")?.parse::<u32>().ok());
    let kilobytes = kilobytes.ok_or(io::ErrorKind::InvalidData)?;
    Ok(f64::from(kilobytes) / 1024.0)
}
