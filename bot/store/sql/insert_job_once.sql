INSERT INTO job (kind, lane, request_id, payload, state, due_at, created_at)
SELECT $1, $2, $3, $4, 'ready', $5, $6
WHERE NOT EXISTS (SELECT 1 FROM job WHERE lane = $7 AND kind = $8 AND state = 'ready');
