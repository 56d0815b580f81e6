SELECT user_id, opened_at, page, digest FROM home_viewer ORDER BY opened_at DESC LIMIT $1;
