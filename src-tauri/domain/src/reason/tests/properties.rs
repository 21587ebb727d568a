//! What holds for any evidence, however senseless.

use proptest::prelude::*;

use super::*;

fn moment() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        4 => (-400_i64..400).prop_map(after),
        2 => (-2_000_000_i64..2_000_000).prop_map(|seconds| CONSENT + Seconds(seconds)),
        1 => any::<i64>().prop_map(Timestamp),
    ]
}

fn habits() -> impl Strategy<Value = Habits> {
    prop_oneof![Just(Habits::GOOGLE), Just(Habits::UNKNOWN)]
}

fn scopes() -> impl Strategy<Value = ScopeSet> {
    const SOME: &[&str] = &[
        "openid",
        SEND,
        DRIVE,
        "https://www.googleapis.com/auth/cloud-platform",
    ];
    proptest::sample::subsequence(SOME, 0..=SOME.len()).prop_map(|some| ScopeSet::parse(&some.join(" ")))
}

prop_compose! {
    fn any_record()(
        habits in habits(),
        consented_at in moment(),
        last_success in proptest::option::of(moment()),
        last_used in proptest::option::of(moment()),
        grant_ends_at in proptest::option::of(moment()),
        consents in prop_oneof![0_u32..120, any::<u32>()],
        granted in scopes(),
        organisation: bool,
    ) -> Record {
        Record { habits, consented_at, last_success, last_used, grant_ends_at, consents, granted, organisation }
    }
}

prop_compose! {
    fn any_evidence()(
        fault in proptest::sample::select(Code::ALL),
        likely in proptest::sample::select(&[Code::GrantEnded, Code::GrantUnknown][..]),
        refused in proptest::bool::weighted(0.7),
        stopped_at in moment(),
        record in any_record(),
        others: u32,
        stopped_with_it: u32,
    ) -> Evidence {
        let fault = if refused { likely } else { fault };
        Evidence { fault, stopped_at, record, peers: Peers { others, stopped_with_it } }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_is_always_a_ranking(evidence in any_evidence()) {
        let all = reasons(&evidence);
        prop_assert!(!all.is_empty());
        prop_assert!(all.windows(2).all(|pair| pair[0].sureness >= pair[1].sureness), "sorted: {all:?}");
        let mut causes: Vec<_> = all.iter().map(|reason| reason.cause.as_str()).collect();
        causes.sort_unstable();
        causes.dedup();
        prop_assert_eq!(causes.len(), all.len(), "each once");
        let sure = |sureness| all.iter().filter(|reason| reason.sureness == sureness).count();
        prop_assert!(sure(Sureness::Certain) == 0 || all.len() == 1, "certain stands alone: {all:?}");
        prop_assert!(sure(Sureness::Likely) <= 1, "only one is likely: {all:?}");
    }

    #[test]
    fn more_time_without_a_sign_of_life_makes_nobody_surer(evidence in any_evidence(), days in 3_i64..10) {
        let alive = evidence.record.alive_until();
        let blind = with(evidence.clone(), |e| e.stopped_at = alive + Seconds(days * DAY));
        if blind.refused() {
            prop_assert!(reasons(&blind)[0].sureness < Sureness::Certain);
        }
    }

    #[test]
    fn what_is_told_ahead_is_ahead(record in any_record(), now in moment()) {
        if let Some(at) = forecast(&record, now).and_then(Forecast::at) {
            prop_assert!(now < at);
            prop_assert!(at - now <= Seconds(30 * DAY));
        }
    }
}
