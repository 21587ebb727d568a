//! A client file dropped on the window. It arrives here natively; the web view never reads it.

use std::path::PathBuf;

use evergrant_agent::interface::{ClientView, ProfileName, ProviderView, Request};

use crate::desk::Desk;
use crate::shell::Route;

pub async fn import(desk: Desk, files: Vec<PathBuf>) {
    let snapshot = desk.agent.snapshot().await;
    let provider = match snapshot.profile {
        // Practice brings its own client.
        ProfileName::Practice => None,
        ProfileName::Personal => receiver(&snapshot.providers),
    };
    let (Some(provider), Some(file)) = (provider, files.into_iter().next()) else {
        return;
    };
    if let Err(fault) = desk.ask(Request::ImportClient { provider, file }).await {
        desk.shell.set(|known| {
            known.drop_fault = Some(fault);
            known.route = Route::ClientFile;
        });
    }
}

/// Whose client file a dropped one must be: the first provider's that has none, else the only one's.
fn receiver(providers: &[ProviderView]) -> Option<String> {
    let missing = providers
        .iter()
        .find(|provider| provider.client == ClientView::Missing);
    let only = match providers {
        [only] => Some(only),
        _ => None,
    };
    missing.or(only).map(|provider| provider.id.clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use evergrant_agent::interface::{FaultView, RecoveryView};
    use evergrant_agent::walk::Walk;

    use super::*;
    use crate::desktop::fake::FakeDesktop;
    use crate::question::Asking;
    use crate::shell::Shell;
    use crate::tests::FakeAgent;

    #[tokio::test]
    async fn a_file_of_no_use_takes_the_window_to_the_page_that_says_why() {
        let (agent, shell) = (Arc::<FakeAgent>::default(), Shell::new(true));
        let fault = FaultView {
            code: "client_file_web".to_owned(),
            recovery: RecoveryView::ImportClient,
            detail: None,
        };
        agent.answer_next(Err(fault.clone()));
        let desk = Desk {
            agent,
            shell: shell.clone(),
            desktop: Arc::<FakeDesktop>::default(),
            asking: Asking::default(),
            walk: Arc::new(Walk::own()),
        };
        import(desk, vec!["/home/alice/client.json".into()]).await;
        let view = shell.tell();
        assert_eq!((view.route, view.drop_fault), (Route::ClientFile, Some(fault)));
        assert_eq!(shell.tell().drop_fault, None);
    }

    fn provider(id: &str, client: ClientView) -> ProviderView {
        ProviderView {
            id: id.to_owned(),
            name: id.to_owned(),
            client,
        }
    }

    #[test]
    fn the_file_goes_to_the_provider_that_has_none() {
        let (built_in, missing) = (ClientView::BuiltIn, ClientView::Missing);
        let two = [provider("work", built_in.clone()), provider("google", missing)];
        assert_eq!(receiver(&two).as_deref(), Some("google"));
        assert_eq!(
            receiver(&[provider("google", built_in.clone())]).as_deref(),
            Some("google")
        );
        let both = [provider("work", built_in.clone()), provider("google", built_in)];
        assert_eq!(receiver(&both), None);
    }
}
