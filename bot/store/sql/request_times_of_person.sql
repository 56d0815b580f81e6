-- What was refused before anybody was asked, and what was cancelled, takes no place.
SELECT created_at FROM request WHERE requester = $1 AND created_at > $2
    AND (is_open = 1 OR was_asked = 1) AND state <> 'cancelled'
ORDER BY created_at DESC LIMIT $3;
