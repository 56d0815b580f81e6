DELETE FROM replay WHERE digest IN (
    SELECT digest FROM replay WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2);
