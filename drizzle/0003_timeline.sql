CREATE TABLE "case_answers" (
	"holder_key" text NOT NULL,
	"place" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	CONSTRAINT "case_answers_holder_key_place_pk" PRIMARY KEY("holder_key","place")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"client_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"tx" "xid8" NOT NULL,
	"position" bigint NOT NULL,
	"case_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"held_since" timestamp with time zone NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"failure" text,
	CONSTRAINT "deliveries_client_id_subscription_id_tx_position_pk" PRIMARY KEY("client_id","subscription_id","tx","position")
);
--> statement-breakpoint
CREATE TABLE "drifts" (
	"case_id" text NOT NULL,
	"region" text NOT NULL,
	"division" text NOT NULL,
	"member" text NOT NULL,
	"ours" text,
	"theirs" text,
	"count" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "drifts_case_id_member_pk" PRIMARY KEY("case_id","member")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"client_id" text NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"position" bigserial NOT NULL,
	"case_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"type" text NOT NULL,
	CONSTRAINT "outbox_client_id_tx_position_pk" PRIMARY KEY("client_id","tx","position")
);
--> statement-breakpoint
CREATE TABLE "strays" (
	"region" text NOT NULL,
	"key" text NOT NULL,
	"case_number" text,
	"case_key" text,
	"source_number" text,
	"news_sealed" "bytea" NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"tries" integer NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"case_id" text,
	"given_up_at" timestamp with time zone,
	CONSTRAINT "strays_region_key_pk" PRIMARY KEY("region","key")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"client_id" text NOT NULL,
	"id" text NOT NULL,
	"url" text NOT NULL,
	"types" jsonb NOT NULL,
	"algorithm" text NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"state" text NOT NULL,
	"cursor_tx" "xid8" NOT NULL,
	"cursor_position" bigint NOT NULL,
	"failing_since" timestamp with time zone,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"last_success_at" timestamp with time zone,
	"last_failure" text,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "subscriptions_client_id_id_pk" PRIMARY KEY("client_id","id")
);
--> statement-breakpoint
DROP INDEX "cases_of_client";--> statement-breakpoint
DROP INDEX "cases_of_holder";--> statement-breakpoint
ALTER TABLE "case_events" ADD COLUMN "news_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "case_events" ADD COLUMN "content_mac" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "case_events" ADD COLUMN "digest" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "origin" text DEFAULT 'filed' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "head_digest" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "changed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "next_ask_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "ask_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "silent_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "deliveries_lane" ON "deliveries" USING btree ("client_id","subscription_id","case_id","sequence");--> statement-breakpoint
CREATE INDEX "drifts_open" ON "drifts" USING btree ("last_at") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "outbox_tail" ON "outbox" USING btree ("tx","position");--> statement-breakpoint
CREATE INDEX "strays_due" ON "strays" USING btree ("next_try_at") WHERE case_id is null and given_up_at is null;--> statement-breakpoint
CREATE INDEX "cases_to_ask" ON "cases" USING btree ("next_ask_at") WHERE next_ask_at is not null;--> statement-breakpoint
CREATE INDEX "cases_of_client" ON "cases" USING btree ("client_id","changed_at","id");--> statement-breakpoint
CREATE INDEX "cases_of_holder" ON "cases" USING btree ("holder_key","changed_at","id");--> statement-breakpoint
UPDATE "cases" SET "changed_at" = "as_of", "next_ask_at" = case when "dispatch_state" = 'sent' and "status" not in ('NOT_ACCEPTED', 'VOIDED', 'WITHDRAWN', 'DELIVERED') then "as_of" end;--> statement-breakpoint
INSERT INTO "outbox" ("client_id", "tx", "position", "case_id", "sequence", "type") SELECT "client_id", "tx", "position", "case_id", "sequence", "type" FROM "case_events";--> statement-breakpoint
SELECT setval('outbox_position_seq', (SELECT coalesce(max("position"), 0) + 1 FROM "outbox"), false);
