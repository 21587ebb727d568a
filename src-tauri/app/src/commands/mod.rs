//! What the window may call. Each command asks the agent or the desktop, and holds no rule itself.

mod account;
mod client;
mod consent;
mod leaving;
mod page;
mod profile;
mod program;
mod settings;
mod shell;

use tauri::Runtime;
use tauri_specta::{Commands, collect_commands};

pub fn all<R: Runtime>() -> Commands<R> {
    collect_commands![
        profile::snapshot,
        profile::show_profile,
        profile::dismiss,
        client::choose_client_file,
        client::rename_client,
        client::remove_client,
        consent::connect,
        consent::reconnect,
        consent::ask_again,
        consent::cancel_attempt,
        consent::open_again,
        consent::copy_link,
        consent::save_again,
        account::test,
        account::test_all,
        account::refresh,
        account::disconnect,
        account::disconnect_all,
        account::picture,
        account::history,
        account::account_browser,
        account::set_account_browser,
        page::open_page,
        page::walk,
        leaving::delete_everything,
        leaving::keep_everything,
        leaving::quit,
        program::question,
        program::answer,
        program::change_grant,
        program::end_grant,
        program::forget_program,
        program::end_all_grants,
        program::give_back,
        program::pause_programs,
        program::program_log,
        shell::shell,
        shell::keep_running,
        shell::set_keep_running,
        shell::set_start_at_login,
        shell::set_language,
        settings::set_theme,
        settings::browsers,
        settings::set_browser,
        settings::set_proxy,
    ]
}
