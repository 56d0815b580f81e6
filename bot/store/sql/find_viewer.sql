SELECT user_id, opened_at, page, digest FROM home_viewer WHERE user_id = $1;
