CREATE TYPE "public"."entry_kind" AS ENUM('asked', 'answered', 'offered', 'replied', 'escalated', 'claimed', 'routed', 'said', 'noted', 'judged', 'handover-offered', 'handover-accepted', 'handover-declined', 'handover-withdrawn', 'handover-lapsed', 'opinion-asked', 'opinion-given', 'clock-paused', 'clock-resumed', 'clock-scheduled', 'corrected', 'notice-given', 'resolved', 'rated', 'called-back', 'reopened', 'reminded', 'supervised', 'assigned', 'released', 'overdue', 'redacted', 'closed');--> statement-breakpoint
CREATE TYPE "public"."faq_status" AS ENUM('draft', 'review', 'published', 'retired');--> statement-breakpoint
CREATE TYPE "public"."thread_kind" AS ENUM('consult');--> statement-breakpoint
CREATE TYPE "public"."thread_state" AS ENUM('answering', 'waiting', 'held', 'resolved', 'closed');--> statement-breakpoint
CREATE TYPE "public"."staff_role" AS ENUM('officer', 'supervisor', 'curator', 'admin');--> statement-breakpoint
CREATE TABLE "commands" (
	"caller" text NOT NULL,
	"id" uuid NOT NULL,
	"thread" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "commands_caller_id_pk" PRIMARY KEY("caller","id")
);
--> statement-breakpoint
CREATE TABLE "desks" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"topics" text[] NOT NULL,
	"fallback" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enterprises" (
	"uscc" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"district" text,
	"industry" text,
	"park" text
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"thread" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" "entry_kind" NOT NULL,
	"by" jsonb NOT NULL,
	"body" jsonb,
	"salt" text,
	"content" text NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "entries_thread_seq_pk" PRIMARY KEY("thread","seq")
);
--> statement-breakpoint
CREATE TABLE "faq_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"status" "faq_status" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "faq_versions" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"entry" jsonb NOT NULL,
	"author" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "faq_versions_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "file_chunks" (
	"file" uuid NOT NULL,
	"n" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_chunks_file_n_pk" PRIMARY KEY("file","n")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uploader" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"thread" uuid
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"iss" text NOT NULL,
	"sub" text NOT NULL,
	"name" text NOT NULL,
	"uscc" text NOT NULL,
	CONSTRAINT "people_subject" UNIQUE("iss","sub")
);
--> statement-breakpoint
CREATE TABLE "reads" (
	"thread" uuid NOT NULL,
	"person" text NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "reads_thread_person_pk" PRIMARY KEY("thread","person")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "thread_kind" NOT NULL,
	"state" "thread_state" NOT NULL,
	"uscc" text NOT NULL,
	"asker" uuid NOT NULL,
	"desk" text,
	"owner" text,
	"concerned" text[] NOT NULL,
	"question" text NOT NULL,
	"urgent" boolean NOT NULL,
	"seq" integer NOT NULL,
	"head" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"fold" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"role" "staff_role" NOT NULL,
	"desk" text,
	"desks" text[] NOT NULL,
	"disabled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "staff_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "staff_passwords" (
	"staff" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"staff" text NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	CONSTRAINT "staff_sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "staff_two_factors" (
	"staff" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"used_step" integer,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "faq_versions" ADD CONSTRAINT "faq_versions_id_faq_entries_id_fk" FOREIGN KEY ("id") REFERENCES "public"."faq_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_chunks" ADD CONSTRAINT "file_chunks_file_files_id_fk" FOREIGN KEY ("file") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_passwords" ADD CONSTRAINT "staff_passwords_staff_staff_id_fk" FOREIGN KEY ("staff") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_staff_id_fk" FOREIGN KEY ("staff") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_two_factors" ADD CONSTRAINT "staff_two_factors_staff_staff_id_fk" FOREIGN KEY ("staff") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_uploader" ON "files" USING btree ("uploader","at");--> statement-breakpoint
CREATE INDEX "files_unused" ON "files" USING btree ("thread","at");--> statement-breakpoint
CREATE INDEX "threads_enterprise" ON "threads" USING btree ("uscc","opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "threads_desk" ON "threads" USING btree ("desk","state","due_at");--> statement-breakpoint
CREATE INDEX "threads_owner" ON "threads" USING btree ("owner","state");--> statement-breakpoint
CREATE INDEX "threads_opened" ON "threads" USING btree ("opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "threads_concerned" ON "threads" USING gin ("concerned");--> statement-breakpoint
CREATE INDEX "sign_in_failures_username" ON "sign_in_failures" USING btree ("username","at");--> statement-breakpoint
CREATE INDEX "staff_sessions_staff" ON "staff_sessions" USING btree ("staff");