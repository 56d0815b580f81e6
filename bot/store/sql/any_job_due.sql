-- Also what waits behind an older job of its lane: whether that can be claimed is the claim's to find out.
SELECT 1 WHERE EXISTS (
    SELECT 1 FROM job AS ready WHERE ready.state = 'ready' AND ready.due_at <= $1
    AND ($2 = 'any' OR (ready.kind IN (SELECT value FROM json_each($3))) = ($2 = 'these')))
OR EXISTS (
    SELECT 1 FROM job AS abandoned WHERE abandoned.state = 'leased' AND abandoned.lease_until <= $1
    AND ($2 = 'any' OR (abandoned.kind IN (SELECT value FROM json_each($3))) = ($2 = 'these')));
