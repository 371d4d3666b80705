DROP INDEX "case_events_feed";--> statement-breakpoint
ALTER TABLE "case_events" DROP COLUMN "client_id";--> statement-breakpoint
ALTER TABLE "case_events" DROP COLUMN "tx";--> statement-breakpoint
ALTER TABLE "case_events" DROP COLUMN "position";