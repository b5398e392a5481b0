CREATE TABLE "audit" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" jsonb NOT NULL,
	"what" text NOT NULL,
	"about" jsonb NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_prev" UNIQUE("prev")
);
--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING brin ("at");
--> statement-breakpoint
-- The audit is append-only, whoever asks, and nothing may leave.
CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();
--> statement-breakpoint
CREATE TRIGGER audit_never_truncated BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
