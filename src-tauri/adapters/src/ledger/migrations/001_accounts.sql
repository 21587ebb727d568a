-- What is known of each account, and small settings. Nothing in here is secret.

CREATE TABLE accounts (
    id              TEXT    NOT NULL PRIMARY KEY,
    provider        TEXT    NOT NULL,
    client_id       TEXT    NOT NULL,
    issuer          TEXT    NOT NULL,
    sub             TEXT    NOT NULL,
    email           TEXT,
    name            TEXT,
    picture         TEXT,
    organisation    TEXT,
    asked           TEXT    NOT NULL, -- scopes, separated by spaces
    granted         TEXT    NOT NULL, -- scopes, as the provider last answered
    standing        TEXT    NOT NULL,
    connected_since INTEGER NOT NULL, -- Unix time, like all moments here
    last_checked    INTEGER,
    grant_ends_at   INTEGER,
    consents        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
