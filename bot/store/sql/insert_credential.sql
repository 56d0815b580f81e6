INSERT INTO credential (request_id, sealed) VALUES ($1, $2);
