SELECT sequence, hash FROM audit WHERE request_id = $1 ORDER BY sequence DESC LIMIT 1;
