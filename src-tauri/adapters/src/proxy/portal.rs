//! The proxy in the desktop's settings, as its portal says
//! (`org.freedesktop.portal.ProxyResolver`, version 1). It follows automatic configuration too.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use zbus::connection::Builder;

use crate::provider::Address;

/// A portal that says nothing for so long counts as none.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long its word, or its silence, counts.
const LIFETIME: Duration = Duration::from_secs(60);

/// The desktop's portal, where there is one.
#[derive(Debug, Default)]
pub(super) struct Portal {
    /// The address of the bus; the session's where none is named.
    bus: Option<String>,
    /// By host; what was said may hold a password.
    said: Mutex<HashMap<String, Said>>,
}

struct Said {
    when: Instant,
    proxy: Option<String>,
}

impl Portal {
    #[cfg(test)]
    pub fn on(bus: &str) -> Self {
        Self {
            bus: Some(bus.to_owned()),
            ..Self::default()
        }
    }

    /// The proxy for an address; `None` where there is no portal, or it names none.
    pub async fn proxy(&self, address: &Address) -> Option<String> {
        let host = address.url().host_str()?.to_owned();
        if let Some(proxy) = self.remembered(&host) {
            return proxy;
        }
        let asked = tokio::time::timeout(PATIENCE, self.ask(&host)).await;
        let said = asked.ok().and_then(Result::ok).unwrap_or_default();
        let proxy = said.iter().find_map(|proxy| usable(proxy)).flatten();
        let fresh = Said {
            when: Instant::now(),
            proxy: proxy.clone(),
        };
        self.lock().insert(host, fresh);
        proxy
    }

    /// Only the host is told, never where on it.
    async fn ask(&self, host: &str) -> zbus::Result<Vec<String>> {
        let builder = match &self.bus {
            Some(address) => Builder::address(address.as_str())?,
            None => Builder::session()?,
        };
        let bus = builder.build().await?;
        let destination = Some("org.freedesktop.portal.Desktop");
        let interface = Some("org.freedesktop.portal.ProxyResolver");
        let path = "/org/freedesktop/portal/desktop";
        let target = format!("https://{host}/");
        let answer = bus.call_method(destination, path, interface, "Lookup", &target);
        answer.await?.body().deserialize()
    }

    #[expect(
        clippy::option_option,
        reason = "nothing remembered is not the same as no proxy"
    )]
    fn remembered(&self, host: &str) -> Option<Option<String>> {
        let mut said = self.lock();
        said.retain(|_, said| said.when.elapsed() < LIFETIME);
        said.get(host).map(|said| said.proxy.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Said>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first that can be used counts: `None` for what cannot, and inside for no proxy at all.
#[expect(clippy::option_option, reason = "no proxy at all is something one can use")]
fn usable(proxy: &str) -> Option<Option<String>> {
    match proxy.split_once("://")? {
        ("direct", _) => Some(None),
        // GLib's word for any version; names are left to the proxy.
        ("socks", rest) => Some(Some(format!("socks5h://{rest}"))),
        ("http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h", _) => Some(Some(proxy.to_owned())),
        _ => None,
    }
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::private_bus::PrivateBus;

    /// A desktop whose settings name one proxy for one host and none for the others.
    struct Desktop;

    #[zbus::interface(name = "org.freedesktop.portal.ProxyResolver")]
    impl Desktop {
        #[expect(clippy::unused_self, reason = "the interface's form")]
        fn lookup(&self, uri: &str) -> Vec<String> {
            let proxies: &[&str] = match uri {
                "https://proxied.example/" => &["ftp://odd:1", "http://name:word@proxy.example:3128"],
                "https://socks.example/" => &["socks://proxy.example:1080"],
                "https://nothing.example/" => &[],
                _ => &["direct://"],
            };
            proxies.iter().map(|proxy| (*proxy).to_owned()).collect()
        }
    }

    async fn asked(portal: &Portal, host: &str) -> Option<String> {
        let address = Address::parse(&format!("https://{host}/token?secret=x"));
        portal.proxy(&address.expect("an address")).await
    }

    #[tokio::test]
    async fn the_desktops_settings_are_followed() {
        let bus = PrivateBus::start();
        let path = "/org/freedesktop/portal/desktop";
        let _desktop = bus.serve("org.freedesktop.portal.Desktop", path, Desktop).await;
        let portal = Portal::on(&bus.address);
        for (host, proxy) in [
            ("proxied.example", Some("http://name:word@proxy.example:3128")),
            ("socks.example", Some("socks5h://proxy.example:1080")),
            ("nothing.example", None),
            ("other.example", None),
        ] {
            assert_eq!(asked(&portal, host).await.as_deref(), proxy, "{host}");
        }
        drop(bus);
        assert!(asked(&portal, "proxied.example").await.is_some(), "remembered");
        assert!(
            !format!("{portal:?}").contains("word"),
            "a password is printed nowhere"
        );
    }

    #[tokio::test]
    async fn without_a_portal_there_is_no_proxy() {
        let bare = PrivateBus::start();
        assert_eq!(asked(&Portal::on(&bare.address), "proxied.example").await, None);
        assert_eq!(
            asked(&Portal::on("unix:path=/nonexistent"), "proxied.example").await,
            None
        );
    }
}
