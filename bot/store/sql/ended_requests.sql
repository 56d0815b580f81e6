SELECT id, version, state, document FROM request WHERE is_open = 0 AND updated_at > $1 AND was_asked = 1
ORDER BY updated_at DESC LIMIT $2 OFFSET $3;
