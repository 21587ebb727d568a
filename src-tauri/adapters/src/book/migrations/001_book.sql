-- Which program may have what, and every answer that was given. Nothing in here is secret.

CREATE TABLE grants (
    id        TEXT    NOT NULL PRIMARY KEY,
    program   TEXT    NOT NULL, -- the key that counts; name and path are labels
    name      TEXT    NOT NULL,
    path      TEXT,
    assurance TEXT    NOT NULL,
    origin    TEXT    NOT NULL,
    account   TEXT    NOT NULL,
    email     TEXT    NOT NULL,
    scopes    TEXT    NOT NULL, -- separated by spaces
    since     INTEGER NOT NULL, -- Unix time, like all moments here
    until     INTEGER,          -- NULL: until a person ends it
    last_used INTEGER,
    uses      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
    program   TEXT    NOT NULL PRIMARY KEY,
    name      TEXT    NOT NULL,
    path      TEXT,
    assurance TEXT    NOT NULL,
    origin    TEXT    NOT NULL,
    ends      INTEGER,          -- NULL: until a person lifts it
    times     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row while all programs are paused.
CREATE TABLE pause (since INTEGER NOT NULL) STRICT;

-- The log. `hash` is the SHA-256 of the hash before it and of everything else in the row.
CREATE TABLE entries (
    number  INTEGER NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    program TEXT    NOT NULL,
    path    TEXT,
    account TEXT,
    scopes  TEXT    NOT NULL,
    outcome TEXT    NOT NULL,
    code    TEXT,
    hash    BLOB    NOT NULL
) STRICT;

CREATE INDEX entries_by_moment ON entries (at);

-- The ends of the log's chain, so that entries missing at either end show.
CREATE TABLE ends (
    name   TEXT    NOT NULL PRIMARY KEY, -- anchor: before the oldest entry kept; head: the newest
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO ends (name, number, hash) VALUES ('anchor', 0, zeroblob(32)), ('head', 0, zeroblob(32));
