//! In which order it goes, also over restarts and changes of mind.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use evergrant_adapters::leaving::{Belongings, Stage};
use evergrant_domain::{Code, Fault};
use tokio::task::JoinHandle;

use crate::board::Board;
use crate::interface::{LeavingStep, LeavingView, ProfileName, WaitingView};
use crate::leaving::ending::Left;
use crate::leaving::{House, Leaving};

/// Notes what is done, and with what note on the disk.
struct FakeHouse {
    belongings: Belongings,
    /// What each look finds; the last one again and again.
    ends: Mutex<VecDeque<Result<Left, Fault>>>,
    erasures: Mutex<VecDeque<Result<(), Fault>>>,
    done: Mutex<Vec<String>>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FakeHouse {
    fn note(&self, what: &str) {
        let asked = self.belongings.asked().expect("nothing is done without a note");
        let what = format!("{what}, noted {asked:?}");
        let mut done = locked(&self.done);
        if done.last() != Some(&what) {
            done.push(what);
        }
    }
}

#[async_trait]
impl House for FakeHouse {
    async fn end(&self) -> Result<Left, Fault> {
        self.note("end");
        let mut ends = locked(&self.ends);
        let next = ends.front().cloned().unwrap_or(Ok(Left::default()));
        if ends.len() > 1 {
            ends.pop_front();
        }
        next
    }

    async fn close(&self) {
        self.note("close");
    }

    async fn erase(&self, asked: bool, past_vault: bool) -> Result<(), Fault> {
        self.note(&format!("erase {asked} {past_vault}"));
        locked(&self.erasures).pop_front().unwrap_or(Ok(()))
    }
}

/// One run of the program.
struct Run {
    leaving: Arc<Leaving>,
    board: Arc<Board>,
    house: Arc<FakeHouse>,
    task: JoinHandle<()>,
}

impl Run {
    fn start(folder: &Path, ends: Vec<Result<Left, Fault>>, erasures: Vec<Result<(), Fault>>) -> Self {
        let belongings = Belongings::below(folder, folder);
        let board = Arc::new(Board::new(ProfileName::Personal));
        let leaving = Arc::new(Leaving::new(belongings.clone(), Arc::clone(&board)));
        let house = Arc::new(FakeHouse {
            belongings,
            ends: Mutex::new(ends.into()),
            erasures: Mutex::new(erasures.into()),
            done: Mutex::default(),
        });
        let (leaves, home) = (Arc::clone(&leaving), Arc::clone(&house));
        let task = tokio::spawn(async move { leaves.run(&*home).await });
        Self {
            leaving,
            board,
            house,
            task,
        }
    }

    async fn wait(&self) {
        tokio::time::sleep(Duration::from_secs(2)).await;
    }

    fn done(&self) -> Vec<String> {
        locked(&self.house.done).clone()
    }

    fn view(&self) -> Option<LeavingView> {
        self.board.snapshot().leaving
    }

    fn step(&self) -> Option<LeavingStep> {
        self.view().map(|view| view.step)
    }

    /// As kill -9 does.
    async fn die(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

fn offline() -> Left {
    let fault = Fault::from(Code::Offline);
    Left {
        accounts: vec![WaitingView {
            email: "alice@example.com".to_owned(),
            fault: Some((&fault).into()),
        }],
        unfinished: 0,
    }
}

fn asked(folder: &Path) -> Option<Stage> {
    Belongings::below(folder, folder).asked()
}

#[tokio::test(start_paused = true)]
async fn nothing_is_done_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Run::start(folder.path(), vec![], vec![]);
    run.wait().await;
    assert_eq!((run.done(), run.view()), (vec![], None));
    run.leaving.keep();
    run.wait().await;
    assert_eq!((run.done(), asked(folder.path())), (vec![], None));
}

#[tokio::test(start_paused = true)]
async fn access_ends_first_and_files_go_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Run::start(
        folder.path(),
        vec![Ok(offline()), Ok(offline()), Ok(Left::default())],
        vec![],
    );
    run.leaving.delete(false);
    tokio::time::timeout(Duration::from_secs(10), run.leaving.until_gone())
        .await
        .expect("in time");
    let expected = [
        "end, noted Ending",
        "close, noted Deleting",
        "erase true false, noted Deleting",
    ];
    assert_eq!(run.done(), expected);
    assert_eq!(run.step(), Some(LeavingStep::Deleted));
    assert_eq!(
        asked(folder.path()),
        Some(Stage::Deleting),
        "whoever ends the program takes the note"
    );
}

#[tokio::test(start_paused = true)]
async fn offline_it_waits_says_for_whom_and_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Run::start(folder.path(), vec![Ok(offline())], vec![]);
    run.leaving.delete(false);
    run.wait().await;
    let view = run.view().expect("shown");
    assert_eq!(
        (view.step, view.waiting),
        (LeavingStep::Ending, offline().accounts)
    );
    assert_eq!(run.done(), ["end, noted Ending"]);
    run.die().await;

    let run = Run::start(folder.path(), vec![Ok(offline()), Ok(Left::default())], vec![]);
    run.wait().await;
    // Nobody pressed anything in this run.
    let expected = [
        "end, noted Ending",
        "close, noted Deleting",
        "erase false false, noted Deleting",
    ];
    assert_eq!(run.done(), expected);
    assert!(run.leaving.is_deleting());
}

#[tokio::test(start_paused = true)]
async fn it_can_be_called_off_until_deleting_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Run::start(folder.path(), vec![Ok(offline())], vec![]);
    run.leaving.delete(false);
    run.wait().await;
    run.leaving.keep();
    run.wait().await;
    assert_eq!((run.view(), asked(folder.path())), (None, None));
    run.die().await;
    let run = Run::start(folder.path(), vec![], vec![Err(Code::VaultLocked.into())]);
    run.wait().await;
    assert_eq!(run.done(), [] as [String; 0], "called off is called off");

    run.leaving.delete(true);
    run.wait().await;
    run.leaving.keep();
    run.wait().await;
    assert_eq!(
        (run.step(), asked(folder.path())),
        (Some(LeavingStep::Deleting), Some(Stage::Deleting))
    );
}

#[tokio::test(start_paused = true)]
async fn a_person_need_not_wait_for_what_cannot_be_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Run::start(folder.path(), vec![Ok(offline())], vec![]);
    run.leaving.delete(false);
    run.wait().await;
    run.leaving.delete(true);
    run.wait().await;
    let expected = [
        "end, noted Ending",
        "close, noted Deleting",
        "erase true false, noted Deleting",
    ];
    assert_eq!(run.done(), expected);
    assert_eq!(run.step(), Some(LeavingStep::Deleted));
}

#[tokio::test(start_paused = true)]
async fn what_hinders_deleting_is_said_and_tried_again_when_pressed() {
    let folder = tempfile::tempdir().expect("a folder");
    let locked_vault = || Err(Code::VaultLocked.into());
    let run = Run::start(
        folder.path(),
        vec![],
        vec![locked_vault(), locked_vault(), Ok(())],
    );
    run.leaving.delete(false);
    run.wait().await;
    let view = run.view().expect("shown");
    let code = view.fault.map(|fault| fault.code);
    assert_eq!(
        (view.step, code.as_deref()),
        (LeavingStep::Deleting, Some("vault_locked"))
    );
    run.leaving.delete(false);
    run.wait().await;
    assert_eq!(
        run.done().last().map(String::as_str),
        Some("erase true false, noted Deleting")
    );
    run.leaving.delete(true);
    run.wait().await;
    assert_eq!(
        run.done().last().map(String::as_str),
        Some("erase true true, noted Deleting")
    );
    assert_eq!(run.step(), Some(LeavingStep::Deleted));
}

#[tokio::test(start_paused = true)]
async fn killed_while_deleting_it_goes_on_deleting() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = Run::start(folder.path(), vec![], vec![Err(Code::DiskFull.into())]);
    run.leaving.delete(false);
    run.wait().await;
    run.die().await;
    let run = Run::start(folder.path(), vec![], vec![]);
    assert!(run.leaving.is_deleting(), "nothing is opened any more");
    run.wait().await;
    assert_eq!(
        run.done(),
        ["close, noted Deleting", "erase false false, noted Deleting"]
    );
}
