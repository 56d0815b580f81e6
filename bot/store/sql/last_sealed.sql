SELECT sealed FROM (
    SELECT credential.sealed AS sealed, request.created_at AS at
    FROM credential JOIN request ON request.id = credential.request_id
    UNION ALL
    SELECT json_extract(document, '$.reply.url'), created_at
    FROM (SELECT document, created_at FROM request ORDER BY created_at DESC LIMIT 1000)
    WHERE json_valid(document)
)
WHERE length(sealed) > 100 ORDER BY at DESC LIMIT 1;
