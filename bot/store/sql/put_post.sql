INSERT INTO post (request_id, kind, uuid, channel, ts, sending_since, drawn_version)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (request_id, kind) DO UPDATE
SET uuid = excluded.uuid, channel = excluded.channel, ts = excluded.ts, sending_since = excluded.sending_since,
    drawn_version = excluded.drawn_version;
