DROP INDEX "cases_by_source";--> statement-breakpoint
CREATE INDEX "cases_by_source" ON "cases" USING btree ("source_number");