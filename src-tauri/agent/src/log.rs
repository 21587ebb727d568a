use tracing_subscriber::filter::{EnvFilter, LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What goes on is told on the standard error; `EVERGRANT_LOG` says how much of it (`debug`,
/// `evergrant_engine=trace`).
pub fn begin() {
    let wanted = EnvFilter::builder()
        .with_default_directive(LevelFilter::WARN.into())
        .with_env_var("EVERGRANT_LOG")
        .from_env_lossy();
    // Libraries tell at finer levels what passes through them, secrets too; ours never do.
    let ours =
        filter_fn(|about| about.target().starts_with("evergrant") || *about.level() <= tracing::Level::WARN);
    let told = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // It fails only where a log has begun already.
    let _ = tracing_subscriber::registry()
        .with(wanted)
        .with(ours)
        .with(told)
        .try_init();
}
