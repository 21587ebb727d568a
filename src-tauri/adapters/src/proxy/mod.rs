//! The proxy through which other computers are called: the one that the environment names, else the
//! system's. This computer's own addresses are called past any proxy.

mod environment;
#[cfg(target_os = "linux")]
mod portal;

use std::sync::Arc;

use reqwest::Proxy;

use self::environment::Environment;
use crate::provider::Address;

/// Knows them. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Proxies(Arc<Sources>);

#[derive(Debug)]
struct Sources {
    environment: Environment,
    #[cfg(target_os = "linux")]
    portal: portal::Portal,
}

impl Proxies {
    /// As the environment and the system say.
    pub fn of_this_computer() -> Self {
        Self(Arc::new(Sources {
            environment: Environment::read(|name| std::env::var(name).ok()),
            #[cfg(target_os = "linux")]
            portal: portal::Portal::default(),
        }))
    }

    /// The proxy for an address; `None` where it is called directly.
    ///
    /// # Errors
    /// Where a proxy is named that makes no sense: then nothing goes past it either.
    pub async fn on_the_way_to(&self, address: &Address) -> reqwest::Result<Option<Proxy>> {
        if address.is_here() || self.0.environment.exempts(address.url()) {
            return Ok(None);
        }
        let named = match self.0.environment.proxy() {
            Some(proxy) => Some(proxy.to_owned()),
            None => self.0.of_the_system(address).await,
        };
        named.map(Proxy::all).transpose()
    }
}

impl Sources {
    #[cfg(target_os = "linux")]
    async fn of_the_system(&self, address: &Address) -> Option<String> {
        self.portal.proxy(address).await
    }

    /// macOS and Windows keep it where `hyper-util` reads it.
    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_async, reason = "elsewhere it is asked for")]
    async fn of_the_system(&self, address: &Address) -> Option<String> {
        let target = address.url().as_str().parse().ok()?;
        let matched = hyper_util::client::proxy::matcher::Matcher::from_system().intercept(&target);
        matched.map(|proxy| proxy.uri().to_string())
    }
}

#[cfg(test)]
impl Proxies {
    /// With this environment, and without a desktop.
    pub fn named(variables: &[(&str, &str)]) -> Self {
        let value = |name: &str| variables.iter().find(|(own, _)| *own == name);
        Self(Arc::new(Sources {
            environment: Environment::read(|name| value(name).map(|(_, value)| (*value).to_owned())),
            #[cfg(target_os = "linux")]
            portal: portal::Portal::on("unix:path=/nonexistent"),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn way(variables: &[(&str, &str)], address: &str) -> Option<String> {
        let address = Address::parse(address).expect("an address");
        let proxies = Proxies::named(variables);
        match proxies.on_the_way_to(&address).await {
            Ok(proxy) => proxy.map(|proxy| format!("{proxy:?}")),
            Err(_) => Some("nonsense".to_owned()),
        }
    }

    #[tokio::test]
    async fn the_environment_names_the_proxy_and_its_exceptions() {
        let proxied = [
            ("https_proxy", "proxy.example:3128"),
            ("no_proxy", "inside.example,10.0.0.0/8"),
        ];
        let through = way(&proxied, "https://issuer.example/token")
            .await
            .expect("a proxy");
        assert!(through.contains("proxy.example"), "{through}");
        for past in [
            "https://inside.example",
            "https://a.inside.example",
            "https://10.1.2.3",
        ] {
            assert_eq!(way(&proxied, past).await, None, "{past}");
        }
        assert_eq!(way(&[], "https://issuer.example").await, None);
        assert_eq!(
            way(
                &[("NO_PROXY", "*"), ("ALL_PROXY", "http://p")],
                "https://issuer.example"
            )
            .await,
            None
        );
    }

    #[tokio::test]
    async fn this_computer_is_called_past_any_proxy() {
        let all = [("ALL_PROXY", "http://proxy.example:3128")];
        for own in ["https://127.0.0.1:4600", "http://localhost:4600", "https://[::1]"] {
            assert_eq!(way(&all, own).await, None, "{own}");
        }
    }

    #[tokio::test]
    async fn a_proxy_that_makes_no_sense_is_not_passed_by() {
        let odd = way(&[("HTTPS_PROXY", "http://")], "https://issuer.example").await;
        assert_eq!(odd.as_deref(), Some("nonsense"));
    }
}
