-- Only the oldest unfinished job of a lane can run; so none runs beside it.
UPDATE job SET state = 'leased', epoch = epoch + 1, lease_until = $1
WHERE id IN (
    SELECT candidate.id FROM job AS candidate
    WHERE ((candidate.state = 'ready' AND candidate.due_at <= $2)
            OR (candidate.state = 'leased' AND candidate.lease_until <= $2))
        AND NOT EXISTS (
            SELECT 1 FROM job AS older
            WHERE older.lane = candidate.lane AND older.id < candidate.id AND older.state IN ('ready', 'leased'))
    ORDER BY candidate.id
    LIMIT $3)
RETURNING id, kind, lane, request_id, payload, attempts, epoch, created_at;
