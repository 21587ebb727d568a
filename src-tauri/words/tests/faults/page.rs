//! The page itself.

use std::fmt::Write;

use evergrant_domain::Code;
use evergrant_domain::fault::{Mender, Recovery, Severity};
use evergrant_words::say;

use crate::listed::{Listed, groups};

const BEGINNING: &str = "\
<!-- Made from the list of faults and from ui/messages; do not edit. To make it anew:
EVERGRANT_WRITE_DOCS=1 cargo test -p evergrant-words --test faults -->

# When something does not work

Everything that can go wrong, each with a name of its own. The window, the notifications and the `evergrant` command
say the same sentences as this page. The name stands in the window under **Details**.

Nothing on this page makes Evergrant forget an account or delete anything by itself.

- **Who can mend it**: where nobody is named, there is nothing to mend.
- **Tried again by itself**: Evergrant does so with growing pauses, after a sleep and when the network comes back.
- **How much it matters**: a *note* breaks nothing, a *warning* is something that does not work now, and an *alarm* lasts
  until somebody does something.

";

pub fn written() -> String {
    let groups = groups();
    let mut page = String::from(BEGINNING);
    for group in &groups {
        let _ = writeln!(page, "- [{0}](#{1})", group.name, anchor(&group.name));
    }
    for group in &groups {
        let _ = write!(page, "\n## {}\n", group.name);
        for fault in &group.faults {
            section(&mut page, fault);
        }
    }
    page
}

fn section(page: &mut String, Listed { code, cause }: &Listed) {
    let words = |part| say(&format!("fault.{}.{part}", code.as_str()), &[]);
    let _ = write!(
        page,
        "\n### `{name}`\n\n**{what}** {todo}\n\n\
         | Button | Who can mend it | Tried again by itself | How much it matters |\n|---|---|---|---|\n\
         | {button} | {mender} | {again} | {severity} |\n\n\
         What brings it about: {cause}\n",
        name = code.as_str(),
        what = words("what"),
        todo = words("todo"),
        button = say(button(code.recovery()), &[]),
        mender = mender(code.mender()),
        again = again(*code),
        severity = severity(code.severity()),
    );
}

/// What the window writes on the button of a remedy.
const fn button(recovery: Recovery) -> &'static str {
    match recovery {
        Recovery::TryAgain => "recovery.tryAgain",
        Recovery::Reconnect => "recovery.reconnect",
        Recovery::SignInAgain => "recovery.signInAgain",
        Recovery::ImportClient => "recovery.importClient",
        Recovery::AskAdministrator => "recovery.askAdministrator",
        Recovery::UnlockVault => "recovery.unlockVault",
        Recovery::MendVault => "recovery.mendVault",
        Recovery::SignInToNetwork => "recovery.signInToNetwork",
        Recovery::MendNetwork => "recovery.mendNetwork",
        Recovery::SetClock => "recovery.setClock",
        Recovery::MendComputer => "recovery.mendComputer",
        Recovery::CopyLink => "recovery.copyLink",
        Recovery::Nothing => "recovery.nothing",
    }
}

const fn mender(mender: Mender) -> &'static str {
    match mender {
        Mender::Time => "Time",
        Mender::You => "You",
        Mender::Administrator => "The administrator of your organisation",
        Mender::Nobody => "–",
    }
}

const fn again(code: Code) -> &'static str {
    if code.passes_by_itself() {
        "Yes"
    } else if code.is_of_the_vault() {
        "As soon as it is open"
    } else {
        "No"
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "Note",
        Severity::Warning => "Warning",
        Severity::Alarm => "Alarm",
    }
}

/// As GitHub makes the anchor of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|letter| letter.is_alphanumeric() || *letter == ' ');
    kept.map(|letter| {
        if letter == ' ' {
            '-'
        } else {
            letter.to_ascii_lowercase()
        }
    })
    .collect()
}
