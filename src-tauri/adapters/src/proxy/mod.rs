//! The proxy through which other computers are called: the one that the person chose, else the one that the environment
//! names, else the system's. This computer's own addresses are called past any proxy.

mod choice;
mod environment;
#[cfg(target_os = "linux")]
mod portal;

use std::sync::Arc;

use reqwest::Proxy;

pub use self::choice::{ChosenProxy, ProxyAddress, ProxyChoice, Unfit};
use self::environment::Environment;
use crate::provider::Address;

/// Knows them. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Proxies {
    chosen: ChosenProxy,
    sources: Arc<Sources>,
}

/// No address: whoever tries to call through it hears so.
const NONSENSE: &str = "http://";

#[derive(Debug)]
struct Sources {
    environment: Environment,
    #[cfg(target_os = "linux")]
    portal: portal::Portal,
}

impl Proxies {
    /// As the environment and the system say.
    pub fn of_this_computer() -> Self {
        let sources = Sources {
            environment: Environment::read(|name| std::env::var(name).ok()),
            #[cfg(target_os = "linux")]
            portal: portal::Portal::default(),
        };
        Self {
            chosen: ChosenProxy::default(),
            sources: Arc::new(sources),
        }
    }

    /// As the person chose, where they did.
    pub fn chosen(self, chosen: ChosenProxy) -> Self {
        Self { chosen, ..self }
    }

    /// The proxy for an address; `None` where it is called directly.
    ///
    /// # Errors
    /// Where a proxy is named that makes no sense: then nothing goes past it either.
    pub async fn on_the_way_to(&self, address: &Address) -> reqwest::Result<Option<Proxy>> {
        if address.is_here() {
            return Ok(None);
        }
        let named = match self.chosen.get() {
            ProxyChoice::System => self.sources.named(address).await,
            ProxyChoice::Direct => None,
            ProxyChoice::Own(own) => Some(own.to_call()),
            ProxyChoice::Unreadable => Some(NONSENSE.to_owned()),
        };
        named.map(Proxy::all).transpose()
    }
}

impl Sources {
    async fn named(&self, address: &Address) -> Option<String> {
        if self.environment.exempts(address.url()) {
            return None;
        }
        match self.environment.proxy() {
            Some(proxy) => Some(proxy.to_owned()),
            None => self.of_the_system(address).await,
        }
    }

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
        let sources = Sources {
            environment: Environment::read(|name| value(name).map(|(_, value)| (*value).to_owned())),
            #[cfg(target_os = "linux")]
            portal: portal::Portal::on("unix:path=/nonexistent"),
        };
        Self {
            chosen: ChosenProxy::default(),
            sources: Arc::new(sources),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn way(variables: &[(&str, &str)], address: &str) -> Option<String> {
        chosen_way(ProxyChoice::System, variables, address).await
    }

    async fn chosen_way(choice: ProxyChoice, variables: &[(&str, &str)], address: &str) -> Option<String> {
        let address = Address::parse(address).expect("an address");
        let proxies = Proxies::named(variables).chosen(ChosenProxy::new(choice));
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
    async fn what_a_person_chose_goes_before_the_environment() {
        let environment = [
            ("HTTPS_PROXY", "http://other.example:1"),
            ("NO_PROXY", "issuer.example"),
        ];
        let own = ProxyChoice::Own(ProxyAddress::parse("socks5://proxy.example:1080").expect("an address"));
        let issuer = "https://issuer.example/token";
        let through = chosen_way(own.clone(), &environment, issuer)
            .await
            .expect("a proxy");
        assert!(
            through.contains("socks5h") && through.contains("proxy.example"),
            "{through}"
        );
        assert_eq!(
            chosen_way(own, &environment, "https://127.0.0.1:4600").await,
            None
        );
        assert_eq!(
            chosen_way(ProxyChoice::Direct, &environment[..1], issuer).await,
            None
        );
        let unreadable = chosen_way(ProxyChoice::Unreadable, &environment, issuer).await;
        assert_eq!(unreadable.as_deref(), Some("nonsense"), "never past it");
    }

    #[tokio::test]
    async fn a_choice_holds_from_the_next_call_on() {
        let chosen = ChosenProxy::default();
        let proxies = Proxies::named(&[]).chosen(chosen.clone());
        let address = Address::parse("https://issuer.example").expect("an address");
        let way = || async { proxies.on_the_way_to(&address).await.expect("a way") };
        assert!(way().await.is_none());
        chosen.set(ProxyChoice::of_text(Some("proxy.example:3128")));
        assert!(way().await.is_some());
        chosen.set(ProxyChoice::System);
        assert!(way().await.is_none());
    }

    #[tokio::test]
    async fn a_proxy_that_makes_no_sense_is_not_passed_by() {
        let odd = way(&[("HTTPS_PROXY", "http://")], "https://issuer.example").await;
        assert_eq!(odd.as_deref(), Some("nonsense"));
    }
}
