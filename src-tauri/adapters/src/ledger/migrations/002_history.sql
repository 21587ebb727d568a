-- What the reasons of a grant's end are judged by, and what happened to each account.

ALTER TABLE accounts ADD COLUMN consented_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN last_used    INTEGER;
ALTER TABLE accounts ADD COLUMN stopped_at   INTEGER;
ALTER TABLE accounts ADD COLUMN rotates      INTEGER NOT NULL DEFAULT 0;

-- Nothing newer is known of accounts from before.
UPDATE accounts SET consented_at = connected_since;

CREATE TABLE history (
    account TEXT    NOT NULL,
    number  INTEGER NOT NULL, -- counts up for each account
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    times   INTEGER NOT NULL,
    what    TEXT    NOT NULL,
    PRIMARY KEY (account, number)
) STRICT, WITHOUT ROWID;
