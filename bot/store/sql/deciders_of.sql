SELECT decided_by, decided_at FROM request WHERE requester = $1 AND decided_at > $2
ORDER BY decided_at DESC LIMIT $3;
