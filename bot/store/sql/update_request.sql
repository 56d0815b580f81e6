UPDATE request
SET version = version + 1, state = $1, is_open = $2, account_id = $3, requester = $4, created_at = $5, updated_at = $6,
    was_asked = $7, decided_by = $8, decided_at = $9, document = $10
WHERE id = $11 AND version = $12
RETURNING version;
