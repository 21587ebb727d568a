//! What the kernel says of addresses. It knows nothing of what lies beyond them.

use std::{
    collections::{BTreeSet, HashMap},
    convert::Infallible,
    net::IpAddr,
};

use netwatcher::{Interface, async_adapter::Tokio};

use super::{Known, SETTLING, Situation};

/// Follows the addresses of this computer, for ever. Where the kernel tells nothing, nothing changes.
pub(super) async fn follow(known: &Known) -> Infallible {
    let Ok(mut watch) = netwatcher::watch_interfaces_async::<Tokio>() else {
        return std::future::pending().await;
    };
    let mut before = outward(&watch.changed().await.interfaces);
    known.begins(situation(&before));
    loop {
        let mut now = outward(&watch.changed().await.interfaces);
        tokio::time::sleep(SETTLING).await;
        if let Ok(settled) = netwatcher::list_interfaces() {
            now = outward(&settled);
        }
        if now != before {
            known.news(situation(&now));
            before = now;
        }
    }
}

/// The addresses that could lead somewhere.
fn outward(interfaces: &HashMap<u32, Interface>) -> BTreeSet<IpAddr> {
    let all = interfaces.values().flat_map(|interface| &interface.ips);
    all.map(|record| record.ip)
        .filter(|ip| leads_somewhere(*ip))
        .collect()
}

/// Not this computer itself, and none that it gave itself for want of a network (RFC 3927, RFC 4291 2.5.6).
fn leads_somewhere(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !(ip.is_loopback() || ip.is_link_local() || ip.is_unspecified()),
        IpAddr::V6(ip) => !(ip.is_loopback() || ip.is_unicast_link_local() || ip.is_unspecified()),
    }
}

fn situation(outward: &BTreeSet<IpAddr>) -> Situation {
    if outward.is_empty() {
        Situation::Offline
    } else {
        Situation::Online
    }
}

#[cfg(test)]
mod tests {
    use netwatcher::IpRecord;

    use super::*;

    fn with(addresses: &[&str]) -> Situation {
        let record = |text: &&str| IpRecord {
            ip: text.parse().expect("an address"),
            prefix_len: 24,
        };
        let interface = Interface {
            index: 1,
            name: "any".to_owned(),
            hw_addr: String::new(),
            ips: addresses.iter().map(record).collect(),
        };
        situation(&outward(&HashMap::from([(1, interface)])))
    }

    #[test]
    fn only_an_address_that_leads_somewhere_counts() {
        for (addresses, expected) in [
            (&[][..], Situation::Offline),
            (&["127.0.0.1", "::1"], Situation::Offline),
            (&["127.0.0.1", "169.254.7.7", "fe80::1"], Situation::Offline),
            (&["192.168.0.2"], Situation::Online),
            (&["::1", "2001:db8::2"], Situation::Online),
        ] {
            assert_eq!(with(addresses), expected, "{addresses:?}");
        }
    }
}
