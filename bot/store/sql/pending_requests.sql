SELECT id, version, state, document FROM request WHERE state = 'pending' AND is_open = 1
ORDER BY created_at LIMIT $1 OFFSET $2;
