SELECT created_at FROM request WHERE requester = $1 AND created_at > $2 ORDER BY created_at DESC LIMIT $3;
