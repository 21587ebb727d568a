//! The table: which cause fits which evidence, and how surely.

use crate::Code;

use super::{Cause, Evidence, Sureness};

pub(super) struct Rule {
    pub cause: Cause,
    pub sureness: Sureness,
    pub fits: fn(&Evidence) -> bool,
}

const fn rule(cause: Cause, sureness: Sureness, fits: fn(&Evidence) -> bool) -> Rule {
    Rule {
        cause,
        sureness,
        fits,
    }
}

use Cause::{
    AccountDeleted, Administrator, ClientDeleted, OtherClient, PasswordChanged, RemovedByPerson,
    RevokedElsewhere, RotationLost, SecurityPurge, SessionControl, TestingEnded, TimeLimited,
    TooManyConsents, Unused, VaultLost,
};
use Sureness::{Certain, Likely, Possible};

/// How near to the limit of consents it may be one: other computers count too, and are not known here.
pub(super) const NEAR_THE_LIMIT: u32 = 10;

/// For each cause the surest rule first; among equally sure causes the likelier one first.
///
/// The rows of Google's "Refresh token expiration" are named; what Google documents nowhere is a guess of
/// how often it happens, and marked so.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // The answer says it.
    rule(AccountDeleted, Certain, |e| e.fault == Code::AccountDeleted),           // "Account has been deleted"
    rule(Administrator, Certain, |e| e.fault == Code::AdministratorBlocked),      // admin_policy_enforced
    rule(SessionControl, Certain, |e| session_over(e) && e.record.opens_the_cloud()), // invalid_rapt, cloud scope, hd
    rule(SessionControl, Likely, |e| e.fault == Code::SignInExpired),             // invalid_rapt alone
    rule(ClientDeleted, Certain, |e| e.fault == Code::ClientDeleted),             // deleted_client
    rule(ClientDeleted, Likely, |e| e.fault == Code::ClientRefused),              // invalid_client: gone, or a wrong secret
    rule(OtherClient, Certain, |e| e.fault == Code::ClientMismatch),              // unauthorized_client
    rule(RotationLost, Certain, |e| e.fault == Code::RotationLost),               // RFC 9700 4.14.2
    rule(VaultLost, Certain, |e| lost_here(e.fault)),                             // this computer

    // A date says it: the grant died between its last sign of life and its end.
    rule(TestingEnded, Certain, |e| e.record.in_testing() && e.met_its_announced_end() && e.recently_alive()), // 7 days, announced
    rule(TestingEnded, Likely, |e| e.record.in_testing() && e.met_its_announced_end()),
    rule(TestingEnded, Likely, |e| e.met_the_end_of_testing() && e.recently_alive()), // 7 days, not announced
    rule(TestingEnded, Possible, Evidence::met_the_end_of_testing),
    rule(TestingEnded, Possible, |e| e.record.in_testing() && e.refused() && e.clock_went_back()),
    rule(TimeLimited, Certain, |e| limited(e) && e.met_its_announced_end() && e.recently_alive()), // time-based access
    rule(TimeLimited, Likely, |e| limited(e) && e.met_its_announced_end()),
    rule(TimeLimited, Possible, |e| limited(e) && e.refused() && e.clock_went_back()),
    rule(Unused, Likely, Evidence::lay_unused),                                   // six months

    // A count says it.
    rule(TooManyConsents, Likely, |e| e.consents_reach(0)),                       // 100 for an account and client
    rule(TooManyConsents, Possible, |e| e.consents_reach(NEAR_THE_LIMIT)),

    // The neighbours say it: it is not about this account alone. A guess.
    rule(RevokedElsewhere, Likely, |e| e.not_alone() && e.ended_out_of_the_blue() && e.record.habits.revokes_project),
    rule(SecurityPurge, Likely, |e| e.not_alone() && e.ended_out_of_the_blue() && !e.record.habits.revokes_project),

    // Nothing says it, and it was well until just now. A guess.
    rule(PasswordChanged, Likely, |e| !e.not_alone() && e.ended_out_of_the_blue() && mail_goes_with_the_password(e)),
    rule(RemovedByPerson, Likely, |e| !e.not_alone() && e.ended_out_of_the_blue()),

    // What is left of those that look alike.
    rule(PasswordChanged, Possible, |e| e.refused() && mail_goes_with_the_password(e)), // Gmail scopes
    rule(RemovedByPerson, Possible, Evidence::refused),                           // revoked by the person
    rule(RevokedElsewhere, Possible, |e| e.refused() && e.record.habits.revokes_project),
    rule(Administrator, Possible, |e| e.refused() && e.record.organisation),      // a service restricted, hd
    rule(VaultLost, Possible, |e| e.fault == Code::GrantUnknown),                 // "Bad Request": cut short here
    rule(AccountDeleted, Possible, Evidence::refused),                            // often without saying so
    rule(SecurityPurge, Possible, Evidence::refused),
];

fn session_over(evidence: &Evidence) -> bool {
    evidence.fault == Code::SignInExpired && evidence.record.organisation
}

const fn lost_here(fault: Code) -> bool {
    matches!(fault, Code::VaultItemMissing | Code::VaultItemDamaged)
}

/// An end was announced, and not that of Testing.
fn limited(evidence: &Evidence) -> bool {
    evidence.record.grant_ends_at.is_some() && !evidence.record.in_testing()
}

fn mail_goes_with_the_password(evidence: &Evidence) -> bool {
    evidence.record.habits.password_ends_mail && evidence.record.opens_the_mail()
}
