DELETE FROM credential WHERE request_id = $1;
