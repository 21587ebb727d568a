use serde_json::json;

use super::ran::run;
use super::samples::token;
use super::stage::Stage;

#[test]
fn without_words_it_helps() {
    let ran = run(&Stage::empty(), &[]);
    assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
    for verb in ["accounts", "token", "connect", "doctor", "git-credential"] {
        assert!(ran.out.contains(verb), "{verb}: {}", ran.out);
    }
    assert!(ran.out.lines().count() < 30, "{}", ran.out);
}

#[test]
fn help_and_version_are_answers() {
    let ran = run(&Stage::empty(), &["token", "--help"]);
    assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("--min-valid"));
    run(&Stage::empty(), &["--version"]).answered(concat!("evergrant ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_wrong_usage_is_named() {
    for (arguments, named) in [
        (vec!["tokn", "a1"], "'tokn'"),
        (vec!["token"], "<ACCOUNT>"),
        (vec!["token", "a1", "--format", "xml"], "'xml'"),
        (vec!["connect", "--permission", "all"], "'all'"),
        (vec!["log", "--limit", "-1"], "'-1'"),
        (vec!["apps", "allow", "/bin/sh"], "--account"),
        (
            vec!["apps", "allow", "/bin/sh", "--account", "a", "--for", "ever"],
            "'ever'",
        ),
    ] {
        let ran = run(&Stage::empty(), &arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(named), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn spans_of_time_are_understood_or_named() {
    for (span, seconds) in [("5m", 300), ("300", 300), ("300s", 300), ("1h", 3600)] {
        let stage = Stage::listening().answers("POST /v1/token", 200, token());
        run(&stage, &["token", "a1", "--min-valid", span]).answered("ya29.canary\n");
        assert_eq!(stage.asked_once().body["min_valid_seconds"], json!(seconds));
    }
    for span in ["5x", "m", "1h30m", "-5", "", "99999999999h"] {
        let ran = run(&Stage::empty(), &["token", "a1", &format!("--min-valid={span}")]);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{span}");
        assert!(ran.err.contains("--min-valid"), "{span}: {}", ran.err);
    }
}
