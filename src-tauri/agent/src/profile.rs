//! One running profile: adapters and engine composed, its events put on the board.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use evergrant_adapters::clock::SystemClock;
use evergrant_adapters::config::Config;
use evergrant_adapters::entropy::OsEntropy;
use evergrant_adapters::ledger::{Condition, SqliteLedger};
use evergrant_adapters::network::SystemNetwork;
use evergrant_adapters::pictures::Pictures;
use evergrant_adapters::places::{Places, Profile as Place};
use evergrant_adapters::provider::{self, Http, Limits, OidcProvider};
use evergrant_adapters::redirect::LoopbackRedirects;
use evergrant_adapters::tenancy::Tenancy;
use evergrant_domain::{
    AccountId, Client, Code, Fault, lifecycle::Standing, provider::Provider as Spec, provider::ProviderId,
    secret::Passphrase,
};
use evergrant_engine::account::AccountHandle;
use evergrant_engine::event::{Activity, Event};
use evergrant_engine::ports::{ClientRow, Clock, Ledger};
use evergrant_engine::{ClientSource, Engine, KnownProvider, World};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::board::{Board, News};
use crate::browsing::Browsing;
use crate::builtin;
use crate::interface::{ClientView, OwnClientView, ProfileName, ProviderView};
use crate::pages::pages;
use crate::practice::PracticeGround;
use crate::settings::Settings;
use crate::together::{Together, Told};
use crate::{showing, vaults, view, wrong_clock};

/// How often it is looked what lies ahead of the accounts: days are told, so an hour late is in time.
const LOOK_AHEAD: Duration = Duration::from_secs(60 * 60);

/// A profile that is open.
pub struct Profile {
    pub name: ProfileName,
    pub engine: Engine,
    pub ledger: Arc<dyn Ledger>,
    pub browsing: Browsing,
    pub settings: Arc<Settings>,
    http: Http,
    practice: Mutex<Option<PracticeGround>>,
    together: Together,
    /// Nobody moves its items while it is open.
    _tenancy: Tenancy,
}

impl Profile {
    /// Opens a profile and tells the board about what was found. `passphrase` is for the encrypted file, where
    /// a person chose one.
    ///
    /// # Errors
    /// The ledger's, `PracticeUnavailable`, `DiskFull`; `VaultFileBusy` while its items are moved.
    pub async fn open(
        name: ProfileName,
        board: &Board,
        settings: Arc<Settings>,
        passphrase: Option<&Passphrase>,
    ) -> Result<(Self, UnboundedReceiver<Event>), Fault> {
        let places = Places::of_this_person(place(name)).ok_or(Code::LedgerFailed)?;
        let tenancy = enter(&places).await?;
        let ledger = open_ledger(name, &places, board).await?;
        let practice = match name {
            ProfileName::Personal => None,
            ProfileName::Practice => Some(PracticeGround::open(&places).await?),
        };
        let specs = match &practice {
            Some(ground) => vec![(
                provider::practice(&ground.base_url, evergrant_practice::PRACTICE_ISSUER),
                builtin::practice(),
            )],
            None => personal_providers(&places, board),
        };
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let network = Arc::new(SystemNetwork::watch());
        let http = Http::new(Limits::default())?
            .by_clock(Arc::clone(&clock))
            .in_network(Arc::clone(&network))
            .by_proxy(settings.proxy());
        let browsing = Browsing::new(ledger.clone());
        let world = World {
            vault: vaults::chosen(place(name), &places, passphrase),
            history: ledger.clone(),
            ledger: ledger.clone(),
            pictures: Arc::new(Pictures::new(places.pictures())),
            browser: Arc::new(browsing.browser()),
            redirects: Arc::new(LoopbackRedirects::new(pages, Arc::new(OsEntropy))),
            clock: Arc::clone(&clock),
            network,
            entropy: Arc::new(OsEntropy),
            providers: known(specs, &http, &clock),
        };
        #[cfg(feature = "fail-points")]
        let world = crate::mortal::mortal(world);
        let (engine, events) = Engine::start(world).await?;
        let profile = Self {
            name,
            engine,
            ledger,
            browsing,
            settings,
            http,
            practice: Mutex::new(practice),
            together: Together::default(),
            _tenancy: tenancy,
        };
        board.providers(name, profile.providers().await);
        Ok((profile, events))
    }

    /// The providers and the clients of each.
    pub async fn providers(&self) -> Vec<ProviderView> {
        let world = self.engine.world();
        let mut views = Vec::new();
        for (id, known) in &world.providers {
            let client = match &known.client {
                ClientSource::BuiltIn(_) => ClientView::BuiltIn,
                ClientSource::Imported => imported(self.engine.clients(id).await.unwrap_or_default()),
            };
            views.push(ProviderView {
                id: id.as_str().to_owned(),
                name: known.spec.name.clone(),
                client,
            });
        }
        views
    }

    /// Puts what happened on the board.
    pub fn post(&self, event: Event, board: &Board) {
        let name = self.name;
        match event {
            Event::Account(status) => {
                showing::show(&self.engine, name, &status, board);
            }
            Event::Gone {
                id,
                label,
                everywhere,
            } => {
                board.account_gone(name, id.as_str());
                let news = match self.together.gone(&id, |other| self.is_leaving(other)) {
                    Told::Later => return,
                    Told::Together(count) => News::good("disconnected_all").value("count", count.to_string()),
                    Told::ByItself if everywhere => News::good("disconnected").value("email", label),
                    Told::ByItself => News::good("removed_here").value("email", label),
                };
                board.tell(name, news);
            }
            Event::Attempt(status) => {
                let attempt = status.map(|status| view::attempt(&status, self.browsing.copies()));
                board.attempt(name, attempt);
            }
            Event::Connected { label, renewed, .. } => {
                let code = if renewed { "renewed" } else { "connected" };
                board.tell(name, News::good(code).value("email", label));
            }
            Event::GrantReturned { label } => {
                let news = News::info("late_grant_returned").value("email", label);
                board.tell(name, news);
            }
            Event::Found { count } => {
                board.tell(
                    name,
                    News::info("accounts_found").value("count", count.to_string()),
                );
            }
            // Whoever hears of it asks for the providers anew.
            Event::Clients => {}
            Event::Trouble(fault) => {
                // Where there is no window, the log is where a person finds it.
                tracing::warn!(code = fault.code.as_str(), "there is something to tell");
                board.tell(name, News::fault(fault));
            }
        }
    }

    /// These accounts are disconnected all at once: that they are gone is told in one sentence.
    pub fn told_together(&self, accounts: Vec<AccountHandle>) {
        self.together
            .begin(accounts.into_iter().map(|account| account.status().row.id));
    }

    fn is_leaving(&self, account: &AccountId) -> bool {
        let account = self.engine.account(account);
        account.is_ok_and(|account| {
            let status = account.status();
            // Its disconnect may only just have been asked for.
            status.busy == Some(Activity::Disconnecting)
                || matches!(status.standing, Standing::Disconnecting(_))
        })
    }

    /// Tells when this computer's clock turns out to be wrong, for ever.
    pub async fn watch_clock(&self, board: &Board) {
        wrong_clock::watch(self.name, self.http.watch_clock(), board).await;
    }

    /// Tells what comes nearer for the accounts by the passing of time alone, for ever.
    pub async fn look_ahead(&self, board: &Board) {
        let mut look = tokio::time::interval(LOOK_AHEAD);
        loop {
            look.tick().await;
            showing::look_ahead(&self.engine, self.name, board);
        }
    }

    /// Ends the engine within its deadline, then the practice provider.
    pub async fn close(&self) {
        self.engine.stop().await;
        let ground = self.practice.lock().ok().and_then(|mut held| held.take());
        if let Some(ground) = ground {
            ground.close().await;
        }
    }
}

fn imported(clients: Vec<ClientRow>) -> ClientView {
    if clients.is_empty() {
        return ClientView::Missing;
    }
    let view = |client: ClientRow| OwnClientView {
        id: client.key().name(),
        name: client.label().to_owned(),
        project_number: client.project_number().map(str::to_owned),
        client_id: client.client_id,
        project: client.project,
    };
    let clients = clients.into_iter().map(view).collect();
    ClientView::Imported { clients }
}

const fn place(name: ProfileName) -> Place {
    match name {
        ProfileName::Personal => Place::Personal,
        ProfileName::Practice => Place::Practice,
    }
}

async fn enter(places: &Places) -> Result<Tenancy, Fault> {
    let places = places.clone();
    let entered = tokio::task::spawn_blocking(move || {
        prepare(&places)?;
        Tenancy::shared(places.data())
    });
    entered.await.map_err(|_| Code::LedgerFailed)?
}

fn prepare(places: &Places) -> Result<(), Fault> {
    let prepared = places.prepare();
    prepared.map_err(|error| Fault::with_detail(Code::LedgerFailed, &error.to_string()))
}

async fn open_ledger(name: ProfileName, places: &Places, board: &Board) -> Result<Arc<SqliteLedger>, Fault> {
    let path = places.ledger();
    let opened = tokio::task::spawn_blocking(move || SqliteLedger::open(&path));
    let (ledger, condition) = opened.await.map_err(|_| Code::LedgerFailed)??;
    if let Condition::MovedAside { to } = condition {
        let file = to.file_name().unwrap_or_default().to_string_lossy();
        board.tell(name, News::problem("ledger_moved_aside").value("file", file));
    }
    Ok(Arc::new(ledger))
}

/// Google, and what the configuration adds. A mistake in it is told, and takes nothing else away.
fn personal_providers(places: &Places, board: &Board) -> Vec<(Spec, ClientSource)> {
    let mut providers = vec![(provider::google(), builtin::google())];
    let config = Config::load(&places.config_file()).unwrap_or_else(|mistake| {
        let news = News::problem("config_mistake")
            .value("file", places.config_file().display().to_string())
            .value("line", mistake.line.to_string())
            .value("key", mistake.key);
        board.tell(ProfileName::Personal, news);
        Config::default()
    });
    for configured in config.providers {
        let client = match configured.client_id {
            Some(id) => ClientSource::BuiltIn(Client { id, secret: None }),
            None => ClientSource::Imported,
        };
        providers.push((configured.provider, client));
    }
    providers
}

fn known(
    specs: Vec<(Spec, ClientSource)>,
    http: &Http,
    clock: &Arc<dyn Clock>,
) -> BTreeMap<ProviderId, Arc<KnownProvider>> {
    let mut known = BTreeMap::new();
    for (spec, client) in specs {
        let port = Arc::new(OidcProvider::new(spec.clone(), http.clone(), Arc::clone(clock)));
        let provider = KnownProvider { spec, port, client };
        known.insert(provider.spec.id.clone(), Arc::new(provider));
    }
    known
}
