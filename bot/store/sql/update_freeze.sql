UPDATE freeze SET version = version + 1, document = $1 WHERE id = 1 AND version = $2
RETURNING version;
