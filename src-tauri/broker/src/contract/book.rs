use evergrant_domain::{AccountId, ScopeSet, Subject, Timestamp};

use crate::ports::{Book, Grant, GrantId, Known, Refusal, RefusalEnd};
use crate::program::{Assurance, Origin, ProgramKey};

/// Holds a new book to what the port promises.
///
/// # Panics
/// With the promise that was broken.
pub async fn book(book: &dyn Book) {
    assert_eq!(grants(book).await, [], "a new book is empty");
    assert_eq!(refusals(book).await, [], "a new book is empty");
    assert_eq!(book.paused().await, Ok(false), "a new book pauses nobody");
    grants_are_kept(book).await;
    refusals_are_kept(book).await;
    for paused in [true, true, false, false] {
        book.set_paused(paused).await.expect("set");
        assert_eq!(book.paused().await, Ok(paused), "a pause lasts until it is ended");
    }
}

async fn grants_are_kept(book: &dyn Book) {
    let mut first = full(1);
    let second = bare(2);
    let both = [first.clone(), second.clone()];
    book.save(&both).await.expect("saved");
    assert_eq!(grants(book).await, both, "every field comes back as it went");

    for assurance in Assurance::ALL {
        for origin in [Origin::Direct, Origin::Command] {
            first.program.assurance = assurance;
            first.program.origin = origin;
            first.uses += 1;
            let first = std::slice::from_ref(&first);
            book.save(first).await.expect("saved again");
            let kept = grants(book).await;
            assert_eq!(kept.len(), 2, "a grant is replaced, never doubled");
            assert_eq!(&kept[..1], first);
        }
    }
    book.save(&[]).await.expect("saving nothing is fine");
    book.remove(&[]).await.expect("removing nothing is fine");

    let gone = [first.id.clone(), id(77)];
    book.remove(&gone).await.expect("removed");
    book.remove(&gone).await.expect("one that is not there is fine");
    assert_eq!(grants(book).await, std::slice::from_ref(&second));
    book.remove(&[second.id]).await.expect("removed");
    assert_eq!(grants(book).await, []);
}

async fn refusals_are_kept(book: &dyn Book) {
    let mut one = Refusal {
        program: known(1),
        end: RefusalEnd::At(Timestamp(1_800_000_000)),
        times: 1,
    };
    let other = Refusal {
        program: known(2),
        end: RefusalEnd::Never,
        times: u32::MAX,
    };
    book.refuse(&one).await.expect("refused");
    book.refuse(&other).await.expect("refused");
    assert_eq!(refusals(book).await, [one.clone(), other.clone()]);

    one.end = RefusalEnd::Never;
    one.times = 2;
    one.program.name = "a new name".into();
    book.refuse(&one).await.expect("refused again");
    assert_eq!(
        refusals(book).await,
        [one.clone(), other.clone()],
        "a refusal is replaced, never doubled"
    );

    book.lift(&one.program.key).await.expect("lifted");
    book.lift(&one.program.key)
        .await
        .expect("lifting nothing is fine");
    assert_eq!(refusals(book).await, std::slice::from_ref(&other));
    book.lift(&other.program.key).await.expect("lifted");
}

async fn grants(book: &dyn Book) -> Vec<Grant> {
    let mut grants = book.grants().await.expect("the grants are listed");
    grants.sort_by(|one, other| one.id.cmp(&other.id));
    grants
}

async fn refusals(book: &dyn Book) -> Vec<Refusal> {
    let mut refusals = book.refusals().await.expect("the refusals are listed");
    refusals.sort_by(|one, other| one.program.key.cmp(&other.program.key));
    refusals
}

fn id(number: u64) -> GrantId {
    GrantId::of(number.to_be_bytes())
}

fn known(number: u8) -> Known {
    Known {
        key: ProgramKey::new(format!("file:/opt/{number}:root")),
        name: "Zoë’s \"mail\"; DROP TABLE grants 🌲".into(),
        path: (number == 1).then(|| "/opt/a b/mail".into()),
        assurance: Assurance::Personal,
        origin: Origin::Direct,
    }
}

/// A grant with everything there is.
fn full(number: u8) -> Grant {
    Grant {
        until: Some(Timestamp(1_800_043_200)),
        last_used: Some(Timestamp(1_800_000_100)),
        uses: 1 << 40,
        ..bare(number)
    }
}

/// A grant with only what every one has.
fn bare(number: u8) -> Grant {
    let subject = Subject {
        issuer: "https://issuer.example".into(),
        sub: number.to_string(),
    };
    Grant {
        id: id(number.into()),
        program: known(number),
        account: AccountId::of(&subject),
        email: "zoe@example.com".into(),
        scopes: ScopeSet::parse("openid email https://mail.example/send"),
        since: Timestamp(1_800_000_000),
        until: None,
        last_used: None,
        uses: 0,
    }
}
