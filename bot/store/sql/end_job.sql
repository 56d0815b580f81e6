UPDATE job SET state = $1, last_error = $2, finished_at = $3, lease_until = NULL
WHERE id = $4 AND epoch = $5 AND state = 'leased'
RETURNING id;
