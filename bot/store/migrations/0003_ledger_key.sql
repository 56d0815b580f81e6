-- What the vault key seals, to be known again: one row, in hexadecimal.

CREATE TABLE ledger_key (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    sealed TEXT NOT NULL
) STRICT;
