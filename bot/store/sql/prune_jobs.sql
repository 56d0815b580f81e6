DELETE FROM job WHERE id IN (
    SELECT id FROM job WHERE finished_at IS NOT NULL AND finished_at <= $1 ORDER BY finished_at LIMIT $2);
