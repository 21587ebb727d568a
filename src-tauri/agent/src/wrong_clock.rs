//! A clock that is wrong is told once, and taken back when it is right.

use evergrant_domain::time::{Seconds, Unit};
use tokio::sync::watch;

use crate::board::{Board, News};
use crate::interface::ProfileName;

const AHEAD: &str = "clock_ahead";
const BEHIND: &str = "clock_behind";

/// A clock that is further off than this is told.
const WORTH_TELLING: i64 = 120;
/// One that is no further off than this is right. What lies between changes nothing, so that a clock at
/// the edge is not told over and over.
const RIGHT: i64 = 60;

/// Follows how far this clock is ahead of the provider's, for ever.
pub async fn watch(profile: ProfileName, mut ahead: watch::Receiver<Option<Seconds>>, board: &Board) {
    let mut told = None;
    loop {
        let measured = *ahead.borrow_and_update();
        if let Some(measured) = measured {
            told = post(profile, told, measured, board);
        }
        if ahead.changed().await.is_err() {
            return std::future::pending().await;
        }
    }
}

/// Posts what has to be said, and returns what stands now.
fn post(profile: ProfileName, told: Option<Seconds>, ahead: Seconds, board: &Board) -> Option<Seconds> {
    let standing = judge(told, ahead);
    if standing != told {
        board.take_back(profile, &[AHEAD, BEHIND]);
        if let Some(ahead) = standing {
            board.tell(profile, news(ahead));
        }
    }
    standing
}

/// What ought to stand on the board: nothing, what was told, or the new measurement.
fn judge(told: Option<Seconds>, ahead: Seconds) -> Option<Seconds> {
    match (ahead.0.saturating_abs(), told) {
        (..=RIGHT, _) => None,
        (61..=WORTH_TELLING, told) => told,
        (_, Some(told)) if told.0.saturating_sub(ahead.0).saturating_abs() <= RIGHT => Some(told),
        _ => Some(ahead),
    }
}

fn news(ahead: Seconds) -> News {
    let (count, unit) = ahead.for_people();
    let unit = match unit {
        Unit::Seconds => "seconds",
        Unit::Minutes => "minutes",
        Unit::Hours => "hours",
        Unit::Days => "days",
    };
    let code = if ahead.0 < 0 { BEHIND } else { AHEAD };
    // Whoever shows it says `span.<unit>`, in the language of that moment.
    News::problem(code)
        .value("count", count.to_string())
        .value("unit", unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clock_that_is_far_off_is_told_and_not_twice() {
        let told = Some(Seconds(420));
        for (told, ahead, standing) in [
            (None, 0, None),
            (None, -119, None),
            (None, 120, None),
            (None, 121, Some(121)),
            (None, -121, Some(-121)),
            (None, i64::MIN, Some(i64::MIN)),
            (told, 421, Some(420)),
            (told, 360, Some(420)),
            (told, 900, Some(900)),
            (told, -420, Some(-420)),
            (told, 100, Some(420)),
            (told, 60, None),
            (told, -3, None),
        ] {
            assert_eq!(
                judge(told, Seconds(ahead)),
                standing.map(Seconds),
                "{told:?} {ahead}"
            );
        }
    }

    fn said(board: &Board) -> Vec<(String, String)> {
        let notices = board.snapshot().notices.into_iter();
        notices
            .map(|notice| {
                (
                    notice.code,
                    format!("{} {}", notice.values["count"], notice.values["unit"]),
                )
            })
            .collect()
    }

    #[tokio::test]
    async fn the_notice_comes_stays_away_when_dismissed_and_goes_when_the_clock_is_right() {
        let profile = ProfileName::Personal;
        let board = Board::new(profile);
        let (clock, watched) = watch::channel(None);
        let watching = watch(profile, watched, &board);
        tokio::pin!(watching);
        let mut says = async |ahead| {
            clock.send_replace(Some(Seconds(ahead)));
            let moment = std::time::Duration::from_millis(20);
            assert!(
                tokio::time::timeout(moment, &mut watching).await.is_err(),
                "for ever"
            );
        };
        says(5).await;
        assert!(said(&board).is_empty());
        says(420).await;
        let seven = vec![("clock_ahead".to_owned(), "7 minutes".to_owned())];
        assert_eq!(said(&board), seven);
        says(421).await;
        assert_eq!(said(&board), seven);
        board.dismiss(board.snapshot().notices[0].id);
        says(422).await;
        assert!(said(&board).is_empty(), "a person knows it");
        says(-3 * 86_400).await;
        assert_eq!(said(&board), [("clock_behind".to_owned(), "3 days".to_owned())]);
        says(0).await;
        assert!(said(&board).is_empty(), "right again");
    }
}
