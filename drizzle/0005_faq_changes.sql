CREATE TABLE "faq_changes" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"n" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "faq_entries" ADD COLUMN "change" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "faq_entries_change" ON "faq_entries" USING btree ("change");