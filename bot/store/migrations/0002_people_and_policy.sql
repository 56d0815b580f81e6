-- What limits, signals, the Home and the freeze are read from.

ALTER TABLE request ADD COLUMN was_asked INTEGER NOT NULL DEFAULT 0 CHECK (was_asked IN (0, 1));
ALTER TABLE request ADD COLUMN decided_by TEXT;
ALTER TABLE request ADD COLUMN decided_at INTEGER;

-- Requests of the first schema: an approver was asked from `pending` on.
UPDATE request SET was_asked = 1 WHERE account_id IS NOT NULL;

CREATE INDEX request_made ON request (created_at);
CREATE INDEX request_of_person ON request (requester, created_at);
CREATE INDEX request_of_account ON request (account_id, created_at) WHERE account_id IS NOT NULL;
CREATE INDEX request_decided ON request (requester, decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX request_open ON request (state, created_at) WHERE is_open = 1;
CREATE INDEX request_ended ON request (updated_at) WHERE is_open = 0;

-- A further kind of post; SQLite cannot change a check.
CREATE TABLE post_2 (
    request_id    TEXT NOT NULL REFERENCES request (id),
    kind          TEXT NOT NULL CHECK (kind IN ('card', 'audit', 'requester_dm', 'thread')),
    uuid          TEXT NOT NULL,
    channel       TEXT,
    ts            TEXT,
    sending_since INTEGER,
    drawn_version INTEGER NOT NULL,
    PRIMARY KEY (request_id, kind)
) STRICT;
INSERT INTO post_2 SELECT request_id, kind, uuid, channel, ts, sending_since, drawn_version FROM post;
DROP TABLE post;
ALTER TABLE post_2 RENAME TO post;

-- The switch that stops everything. One row; `document` is null while nothing is frozen.
CREATE TABLE freeze (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    version  INTEGER NOT NULL,
    document TEXT
) STRICT;
INSERT INTO freeze (id, version, document) VALUES (1, 0, NULL);

-- Who has opened the App Home.
CREATE TABLE home_viewer (
    user_id   TEXT PRIMARY KEY,
    opened_at INTEGER NOT NULL,
    page      INTEGER NOT NULL,
    digest    TEXT NOT NULL
) STRICT;
CREATE INDEX home_viewer_opened ON home_viewer (opened_at);
