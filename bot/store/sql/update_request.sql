UPDATE request
SET version = version + 1, state = $1, is_open = $2, account_id = $3, requester = $4, created_at = $5, updated_at = $6,
    document = $7
WHERE id = $8 AND version = $9
RETURNING version;
