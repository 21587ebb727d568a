/// The commands the window may call. One that is not named here answers "not allowed".
const COMMANDS: &[&str] = &[
    "snapshot",
    "shell",
    "show_profile",
    "choose_client_file",
    "rename_client",
    "remove_client",
    "connect",
    "reconnect",
    "ask_again",
    "cancel_attempt",
    "open_again",
    "copy_link",
    "save_again",
    "test",
    "test_all",
    "refresh",
    "disconnect",
    "disconnect_all",
    "picture",
    "history",
    "account_browser",
    "set_account_browser",
    "dismiss",
    "open_page",
    "walk",
    "delete_everything",
    "keep_everything",
    "quit",
    "question",
    "answer",
    "change_grant",
    "end_grant",
    "forget_program",
    "end_all_grants",
    "give_back",
    "pause_programs",
    "program_log",
    "keep_running",
    "set_keep_running",
    "set_start_at_login",
    "set_language",
    "set_theme",
    "browsers",
    "set_browser",
    "set_proxy",
];

/// Looked at again only where that is said: they do not lie in the folder that Tauri watches.
const CAPABILITIES: &str = "src-tauri/app/capabilities";

fn main() {
    println!("cargo::rerun-if-changed={CAPABILITIES}");
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS))
        .capabilities_path_pattern("src-tauri/app/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
