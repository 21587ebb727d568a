use std::fs;

use serde_json::json;

use super::ran::{Ran, command, run};
use super::samples::alice;
use super::stage::Stage;

const PROGRAMS: &str = "POST /v1/command/programs";

#[test]
fn programs_are_listed_with_what_they_may_do() {
    let programs = json!({"programs": [
        {"name": "msmtp", "path": "/usr/bin/msmtp", "assurance": "system", "refused_until": null, "muted": false,
            "grants": [{"id": "g1", "account": alice(), "scopes": ["https://mail.google.com/"], "since": 1_700_000_000,
                "until": null, "last_used": 1_800_000_000, "uses": 12}]},
        {"name": "spy\u{1b}[2J", "path": null, "assurance": "hidden", "refused_until": null, "muted": true, "grants": []},
    ]});
    let stage = Stage::listening().answers("GET /v1/command/programs", 200, programs.to_string());
    let text = "msmtp  /usr/bin/msmtp\n  g1  alice@example.com  until you end it, used 12 times, last 2027-01-15 08:00\n    \
                https://mail.google.com/\nspy\u{fffd}[2J  may not ask\n";
    run(&stage, &["apps"]).answered(text);
    run(&stage, &["apps", "list"]).answered(text);
    assert_eq!(run(&stage, &["apps", "--json"]).json(), programs);
}

#[test]
fn a_program_is_allowed_by_the_file_that_the_kernel_names() {
    let stage = Stage::listening().answers(PROGRAMS, 200, "{}");
    let real = stage.folder().join("real");
    fs::write(&real, "").expect("written");
    let real = real.canonicalize().expect("a path");
    let link = stage.folder().join("link");
    std::os::unix::fs::symlink(&real, &link).expect("linked");
    let path = link.to_str().expect("UTF-8");
    run(
        &stage,
        &[
            "apps",
            "allow",
            path,
            "--account",
            "a1",
            "--for",
            "always",
            "--through-command",
        ],
    )
    .answered(&format!("{} may use a1.\n", real.display()));
    let expected = json!({"path": real, "through_command": true, "account": "a1"});
    assert_eq!(stage.asked_once().body, expected);

    let arguments = [
        "apps",
        "allow",
        path,
        "--account",
        "a1",
        "--for",
        "always",
        "--interpreter",
        path,
    ];
    assert_eq!(run(&stage, &arguments).exit, 0);
    assert_eq!(stage.asked()[1].body["interpreter"], json!(real));
}

#[test]
fn a_bare_name_is_the_one_in_path_and_lasts_half_a_day() {
    let stage = Stage::listening().answers(PROGRAMS, 200, "{}");
    let bin = stage.folder().join("bin");
    fs::create_dir(&bin).expect("a folder");
    for file in ["mailer", "bin/mailer"] {
        fs::write(stage.folder().join(file), "").expect("written");
    }
    let ran: Ran = command(&stage)
        .current_dir(stage.folder())
        .env("PATH", format!(".:{}", bin.display()))
        .args(["apps", "allow", "mailer", "--account", "a1", "--scope", "openid"])
        .output()
        .expect("it runs")
        .into();
    assert_eq!(ran.exit, 0, "{ran:?}");
    let expected = json!({"path": bin.join("mailer").canonicalize().expect("a path"), "through_command": false,
        "account": "a1", "scopes": ["openid"], "seconds": 43_200});
    assert_eq!(stage.asked_once().body, expected);
}

#[test]
fn what_is_no_program_is_not_sent() {
    let stage = Stage::listening();
    run(&stage, &["apps", "allow", "/no/such", "--account", "a1"]).stopped(
        2,
        "/no/such is no program on this computer.\n→ Check the name. For a file in this folder, begin it with ./\n",
    );
    assert_eq!(stage.asked(), []);
}

#[test]
fn a_window_that_decides_itself_refuses() {
    let body = super::samples::problem("approve_in_window", 403, false);
    let stage = Stage::listening().answers(PROGRAMS, 403, body);
    assert_eq!(
        run(&stage, &["apps", "allow", "/bin/sh", "--account", "a1"]).exit,
        4
    );
}

#[test]
fn a_grant_is_ended_and_its_id_cannot_change_the_request() {
    let stage = Stage::listening()
        .answers("DELETE /v1/command/grants/g1", 200, r#"{"grants":[]}"#)
        .answers("DELETE /v1/command/grants/..%2F%3Fa", 204, "");
    run(&stage, &["apps", "end", "g1"]).answered("The program’s access is ended.\n");
    run(&stage, &["apps", "end", "../?a"]).answered("The program’s access is ended.\n");
    assert_eq!(
        run(&stage, &["apps", "end", "g1", "--json"]).json(),
        json!({"grants": []})
    );
}

#[test]
fn all_are_paused_and_go_on() {
    let stage = Stage::listening().answers("POST /v1/command/pause", 200, r#"{"paused":true}"#);
    run(&stage, &["apps", "pause"]).answered("No program gets access now.\n");
    run(&stage, &["apps", "resume"]).answered("Programs get access again.\n");
    let asked: Vec<_> = stage.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(asked, [json!({"paused": true}), json!({"paused": false})]);
}
