SELECT id, version, state, document FROM request WHERE account_id = $1 AND state = 'changed'
ORDER BY coalesce(decided_at, created_at) DESC LIMIT 1;
