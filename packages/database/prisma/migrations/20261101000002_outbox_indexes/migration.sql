-- Small whatever the table's size: only events that wait, and only those whose effect is still to come.
CREATE INDEX "outbox_event_waiting_idx" ON "outbox_event" ("available_at", "id") WHERE "sent_at" IS NULL AND "settled_at" IS NULL;
CREATE INDEX "outbox_event_unsettled_idx" ON "outbox_event" ("sent_at") WHERE "sent_at" IS NOT NULL AND "settled_at" IS NULL;
CREATE INDEX "outbox_event_settled_idx" ON "outbox_event" ("settled_at") WHERE "settled_at" IS NOT NULL;

-- Tells the relay at commit that there is something to send. A nudge only: the relay polls as well.
CREATE FUNCTION "notify_outbox_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox_event', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER "outbox_event_notify" AFTER INSERT ON "outbox_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "notify_outbox_event"();
