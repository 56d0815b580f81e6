SELECT id, version, state, document FROM request WHERE account_id = $1 AND state = 'changed'
ORDER BY created_at DESC LIMIT 1;
