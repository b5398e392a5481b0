CREATE TABLE "notifications" (
	"target" uuid NOT NULL,
	"thread" uuid NOT NULL,
	"seq" integer NOT NULL,
	"audience" text NOT NULL,
	"event" text NOT NULL,
	"recipients" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp (3) with time zone,
	"status" integer,
	"error" text,
	"delivered_at" timestamp (3) with time zone,
	"dead_at" timestamp (3) with time zone,
	CONSTRAINT "notifications_thread_seq_audience_target_pk" PRIMARY KEY("thread","seq","audience","target")
);
--> statement-breakpoint
CREATE TABLE "webhook_targets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"allow_private" boolean NOT NULL,
	"secret" text NOT NULL,
	"former_secret" text,
	"former_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"paused_why" text,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "notifications_due" ON "notifications" USING btree ("target","due") WHERE "notifications"."delivered_at" is null and "notifications"."dead_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_dead" ON "notifications" USING btree ("dead_at") WHERE "notifications"."dead_at" is not null;--> statement-breakpoint
CREATE INDEX "notifications_delivered" ON "notifications" USING btree ("target","delivered_at") WHERE "notifications"."delivered_at" is not null;