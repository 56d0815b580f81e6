SELECT version, state, document FROM request WHERE id = $1;
