UPDATE job SET state = 'ready', lease_until = NULL WHERE state = 'leased';
