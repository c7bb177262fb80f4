-- Housekeeping reads only what it removes: uploads that never ended, and settled events of one queue.
CREATE INDEX "document_uploading_idx" ON "document" ("created_at") WHERE "status" = 'uploading';
CREATE INDEX "outbox_event_queue_settled_idx" ON "outbox_event" ("queue", "settled_at") WHERE "settled_at" IS NOT NULL;
