//! Many at once.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use evergrant_broker::door::Limits;
use rustix::process::{Resource, getrlimit};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    task::{block_in_place, spawn_blocking},
    time::{sleep, timeout},
};

use crate::{
    house::{PATIENCE, answer, call, opened, place, rest, say},
    roles::Role,
};

const ASK: &[u8] = b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n";
const CROWD: usize = 10_000;
/// Generous: what a silent connection may hold, the kernel's part not counted.
const BYTES_EACH: usize = 4 * 1024;

/// Bytes of a process that are in memory, where the system says so.
fn resident(pid: u32) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

/// The longest of a hundred exchanges, each on a connection of its own.
async fn longest_wait(path: &Path) -> Duration {
    let mut longest = Duration::ZERO;
    for _ in 0..100 {
        let before = Instant::now();
        let mut caller = call(path).await;
        say(&mut caller, ASK).await;
        assert_eq!(answer(&mut caller).await.0, 200);
        longest = longest.max(before.elapsed());
    }
    longest
}

/// The door in a process of its own, ten thousand silent connections from another, of which `share` are
/// let in, and this one, which wants an answer meanwhile.
async fn served_among_the_silent(share: usize) {
    let (_folder, path) = place();
    let mut holder = block_in_place(|| Role::play("patient_holder", &path, share));
    assert_eq!(block_in_place(|| holder.hear()), "open");
    longest_wait(&path).await;
    let before = resident(holder.pid());
    let mut crowd = block_in_place(|| Role::play("silent_crowd", &path, CROWD));
    assert_eq!(block_in_place(|| crowd.hear()), format!("{CROWD} there"));
    let longest = longest_wait(&path).await;
    let after = resident(holder.pid());
    crowd.release();
    let closed = block_in_place(|| crowd.hear());
    eprintln!("{CROWD} silent, {closed}: others waited {longest:?} at most");
    assert!(longest < Duration::from_secs(2), "{longest:?}");
    assert_eq!(closed, format!("{} closed", CROWD - share));
    if let (Some(before), Some(after)) = (before, after) {
        let each = after.saturating_sub(before) / share;
        eprintln!("{before} bytes in memory before, {after} then: {each} for each that was let in");
        assert!(each < BYTES_EACH, "{each} bytes");
    }
}

fn handles() -> usize {
    let maximum = getrlimit(Resource::Nofile).maximum;
    maximum.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX))
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_who_say_nothing_do_not_keep_others_out() {
    if handles() < CROWD + 1000 {
        eprintln!("not tested: only {} file handles here", handles());
        return;
    }
    served_among_the_silent(Limits::default().of_one_process).await;
}

/// With room for all of them.
#[tokio::test(flavor = "multi_thread")]
async fn thousands_who_are_let_in_take_little_memory() {
    if handles() < CROWD + 1000 {
        eprintln!("not tested: only {} file handles here", handles());
        return;
    }
    // A connection takes two, and one process gets a quarter.
    let share = ((handles() - 200) / 8).min(CROWD);
    served_among_the_silent(share).await;
}

#[tokio::test]
async fn the_silent_are_let_go_in_time() {
    let house = opened(Limits {
        head_within: Duration::from_millis(300),
        ..Limits::default()
    });
    let mut crowd = Vec::new();
    for _ in 0..50 {
        crowd.push(house.call().await);
    }
    for one in &mut crowd {
        assert_eq!(rest(one).await, b"");
    }
}

#[tokio::test]
async fn one_process_has_its_share() {
    let house = opened(Limits {
        of_one_process: 3,
        ..Limits::default()
    });
    let mut kept = Vec::new();
    for _ in 0..3 {
        let mut caller = house.call().await;
        say(&mut caller, ASK).await;
        answer(&mut caller).await;
        kept.push(caller);
    }
    assert_eq!(rest(&mut house.call().await).await, b"", "the fourth");
    kept.pop();
    let another = async {
        loop {
            let mut caller = house.call().await;
            let _ = caller.write_all(ASK).await;
            if caller.read_u8().await.is_ok() {
                return;
            }
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, another).await.expect("one left, one may come");
}

/// Nine tenths are taken by one process that keeps idle connections: it loses one for each that comes.
#[tokio::test(flavor = "multi_thread")]
async fn when_it_gets_narrow_the_idle_make_room() {
    let house = opened(Limits {
        connections: 20,
        of_one_process: 20,
        ..Limits::default()
    });
    let mut idle = Vec::new();
    for _ in 0..18 {
        let mut caller = house.call().await;
        say(&mut caller, ASK).await;
        answer(&mut caller).await;
        idle.push(caller);
    }
    let path = house.path.clone();
    for _ in 0..10 {
        let path = path.clone();
        let said = spawn_blocking(move || Role::play("asker", &path, 0).hear());
        assert_ne!(said.await.expect("asked"), "0 bytes");
    }
    let mut left = 0;
    for caller in &mut idle {
        let mut nothing = [0];
        let closed = caller.read(&mut nothing);
        if let Ok(end) = timeout(Duration::from_millis(20), closed).await {
            assert_eq!(end.expect("closed well"), 0);
            left += 1;
        }
    }
    assert!((1..=10).contains(&left), "{left} made room");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_after_file_handles_ran_out() {
    let (_folder, path) = place();
    let mut holder = block_in_place(|| Role::play("scarce", &path, 0));
    assert_eq!(block_in_place(|| holder.hear()), "nothing left");
    let mut caller = call(&path).await;
    say(&mut caller, ASK).await;
    let early = timeout(Duration::from_millis(300), answer(&mut caller)).await;
    assert!(early.is_err(), "there was no handle for it");
    holder.release();
    assert_eq!(block_in_place(|| holder.hear()), "some again");
    assert_eq!(answer(&mut caller).await.0, 200);
}
