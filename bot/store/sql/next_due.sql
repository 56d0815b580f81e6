-- Jobs behind an older one of their lane do not count: nothing can be done about them at that time.
SELECT
    (SELECT ready.due_at FROM job AS ready
     WHERE ready.state = 'ready' AND NOT EXISTS (
        SELECT 1 FROM job AS older
        WHERE older.lane = ready.lane AND older.id < ready.id AND older.state IN ('ready', 'leased'))
     ORDER BY ready.due_at LIMIT 1),
    (SELECT lease_until FROM job WHERE state = 'leased' ORDER BY lease_until LIMIT 1);
