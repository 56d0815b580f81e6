-- The newest row of the audit log is the one that was written last, by whatever date.
SELECT max(at) FROM (
    SELECT at FROM (SELECT at FROM audit ORDER BY sequence DESC LIMIT 1) AS last_audit
    UNION ALL
    SELECT at FROM probe) AS stamps;
