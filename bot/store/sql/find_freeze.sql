SELECT version, document FROM freeze WHERE id = 1;
