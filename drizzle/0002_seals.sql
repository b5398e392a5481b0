CREATE TABLE "seal_leaves" (
	"day" date NOT NULL,
	"index" integer NOT NULL,
	"thread" uuid NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "seal_leaves_day_index_pk" PRIMARY KEY("day","index"),
	CONSTRAINT "seal_leaves_head" UNIQUE("thread","seq")
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"day" date PRIMARY KEY NOT NULL,
	"n" integer NOT NULL,
	"root" text NOT NULL,
	"prev" text NOT NULL,
	"signature" text NOT NULL,
	"key" text NOT NULL,
	"blocks" text[] NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seals_prev" UNIQUE("prev")
);
--> statement-breakpoint
CREATE INDEX "entries_at" ON "entries" USING brin ("at") WITH (autosummarize=true);