//! A caller that becomes another program after it connected.
#![cfg(target_os = "linux")]

use std::sync::{Arc, atomic::Ordering::SeqCst};

use evergrant_broker::{door::Door, witness::SystemWitness};
use tokio::{sync::watch, task::block_in_place};

use crate::{
    house::{Desk, place},
    roles::Role,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_became_another_program_gets_no_answer() {
    let (_folder, path) = place();
    let door = Door::open(&path).expect("opened");
    let witness = Arc::new(SystemWitness::new(Vec::new()));
    let desk = Arc::new(Desk::default());
    let (_stop, stopped) = watch::channel(false);
    tokio::spawn(door.serve(witness, Arc::clone(&desk) as _, stopped));
    let mut changeling = block_in_place(|| Role::play("changeling", &path, 0));
    assert_eq!(block_in_place(|| changeling.hear()), "HTTP/1.1 200");
    assert_eq!(block_in_place(|| changeling.hear()), "0 bytes");
    assert_eq!(desk.asked.load(SeqCst), 1, "the second never reached it");
}
