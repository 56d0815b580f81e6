INSERT INTO audit (sequence, at, request_id, hash, text) VALUES ($1, $2, $3, $4, $5);
