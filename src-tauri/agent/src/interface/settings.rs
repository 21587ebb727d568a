use serde::{Deserialize, Serialize};
use specta::Type;

/// What a person chose, or left as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    pub theme: ThemeView,
    pub browser: BrowserChoiceView,
    pub proxy: ProxyView,
    pub vault: VaultView,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ThemeView {
    /// As the system is.
    #[default]
    System,
    Light,
    Dark,
}

/// Where sign-in pages are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum BrowserChoiceView {
    /// As the system does it.
    #[default]
    System,
    /// Nowhere: the link is copied, for the person to open.
    Copy,
    Own(NamedBrowserView),
}

/// A browser that was chosen, and one of its profiles where it has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NamedBrowserView {
    pub browser: String,
    pub profile: Option<String>,
    /// What the person saw when they chose it; known also when the browser is gone.
    pub label: String,
}

/// A browser that is installed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BrowserView {
    pub id: String,
    pub name: String,
    /// None where there is nothing to choose from.
    pub profiles: Vec<BrowserProfileView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BrowserProfileView {
    pub id: String,
    pub name: String,
}

/// The proxy through which other computers are called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ProxyView {
    /// As the environment and the system say.
    #[default]
    System,
    /// None, whatever they say.
    Direct,
    /// An empty address is one that cannot be read any more: nothing is called until there is another choice.
    Own { address: String },
}

/// Why what was typed is no address of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ProxyUnfit {
    NotAnAddress,
    OtherKind,
    WithPassword,
}

/// Where connections are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VaultView {
    /// In the system's own vault.
    #[default]
    System,
    /// In an encrypted file.
    File,
    /// What was chosen cannot be read, so that nothing is kept anywhere.
    Unclear,
}

/// What a person chooses anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    Theme(ThemeView),
    Browser(BrowserWish),
}

/// Where sign-in pages are to be shown, unless an account has a browser of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum BrowserWish {
    System,
    Copy,
    Own(BrowserPick),
}

/// One of the browsers that are here, and one of its profiles where it has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BrowserPick {
    pub browser: String,
    pub profile: Option<String>,
}
