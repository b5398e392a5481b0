DROP INDEX "threads_desk";--> statement-breakpoint
CREATE INDEX "threads_due" ON "threads" USING brin ("due_at") WITH (pages_per_range=16,autosummarize=true);--> statement-breakpoint
CREATE INDEX "threads_desk" ON "threads" USING btree ("desk","state");