-- The clients that were imported, side by side. Before there was one for each provider, among the settings.

CREATE TABLE clients (
    provider    TEXT    NOT NULL,
    client_id   TEXT    NOT NULL,
    project     TEXT,             -- as its file said
    name        TEXT,             -- what the person calls it
    imported_at INTEGER NOT NULL,
    PRIMARY KEY (provider, client_id)
) STRICT, WITHOUT ROWID;

-- Their names were `client.<provider>` and `project.<provider>`. When they were imported is not known.
INSERT INTO clients
SELECT substr(client.name, length('client.') + 1), client.value, nullif(project.value, ''), NULL, 0
FROM settings AS client
LEFT JOIN settings AS project
    ON project.name = 'project.' || substr(client.name, length('client.') + 1)
WHERE client.name LIKE 'client.%' AND client.value <> '';

DELETE FROM settings WHERE name LIKE 'client.%' OR name LIKE 'project.%';
