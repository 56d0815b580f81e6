UPDATE job SET state = 'ready', due_at = $1, attempts = attempts + $2, last_error = $3, lease_until = NULL
WHERE id = $4 AND epoch = $5 AND state = 'leased'
RETURNING id;
