INSERT INTO job (kind, lane, request_id, payload, state, due_at, created_at)
VALUES ($1, $2, $3, $4, 'ready', $5, $6);
