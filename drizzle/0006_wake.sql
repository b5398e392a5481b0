ALTER TABLE "entries" ADD COLUMN "sealed" boolean;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "wake_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "unscheduled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "threads_wake" ON "threads" USING btree ("wake_at") WHERE "threads"."wake_at" is not null;--> statement-breakpoint
CREATE INDEX "threads_unscheduled" ON "threads" USING btree ("id") WHERE "threads"."unscheduled";
--> statement-breakpoint
-- Threads of before are looked at once by the clockwork, which writes down when it has to come again.
UPDATE "threads" SET "wake_at" = "opened_at" WHERE "state" <> 'closed' OR "due_at" IS NOT NULL;--> statement-breakpoint
-- The narrow door stays as narrow with the new column: what was sealed stays sealed.
CREATE OR REPLACE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND NEW.body IS NULL AND NEW.salt IS NULL
    AND (NEW.thread, NEW.seq, NEW.at, NEW.kind, NEW."by", NEW.content, NEW.prev, NEW.hash, NEW.sealed)
      IS NOT DISTINCT FROM
      (OLD.thread, OLD.seq, OLD.at, OLD.kind, OLD."by", OLD.content, OLD.prev, OLD.hash, OLD.sealed)
    AND EXISTS (
      SELECT FROM entries r
      WHERE r.thread = OLD.thread AND r.kind = 'redacted' AND (r.body->>'seq')::int = OLD.seq
    )
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
