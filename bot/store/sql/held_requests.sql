SELECT id, version, state, document FROM request WHERE state IN ('pending', 'approved') AND is_open = 1
ORDER BY created_at LIMIT $1;
