use evergrant_agent::interface::{AccountState, AccountView, RecoveryView};
use evergrant_agent::messages::{listed, say};
use evergrant_agent::said;

use crate::bulletin::Note;
use crate::desktop::{About, Desktop, Notification};
use crate::gist::Question;
use crate::window;

/// As much of a program's name as a notification says.
const NAME: usize = 60;
/// As many accounts are named; of more only how many.
const NAMED: usize = 3;

/// Says that accounts need the person, unless they look at the window that shows them.
pub fn attention(desktop: &dyn Desktop, note: &Note, accounts: &[&AccountView], news: bool) {
    if desktop.looked_at().as_deref() == Some(window::main::LABEL) {
        return;
    }
    let Some((text, button)) = attention_text(accounts) else {
        return;
    };
    let count = accounts.len().to_string();
    let title = if accounts.len() == 1 {
        say("notification.attention.title", &[])
    } else {
        say("notification.attention.several", &[("count", &count)])
    };
    desktop.notify(Notification {
        about: About::Accounts(note.number),
        title,
        text,
        button,
        news,
    });
}

/// Why they stopped or what will end them, and what to do; where that is not one thing, what to do alone. And what the
/// button says.
fn attention_text(accounts: &[&AccountView]) -> Option<(String, String)> {
    let (first, others) = accounts.split_first()?;
    let why = why(first).filter(|its| others.iter().all(|other| why(other).as_ref() == Some(its)));
    let named = named(accounts);
    let email = ("email", named.as_str());
    let text = match why {
        Some(why) => say("notification.attention.why", &[email, ("why", &why)]),
        None if others.is_empty() => say("notification.attention.text", &[email]),
        None => say("notification.attention.texts", &[email]),
    };
    let button = match (others, reconnects(first)) {
        ([], true) => say("recovery.reconnect", &[]),
        _ => say("notification.open", &[]),
    };
    Some((text, button))
}

fn why(account: &AccountView) -> Option<String> {
    let stopped = account.reason.as_ref().map(said::reason);
    let why = stopped.or_else(|| account.forecast.as_ref().map(said::forecast));
    why.map(|why| why.joined())
}

/// It has a button of this name in the window.
fn reconnects(account: &AccountView) -> bool {
    let mends = account.fault.as_ref().map(|fault| &fault.recovery);
    account.state == AccountState::NeedsReconnect && matches!(mends, None | Some(RecoveryView::Reconnect))
}

fn named(accounts: &[&AccountView]) -> String {
    let emails: Vec<&str> = accounts.iter().map(|account| account.email.as_str()).collect();
    let more = emails.len().saturating_sub(NAMED);
    if more == 0 {
        return listed(&emails);
    }
    let values = [
        ("names", &*listed(&emails[..NAMED])),
        ("count", &*more.to_string()),
    ];
    say("notification.attention.more", &values)
}

/// Says that a program asks, unless the person looks at Evergrant.
pub fn question(desktop: &dyn Desktop, question: &Question) {
    if desktop.looked_at().is_some() {
        return;
    }
    let (program, emails) = (harmless(&question.program), listed(&question.emails));
    let values = [("program", program.as_str()), ("email", emails.as_str())];
    desktop.notify(Notification {
        about: About::Question,
        title: say("notification.question.title", &[]),
        text: say("notification.question.text", &values),
        button: say("notification.open", &[]),
        news: true,
    });
}

/// Says that Evergrant goes on although nothing of it can be seen.
pub fn background(desktop: &dyn Desktop) {
    desktop.notify(Notification {
        about: About::Background,
        title: say("notification.background.title", &[]),
        text: say("notification.background.text", &[]),
        button: say("notification.open", &[]),
        news: true,
    });
}

/// A program's name is a file's name, so whoever made the file chose it: it must not look like more than a
/// name. Some desktops read `<` and `&` as markup.
fn harmless(name: &str) -> String {
    let steers = |letter: char| {
        letter.is_control()
            || matches!(letter, '<' | '>' | '&')
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut plain: String = name
        .chars()
        .filter(|letter| !steers(*letter))
        .take(NAME + 1)
        .collect();
    if let Some((cut, _)) = plain.char_indices().nth(NAME) {
        plain.truncate(cut);
        plain.push('…');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use evergrant_agent::interface::FaultView;

    use crate::tests::{account, ahead, removed};

    #[test]
    fn whoever_needs_the_person_says_why() {
        let mut alice = account("alice");
        let text = |account: &AccountView| attention_text(&[account]).expect("one account").0;
        assert_eq!(
            text(&alice),
            "alice@example.com has to be connected again. Open Evergrant and press Reconnect."
        );
        alice.forecast = Some(ahead(1_800_000_000));
        let ends = text(&alice);
        assert!(
            ends.starts_with("alice@example.com: This connection ends on "),
            "{ends}"
        );
        alice.reason = Some(removed());
        assert_eq!(
            text(&alice),
            "alice@example.com: Most likely: Evergrant was removed from the apps with access to this account. \
             Press Reconnect if you still want to use it."
        );
    }

    #[test]
    fn the_button_says_what_the_window_will() {
        let mut alice = account("alice");
        let button = |accounts: &[&AccountView]| attention_text(accounts).expect("accounts").1;
        assert_eq!(button(&[&alice]), "Open");
        alice.state = AccountState::NeedsReconnect;
        assert_eq!(button(&[&alice]), "Reconnect");
        assert_eq!(button(&[&alice, &alice]), "Open");
        alice.fault = Some(FaultView {
            code: "client_deleted".to_owned(),
            recovery: RecoveryView::ImportClient,
            detail: None,
        });
        assert_eq!(button(&[&alice]), "Open");
    }

    #[test]
    fn several_say_what_they_have_in_common() {
        let all: Vec<AccountView> = ["alice", "bob", "carol", "dora", "emil"].map(account).into();
        let text = |accounts: &[AccountView]| {
            let accounts: Vec<&AccountView> = accounts.iter().collect();
            attention_text(&accounts).expect("accounts").0
        };
        assert_eq!(
            text(&all[..2]),
            "alice@example.com, bob@example.com: They have to be connected again. Open Evergrant to see how."
        );
        let named = text(&all);
        assert!(
            named.starts_with("alice@example.com, bob@example.com, carol@example.com and 2 more: "),
            "{named}"
        );
        let mut two = all[..2].to_vec();
        for account in &mut two {
            account.reason = Some(removed());
        }
        assert!(
            text(&two).contains("Evergrant was removed from the apps"),
            "{}",
            text(&two)
        );
        two[1].reason = None;
        assert!(
            !text(&two).contains("Evergrant was removed from the apps"),
            "only one of them was"
        );
    }

    #[test]
    fn a_name_is_no_more_than_a_name() {
        assert_eq!(harmless("mail-sync 2"), "mail-sync 2");
        assert_eq!(harmless("<b>Evergrant</b>\n&amp;\u{202e}x"), "bEvergrant/bamp;x");
        let long = harmless(&"ä".repeat(500));
        assert_eq!(long.chars().count(), NAME + 1);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn a_question_has_its_words() {
        let values = [("program", "sync"), ("email", "alice@example.com")];
        let text = say("notification.question.text", &values);
        assert!(
            text.contains("sync") && text.contains("alice@example.com"),
            "{text}"
        );
        assert_ne!(
            say("notification.question.title", &[]),
            "notification.question.title"
        );
    }
}
