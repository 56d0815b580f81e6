INSERT INTO request (id, version, state, is_open, account_id, requester, created_at, updated_at, was_asked, decided_by,
    decided_at, document)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
