INSERT INTO ledger_key (id, sealed) VALUES (1, $1);
