-- Only the oldest unfinished job of a lane can run; so none runs beside it, and a leased one is the oldest of its lane.
-- `id + 0`: ordered by plain id, SQLite walks the whole table rather than the index of what is due.
UPDATE job SET state = 'leased', epoch = epoch + 1, lease_until = $1
WHERE id IN (
    SELECT id FROM (
        SELECT ready.id FROM job AS ready
        WHERE ready.state = 'ready' AND ready.due_at <= $2 AND NOT EXISTS (
            SELECT 1 FROM job AS older
            WHERE older.lane = ready.lane AND older.id < ready.id AND older.state IN ('ready', 'leased'))
        AND ($3 = 'any' OR (ready.kind IN (SELECT value FROM json_each($4))) = ($3 = 'these'))
        UNION ALL
        SELECT abandoned.id FROM job AS abandoned
        WHERE abandoned.state = 'leased' AND abandoned.lease_until <= $2
        AND ($3 = 'any' OR (abandoned.kind IN (SELECT value FROM json_each($4))) = ($3 = 'these'))) AS claimable
    ORDER BY id + 0
    LIMIT $5)
RETURNING id, kind, lane, request_id, payload, attempts, epoch, created_at;
