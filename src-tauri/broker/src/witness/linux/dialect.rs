//! The options of interpreters, as far as they are known to leave open which file runs.

use std::{ffi::OsString, path::Path};

/// How one interpreter reads its arguments.
#[derive(Debug)]
pub(super) struct Dialect {
    pub(super) shell: bool,
    /// Options of one letter, alone or several behind one dash.
    pub(super) letters: &'static str,
    /// Options of one letter with a value, attached or next; shells take the next.
    pub(super) with_value: &'static str,
    /// Options in full; one that ends in `*` stands for all that begin so.
    pub(super) words: &'static [&'static str],
    pub(super) words_with_next: &'static [&'static str],
    /// The file stands behind one of these.
    pub(super) before_file: &'static [&'static str],
    /// A file stands nowhere else.
    pub(super) only_after_option: bool,
    /// A word that may stand before the file.
    pub(super) command: Option<&'static str>,
}

pub(super) enum Interpreter {
    Read(&'static Dialect),
    /// It runs what it is given, by rules that nobody wrote down here.
    Unread,
}

const PLAIN: Dialect = Dialect {
    shell: false,
    letters: "",
    with_value: "",
    words: &[],
    words_with_next: &[],
    before_file: &[],
    only_after_option: false,
    command: None,
};

const SHELL: Dialect = Dialect {
    shell: true,
    letters: "abefhiklmnprtuvxBCEHPTI",
    with_value: "oO",
    words: &[
        "--norc",
        "--noprofile",
        "--posix",
        "--login",
        "--restricted",
        "--verbose",
    ],
    ..PLAIN
};

const FISH: Dialect = Dialect {
    shell: true,
    letters: "ilnNP",
    words: &[
        "--login",
        "--interactive",
        "--no-config",
        "--private",
        "--no-execute",
    ],
    ..PLAIN
};

const PYTHON: Dialect = Dialect {
    letters: "bBdEhIOPqRsSuvVx",
    with_value: "WX",
    words_with_next: &["--check-hash-based-pycs"],
    ..PLAIN
};

const PERL: Dialect = Dialect {
    letters: "wWXtTuUc",
    ..PLAIN
};

const RUBY: Dialect = Dialect {
    letters: "wvU",
    words: &["-W*", "--jit", "--yjit", "--disable=*", "--enable=*"],
    ..PLAIN
};

const NODE: Dialect = Dialect {
    words: &[
        "--max-old-space-size=*",
        "--max_old_space_size=*",
        "--stack-size=*",
        "--unhandled-rejections=*",
        "--dns-result-order=*",
        "--no-warnings",
        "--no-deprecation",
        "--trace-warnings",
        "--trace-deprecation",
        "--trace-uncaught",
        "--enable-source-maps",
        "--expose-gc",
        "--use-strict",
        "--use-system-ca",
        "--use-openssl-ca",
        "--use-bundled-ca",
    ],
    ..PLAIN
};

const LUA: Dialect = Dialect {
    letters: "EW",
    ..PLAIN
};

const PHP: Dialect = Dialect {
    letters: "qn",
    before_file: &["-f", "--file"],
    ..PLAIN
};

const DENO: Dialect = Dialect {
    letters: "Aq",
    words: &[
        "--allow-*",
        "--deny-*",
        "--no-*",
        "--cached-only",
        "--quiet",
        "--unstable*",
    ],
    command: Some("run"),
    ..PLAIN
};

const BUN: Dialect = Dialect {
    words: &["--bun", "--silent", "--smol"],
    command: Some("run"),
    ..PLAIN
};

const JAVA: Dialect = Dialect {
    words: &[
        "-D*",
        "-Xm*",
        "-Xs*",
        "-XX:*",
        "-ea",
        "-server",
        "--add-opens=*",
        "--add-exports=*",
        "--enable-native-access=*",
    ],
    words_with_next: &["--add-opens", "--add-exports"],
    before_file: &["-jar"],
    only_after_option: true,
    ..PLAIN
};

/// Programs that run whatever file they are given.
const UNREAD: &[&str] = &[
    "awk",
    "gawk",
    "mawk",
    "original-awk",
    "tclsh",
    "wish",
    "expect",
    "rscript",
    "r",
    "guile",
    "julia",
    "gjs",
    "cjs",
    "pwsh",
    "dotnet",
    "mono",
    "mono-sgen",
    "wine",
    "wine-preloader",
    "beam.smp",
    "ocamlrun",
    "ghc",
    "ghci",
    "sbcl",
    "racket",
    "raku",
    "groovy",
    "scala",
    "ts-node",
    "tsx",
    "qjs",
    "osh",
    "nu",
    "elvish",
    "xonsh",
    "m4",
];

/// `None`: no interpreter, its executable is the program.
pub(super) fn of(executable: &str, argv: &[OsString]) -> Option<Interpreter> {
    let name = executable.to_ascii_lowercase();
    if name.starts_with("ld-") && name.contains(".so") || name == "ld.so" || name.starts_with("qemu-") {
        // A loader: the program it runs is an argument.
        return Some(Interpreter::Unread);
    }
    if name.starts_with("python") || name.starts_with("pypy") {
        return Some(Interpreter::Read(&PYTHON));
    }
    if name.starts_with("perl5") {
        return Some(Interpreter::Read(&PERL));
    }
    // Versions: lua5.4, php8.2, ruby3.1.
    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-'));
    let read = match stem {
        "sh" | "bash" | "rbash" | "dash" | "zsh" | "ksh" | "mksh" | "yash" | "ash" => &SHELL,
        "fish" => &FISH,
        "perl" => &PERL,
        "ruby" => &RUBY,
        "node" | "nodejs" => &NODE,
        "lua" | "luajit" => &LUA,
        "php" | "php-cgi" => &PHP,
        "deno" => &DENO,
        "bun" => &BUN,
        "java" => &JAVA,
        "busybox" | "toybox" => return Some(applet(argv)),
        other if UNREAD.contains(&other) => return Some(Interpreter::Unread),
        _ => return None,
    };
    Some(Interpreter::Read(read))
}

/// Many programs in one file: which one it is stands in the first argument.
fn applet(argv: &[OsString]) -> Interpreter {
    let name = argv
        .first()
        .and_then(|name| Path::new(name).file_name()?.to_str());
    match name.map(|name| name.trim_start_matches('-')) {
        Some("sh" | "ash") => Interpreter::Read(&SHELL),
        _ => Interpreter::Unread,
    }
}
