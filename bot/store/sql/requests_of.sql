SELECT id, version, state, document FROM request WHERE requester = $1
ORDER BY is_open DESC, created_at DESC LIMIT $2 OFFSET $3;
