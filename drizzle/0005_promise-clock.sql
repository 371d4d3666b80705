ALTER TABLE "cases" ADD COLUMN "promised_on" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "clock_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "cases_with_new_clock" ON "cases" USING btree ("changed_at") WHERE clock_version < version and status not in ('NOT_ACCEPTED', 'COMPLETED', 'VOIDED', 'WITHDRAWN', 'DELIVERED');--> statement-breakpoint
CREATE INDEX "cases_promised" ON "cases" USING btree ("promised_on") WHERE promised_on is not null;--> statement-breakpoint
CREATE INDEX "cases_concluded" ON "cases" USING btree ("matter_id",(case region when 'shanghai' then '3100' else left(division, 4) end),"completed_at") WHERE status in ('COMPLETED', 'DELIVERED') and accepted_at is not null and completed_at is not null;--> statement-breakpoint
CREATE INDEX "case_events_reminders" ON "case_events" USING btree ("case_id","sequence") WHERE type = 'reminder';