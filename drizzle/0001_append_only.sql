-- The record is append-only, whoever asks. One narrow door: an entry that a `redacted` entry of the
-- same thread names may lose its body and salt, and nothing else.
CREATE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND NEW.body IS NULL AND NEW.salt IS NULL
    AND (NEW.thread, NEW.seq, NEW.at, NEW.kind, NEW."by", NEW.content, NEW.prev, NEW.hash)
      IS NOT DISTINCT FROM
      (OLD.thread, OLD.seq, OLD.at, OLD.kind, OLD."by", OLD.content, OLD.prev, OLD.hash)
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
--> statement-breakpoint
CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE ON entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_record();
--> statement-breakpoint
CREATE TRIGGER entries_never_truncated BEFORE TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
