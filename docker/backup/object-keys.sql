-- The stored objects that rows name, with their size in bytes. A backup must hold each of them; a fork that lets other rows
-- name objects adds them here with UNION ALL.
SELECT storage_key, size_bytes FROM document WHERE storage_key IS NOT NULL AND status <> 'uploading';
