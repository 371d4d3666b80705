CREATE TABLE "ask_turns" (
	"place" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "cases_to_ask";--> statement-breakpoint
CREATE INDEX "cases_to_ask_at" ON "cases" USING btree ("division","next_ask_at") WHERE next_ask_at is not null;--> statement-breakpoint
CREATE INDEX "cases_silent" ON "cases" USING btree ("division","silent_since") WHERE silent_since is not null;