-- Seals and what they cover are append-only, whoever asks, and nothing may leave.
CREATE FUNCTION refuse_change_of_seals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'seals are append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER seals_append_only BEFORE UPDATE OR DELETE ON seals
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_seals();
--> statement-breakpoint
CREATE TRIGGER seals_never_truncated BEFORE TRUNCATE ON seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_seals();
--> statement-breakpoint
CREATE TRIGGER seal_leaves_append_only BEFORE UPDATE OR DELETE ON seal_leaves
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_seals();
--> statement-breakpoint
CREATE TRIGGER seal_leaves_never_truncated BEFORE TRUNCATE ON seal_leaves
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_seals();
