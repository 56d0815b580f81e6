SELECT id FROM job WHERE id = $1 AND epoch = $2 AND state = 'leased';
