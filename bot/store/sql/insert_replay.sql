INSERT INTO replay (digest, expires_at) VALUES ($1, $2)
ON CONFLICT (digest) DO NOTHING
RETURNING digest;
