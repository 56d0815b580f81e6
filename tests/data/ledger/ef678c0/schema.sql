CREATE TABLE schema_migration (
    version    INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;
CREATE TABLE request (
    id         TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    state      TEXT NOT NULL,
    is_open    INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    account_id TEXT,
    requester  TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    document   TEXT NOT NULL
, was_asked INTEGER NOT NULL DEFAULT 0 CHECK (was_asked IN (0, 1)), decided_by TEXT, decided_at INTEGER) STRICT;
CREATE TABLE credential (
    request_id TEXT PRIMARY KEY REFERENCES request (id),
    sealed     TEXT NOT NULL
) STRICT;
CREATE TABLE job (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL,
    lane        TEXT NOT NULL,
    request_id  TEXT REFERENCES request (id),
    payload     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'dead')),
    due_at      INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    epoch       INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    last_error  TEXT NOT NULL DEFAULT '',
    created_at  INTEGER NOT NULL,
    finished_at INTEGER,
    CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
) STRICT;
CREATE TABLE replay (
    digest     TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    sequence   INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    request_id TEXT,
    hash       TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;
CREATE TABLE probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE "post" (
    request_id    TEXT NOT NULL REFERENCES request (id),
    kind          TEXT NOT NULL CHECK (kind IN ('card', 'audit', 'requester_dm', 'thread')),
    uuid          TEXT NOT NULL,
    channel       TEXT,
    ts            TEXT,
    sending_since INTEGER,
    drawn_version INTEGER NOT NULL,
    PRIMARY KEY (request_id, kind)
) STRICT;
CREATE TABLE freeze (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    version  INTEGER NOT NULL,
    document TEXT
) STRICT;
CREATE TABLE home_viewer (
    user_id   TEXT PRIMARY KEY,
    opened_at INTEGER NOT NULL,
    page      INTEGER NOT NULL,
    digest    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX request_one_open_per_account ON request (account_id)
    WHERE account_id IS NOT NULL AND state IN ('pending', 'approved', 'executing', 'checking');
CREATE INDEX job_ready ON job (due_at) WHERE state = 'ready';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'leased';
CREATE INDEX job_lane ON job (lane, id) WHERE state IN ('ready', 'leased');
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX job_request ON job (request_id);
CREATE INDEX replay_expiry ON replay (expires_at);
CREATE INDEX audit_request ON audit (request_id, sequence);
CREATE INDEX request_made ON request (created_at);
CREATE INDEX request_of_person ON request (requester, created_at);
CREATE INDEX request_of_account ON request (account_id, created_at) WHERE account_id IS NOT NULL;
CREATE INDEX request_decided ON request (requester, decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX request_open ON request (state, created_at) WHERE is_open = 1;
CREATE INDEX request_ended ON request (updated_at) WHERE is_open = 0;
CREATE INDEX home_viewer_opened ON home_viewer (opened_at);
CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is insert-only');
END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is insert-only');
END;
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is insert-only');
END;
