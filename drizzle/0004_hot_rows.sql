DROP INDEX "threads_desk";--> statement-breakpoint
CREATE INDEX "threads_due" ON "threads" USING brin ("due_at") WITH (pages_per_range=16,autosummarize=true);--> statement-breakpoint
CREATE INDEX "threads_desk" ON "threads" USING btree ("desk","state");--> statement-breakpoint
-- A message changes its thread's row and none of its indexed columns: with room for the next
-- version on the same page, and without compression of so short a row, it stays a cheap update.
ALTER TABLE "threads" SET (fillfactor = 50, toast_tuple_target = 4080);
