//! The commands and events, as the window's TypeScript sees them.

use tauri::Runtime;
use tauri_specta::{Builder, collect_events};

use crate::commands;
use crate::forward::Changed;
use crate::shell::ShellView;

/// One form of each type for both ways: nothing here is read otherwise than it is written.
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::new()
        .commands(commands::all())
        .events(collect_events![Changed, ShellView])
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use specta_typescript::Typescript;
    use tauri::test::MockRuntime;

    const HEADER: &str = "// Made from the commands of src-tauri/app; do not edit. To make it anew:\n\
        // EVERGRANT_WRITE_BINDINGS=1 cargo test -p evergrant --lib bindings\n";

    /// What the window calls two of the types.
    const NAMES: &str = "export type Permission = PermissionId;\nexport type Recovery = RecoveryView;\n";

    #[test]
    fn bindings_are_fresh() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings.ts");
        let made = tempfile::NamedTempFile::new().expect("a file to write to");
        super::builder::<MockRuntime>()
            .export(Typescript::default().header(HEADER).with_raw(NAMES), made.path())
            .expect("the commands have a TypeScript form");
        let made = fs::read_to_string(made.path()).expect("the bindings just made");

        if std::env::var_os("EVERGRANT_WRITE_BINDINGS").is_some() {
            fs::write(&kept, &made).expect("ui/src/bindings.ts can be written");
        }
        assert!(
            fs::read_to_string(&kept).is_ok_and(|kept| kept == made),
            "ui/src/bindings.ts is not what the commands are. Make it anew with\n\
             EVERGRANT_WRITE_BINDINGS=1 cargo test -p evergrant --lib bindings"
        );
    }
}
