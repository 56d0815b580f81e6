SELECT created_at FROM request WHERE account_id = $1 AND created_at > $2 AND was_asked = 1 AND state <> 'cancelled'
ORDER BY created_at DESC LIMIT $3;
