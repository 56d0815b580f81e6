INSERT INTO home_viewer (user_id, opened_at, page, digest) VALUES ($1, $2, $3, $4)
ON CONFLICT (user_id) DO UPDATE
SET opened_at = excluded.opened_at, page = excluded.page, digest = excluded.digest
WHERE home_viewer.opened_at <= excluded.opened_at;
