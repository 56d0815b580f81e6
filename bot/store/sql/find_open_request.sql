SELECT id, version, state, document FROM request
WHERE account_id = $1 AND state IN ('pending', 'approved', 'executing', 'checking') LIMIT 1;
