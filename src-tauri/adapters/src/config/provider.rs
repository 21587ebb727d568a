//! One `[[provider]]`.

use evergrant_domain::{
    Api, Scope,
    provider::{Endpoints, ExplicitEndpoints, OfflineAccess, Probe, Provider, ProviderId},
};

use super::{ConfigMistake, ConfiguredProvider, Why, section::Section};
use crate::provider::{Address, AddressMistake, google};

const KEYS: [&str; 8] = [
    "id",
    "name",
    "issuer",
    "client_id",
    "scopes",
    "offline",
    "endpoints",
    "probes",
];
const RESERVED: [&str; 2] = ["google", "practice"];

/// # Errors
/// The first mistake.
pub(super) fn read(section: &Section<'_>) -> Result<ConfiguredProvider, ConfigMistake> {
    section.only(&KEYS)?;
    let provider = Provider {
        id: id(section)?,
        name: section.text("name")?.to_owned(),
        issuer: issuer(section)?,
        endpoints: endpoints(section)?,
        offline: offline(section)?,
        probes: probes(section)?,
        extra_scopes: scopes(section)?,
    };
    let client_id = section.optional_text("client_id")?.map(str::to_owned);
    Ok(ConfiguredProvider { provider, client_id })
}

fn id(section: &Section<'_>) -> Result<ProviderId, ConfigMistake> {
    let text = section.text("id")?;
    if RESERVED.contains(&text) {
        return Err(section.mistake("id", Why::Reserved));
    }
    ProviderId::parse(text).ok_or_else(|| section.mistake("id", Why::IdMalformed))
}

/// Kept to the letter: `iss` must be exactly this. An account is known by its issuer, so nobody
/// else may speak for a built-in one.
fn issuer(section: &Section<'_>) -> Result<String, ConfigMistake> {
    let issuer = address(section, "issuer", section.text("issuer")?)?;
    if issuer.trim_end_matches('/') == google().issuer {
        return Err(section.mistake("issuer", Why::Reserved));
    }
    Ok(issuer)
}

/// One by one where given, else as the issuer's own document says.
fn endpoints(section: &Section<'_>) -> Result<Endpoints, ConfigMistake> {
    let Some(given) = section.section("endpoints")? else {
        return Ok(Endpoints::Discovered);
    };
    given.only(&["authorization", "token", "keys", "userinfo", "revocation"])?;
    let required = |key| address(&given, key, given.text(key)?);
    let optional = |key| {
        given
            .optional_text(key)?
            .map(|text| address(&given, key, text))
            .transpose()
    };
    Ok(Endpoints::Explicit(ExplicitEndpoints {
        authorization: required("authorization")?,
        token: required("token")?,
        keys: required("keys")?,
        userinfo: optional("userinfo")?,
        revocation: optional("revocation")?,
    }))
}

fn offline(section: &Section<'_>) -> Result<OfflineAccess, ConfigMistake> {
    match section.optional_text("offline")? {
        None | Some("offline_access") => Ok(OfflineAccess::Scope),
        Some("access_type") => Ok(OfflineAccess::AccessType),
        Some(_) => Err(section.mistake("offline", Why::OfflineUnknown)),
    }
}

fn scopes(section: &Section<'_>) -> Result<Vec<String>, ConfigMistake> {
    let read = |text: &str| Scope::parse(text).map(|scope| scope.as_str().to_owned());
    let wrong = || section.mistake("scopes", Why::ScopeMalformed);
    let listed = section.texts("scopes")?;
    listed
        .into_iter()
        .map(|text| read(text).ok_or_else(wrong))
        .collect()
}

fn probes(section: &Section<'_>) -> Result<Vec<Probe>, ConfigMistake> {
    let Some(given) = section.section("probes")? else {
        return Ok(Vec::new());
    };
    given.only(&Api::ALL.map(name))?;
    let mut probes = Vec::new();
    for api in Api::ALL {
        if let Some(text) = given.optional_text(name(api))? {
            let url = address(&given, name(api), text)?;
            probes.push(Probe { api, url });
        }
    }
    Ok(probes)
}

const fn name(api: Api) -> &'static str {
    match api {
        Api::Gmail => "gmail",
        Api::Calendar => "calendar",
        Api::Contacts => "contacts",
        Api::Drive => "drive",
    }
}

fn address(section: &Section<'_>, key: &str, text: &str) -> Result<String, ConfigMistake> {
    let why = match Address::parse(text) {
        Ok(_) => return Ok(text.to_owned()),
        Err(AddressMistake::NotAnAddress) => Why::NotAnAddress,
        Err(AddressMistake::NotEncrypted) => Why::NotEncrypted,
    };
    Err(section.mistake(key, why))
}
