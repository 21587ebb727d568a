//! `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, as curl reads them.

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

/// What the environment says of proxies. Only encrypted calls go to the outside, so `HTTP_PROXY` says
/// nothing.
#[derive(Debug)]
pub(super) struct Environment {
    /// May hold a password.
    proxy: Option<Named>,
    /// Catches whatever is no exception.
    exceptions: Matcher,
}

struct Named(String);

impl Environment {
    /// An empty variable is as good as none.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let first = |names: [&str; 2]| {
            names
                .into_iter()
                .filter_map(&variable)
                .find(|value| !value.is_empty())
        };
        let proxy = first(["HTTPS_PROXY", "https_proxy"]).or_else(|| first(["ALL_PROXY", "all_proxy"]));
        let exceptions = first(["NO_PROXY", "no_proxy"]).unwrap_or_default();
        Self {
            proxy: proxy.map(Named),
            exceptions: Matcher::builder()
                .all("http://any.invalid")
                .no(exceptions)
                .build(),
        }
    }

    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_ref().map(|named| named.0.as_str())
    }

    /// Whether no proxy is to be used for an address, whoever names one.
    pub fn exempts(&self, address: &Url) -> bool {
        let target = address.as_str().parse();
        target.is_ok_and(|target| self.exceptions.intercept(&target).is_none())
    }
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Named(…)")
    }
}
