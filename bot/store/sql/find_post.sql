SELECT uuid, channel, ts, sending_since, drawn_version FROM post WHERE request_id = $1 AND kind = $2;
