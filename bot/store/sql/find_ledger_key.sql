SELECT sealed FROM ledger_key WHERE id = 1;
