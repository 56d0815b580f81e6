SELECT created_at FROM request WHERE created_at > $1 ORDER BY created_at DESC LIMIT $2;
