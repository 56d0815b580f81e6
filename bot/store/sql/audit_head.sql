SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1;
