-- As of one person.
SELECT created_at FROM request WHERE created_at > $1
    AND (is_open = 1 OR was_asked = 1) AND state <> 'cancelled'
ORDER BY created_at DESC LIMIT $2;
