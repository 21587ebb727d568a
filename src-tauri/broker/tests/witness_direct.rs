//! Programs that connect themselves: which they are, and how sure that is.
#![cfg(target_os = "linux")]

mod stage;

use std::{fs, path::Path, process::Command};

use evergrant_broker::{
    Assurance, Origin,
    witness::{Unseen, Witness, package_of},
};
use stage::{PERL, PYTHON, Stage, eventually, key};

#[test]
fn a_program_of_the_system_is_its_path() {
    let stage = Stage::new();
    let (caller, _asking) = stage.seen(&mut stage.curl(Path::new("/usr/bin/curl")));
    assert_eq!(key(&caller), "exe:/usr/bin/curl");
    let program = &caller.program;
    assert_eq!(
        (program.assurance, program.origin),
        (Assurance::System, Origin::Direct)
    );
    assert_eq!(program.path.as_deref(), Some(Path::new("/usr/bin/curl")));
    assert!(!caller.command && caller.still_itself());
    assert!(
        program.chain[0].name.starts_with("witness_direct"),
        "{:?}",
        program.chain
    );
    assert!(program.chain.len() <= 16);
}

#[test]
fn a_program_of_a_person_is_its_bytes() {
    let stage = Stage::new();
    let tool = stage.copy("/usr/bin/curl", "tool");
    let first = {
        let (caller, _asking) = stage.seen(&mut stage.curl(&tool));
        assert_eq!(caller.program.assurance, Assurance::Personal);
        assert!(
            key(&caller).starts_with(&format!("exe:{}#", tool.display())),
            "{}",
            key(&caller)
        );
        let (again, _asking) = stage.seen(&mut stage.curl(&tool));
        assert_eq!(key(&again), key(&caller), "the same tomorrow");
        key(&caller).to_owned()
    };
    let append = format!("echo changed >> {}", tool.display());
    assert!(
        Command::new("sh")
            .args(["-c", &append])
            .status()
            .expect("started")
            .success()
    );
    let (changed, _asking) = stage.seen(&mut stage.curl(&tool));
    assert_ne!(key(&changed), first, "another once it is changed");
}

#[test]
fn a_script_is_its_file_and_its_bytes() {
    let stage = Stage::new();
    let socket = stage.path("socket");
    for (interpreter, text) in [("python3", PYTHON), ("perl", PERL)] {
        let interpreter = fs::canonicalize(format!("/usr/bin/{interpreter}")).expect("installed");
        let script = stage.file("fetch mail", text);
        let (absolute, _asking) = stage.seen(Command::new(&interpreter).arg(&script).arg(&socket));
        let start = format!("script:{}|{}#", interpreter.display(), script.display()).replace(' ', "%20");
        assert!(key(&absolute).starts_with(&start), "{}", key(&absolute));
        assert_eq!(absolute.program.assurance, Assurance::Script);
        assert_eq!(absolute.program.name, "fetch mail");
        assert_eq!(absolute.program.path.as_deref(), Some(script.as_path()));

        let mut relative = Command::new(&interpreter);
        relative
            .arg("./fetch mail")
            .arg(&socket)
            .current_dir(stage.path(""));
        assert_eq!(
            key(&stage.seen(&mut relative).0),
            key(&absolute),
            "by a relative path"
        );

        let other = stage.file("fetch mail", &format!("{text}\n# changed\n"));
        let (changed, _asking) = stage.seen(Command::new(&interpreter).arg(&other).arg(&socket));
        assert!(key(&changed).starts_with(&start));
        assert_ne!(key(&changed), key(&absolute), "another once it is changed");
    }
}

#[test]
fn a_script_that_is_run_by_its_first_line_is_found() {
    let stage = Stage::new();
    let script = stage.file("fetch", &format!("#!/usr/bin/python3\n{PYTHON}"));
    let (caller, _asking) = stage.seen(Command::new(&script).arg(stage.path("socket")));
    assert_eq!(caller.program.path, Some(script));
    assert_eq!(caller.program.assurance, Assurance::Script);
}

#[test]
fn an_interpreter_that_a_person_can_change_is_part_of_the_key() {
    let stage = Stage::new();
    let own = stage.copy("/usr/bin/perl", "perl");
    let script = stage.file("fetch", PERL);
    let (caller, _asking) = stage.seen(Command::new(&own).arg(&script).arg(stage.path("socket")));
    assert!(
        key(&caller).starts_with(&format!("script:{}#", own.display())),
        "{}",
        key(&caller)
    );
    assert_eq!(key(&caller).matches('#').count(), 2);
}

#[test]
fn code_that_is_in_no_file_is_hidden() {
    let stage = Stage::new();
    let socket = stage.path("socket");
    let (caller, _asking) = stage.seen(Command::new("/usr/bin/python3").args(["-c", PYTHON]).arg(&socket));
    assert_eq!(caller.program.assurance, Assurance::Hidden);
    assert!(key(&caller).starts_with("hidden:python3"), "{}", key(&caller));
    assert!(!caller.program.can_be_remembered());

    let mut piped = Command::new("/usr/bin/perl");
    piped.args(["-", socket.to_str().expect("plain")]);
    let asking = stage.start_typing(&mut piped, &format!("{PERL}\n__END__\n"));
    let caller = stage.identify(&asking).expect("seen");
    assert_eq!(key(&caller), "hidden:perl");
}

#[test]
fn a_loader_does_not_lend_its_name() {
    let loader = Path::new("/lib64/ld-linux-x86-64.so.2");
    if !loader.exists() {
        return;
    }
    let stage = Stage::new();
    let tool = stage.copy("/usr/bin/curl", "tool");
    let mut through = Command::new(loader);
    through.args(stage.curl_line(&tool).split(' '));
    let (caller, _asking) = stage.seen(&mut through);
    assert_eq!(caller.program.assurance, Assurance::Hidden, "{}", key(&caller));
}

#[test]
fn a_file_that_is_gone_or_replaced_is_hidden() {
    let stage = Stage::new();
    let tool = stage.copy("/usr/bin/curl", "tool");
    let asking = stage.start(&mut stage.curl(&tool));
    fs::remove_file(&tool).expect("removed");
    let gone = stage.identify(&asking).expect("seen");
    assert_eq!(
        (key(&gone), gone.program.assurance),
        ("hidden:tool", Assurance::Hidden)
    );
    assert_eq!(gone.program.path, None);
    assert!(gone.still_itself());

    stage.copy("/usr/bin/curl", "tool");
    let (standing, _asking) = stage.seen(&mut stage.curl(&tool));
    assert_eq!(standing.program.assurance, Assurance::Personal);
    let asking = stage.start(&mut stage.curl(&tool));
    fs::remove_file(&tool).expect("removed");
    stage.file("tool", "another");
    // The kernel names a file that is gone so; another can bear that name.
    stage.file("tool (deleted)", "another");
    assert_eq!(
        stage.identify(&asking).expect("seen").program.assurance,
        Assurance::Hidden
    );
}

#[test]
fn a_world_of_its_own_without_a_name_gets_nothing() {
    let mut alone = Command::new("unshare");
    alone.args(["--user", "--map-root-user"]);
    if !alone.arg("true").status().is_ok_and(|status| status.success()) {
        // Closed on this computer; a made-up /proc shows the same elsewhere.
        return;
    }
    let stage = Stage::new();
    let mut alone = Command::new("unshare");
    alone
        .args(["--user", "--map-root-user"])
        .args(stage.curl_line(Path::new("/usr/bin/curl")).split(' '));
    let asking = stage.start(&mut alone);
    assert_eq!(stage.identify(&asking).err(), Some(Unseen::UnknownSandbox));
}

#[test]
fn a_stranger_is_turned_away() {
    let stage = Stage::new();
    let asking = stage.start(&mut stage.curl(Path::new("/usr/bin/curl")));
    let mut peer = asking.peer();
    peer.uid += 1;
    assert_eq!(stage.witness.identify(peer).err(), Some(Unseen::Stranger));
}

#[test]
fn a_package_is_found_where_there_are_lists() {
    if Path::new("/var/lib/dpkg/info/curl.list").exists() {
        // It gives up in time where the computer is busy, and says so by not knowing.
        let found = eventually("it is found in time", || package_of(Path::new("/usr/bin/curl")));
        assert_eq!(found, "curl");
    }
    let stage = Stage::new();
    assert_eq!(package_of(&stage.file("tool", "mine")), None);
    assert_eq!(package_of(Path::new("/no/such/file")), None);
}
