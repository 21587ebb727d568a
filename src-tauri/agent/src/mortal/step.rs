macro_rules! steps {
    ($($(#[doc = $doc:literal])+ $step:ident = $name:literal,)+) => {
        /// A call behind which something lasts, or from which something is learnt that does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Step { $($(#[doc = $doc])+ $step,)+ }

        impl Step {
            pub const ALL: &'static [Self] = &[$(Self::$step,)+];

            /// As it is named to the process and in reports.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$step => $name,)+ }
            }
        }
    };
}

steps! {
    /// An item is read: before a refresh, and to compare what was written.
    VaultRead = "vault.read",
    /// A grant, or the note of a consent, is stored.
    VaultWrite = "vault.write",
    /// An item goes.
    VaultDelete = "vault.delete",
    /// The items are listed: what the start looks for.
    VaultKeys = "vault.keys",
    /// A row is written.
    LedgerSave = "ledger.save",
    /// A row goes.
    LedgerRemove = "ledger.remove",
    /// A line of the history is written.
    HistoryNote = "history.note",
    /// An account's history goes.
    HistoryForget = "history.forget",
    /// A code becomes a grant.
    ProviderExchange = "provider.exchange",
    /// A refresh, with which the refresh token may change.
    ProviderRefresh = "provider.refresh",
    /// A grant ends.
    ProviderRevoke = "provider.revoke",
}

/// Which side of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

impl Side {
    pub const ALL: &'static [Self] = &[Self::Before, Self::After];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}
