CREATE TABLE "access_records" (
	"position" bigserial NOT NULL,
	"case_id" text NOT NULL,
	"client_id" text NOT NULL,
	"act" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"request_id" text NOT NULL,
	CONSTRAINT "access_records_case_id_position_pk" PRIMARY KEY("case_id","position")
);
--> statement-breakpoint
CREATE TABLE "alarms" (
	"region" text NOT NULL,
	"table_name" text NOT NULL,
	"code" text NOT NULL,
	"count" bigint NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alarms_region_table_name_code_pk" PRIMARY KEY("region","table_name","code")
);
--> statement-breakpoint
CREATE TABLE "case_documents" (
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"sha256" text NOT NULL,
	"content_type" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_documents_case_id_kind_number_pk" PRIMARY KEY("case_id","kind","number")
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"case_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"id" text NOT NULL,
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"raw_code" text,
	"raw_label" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"via" text NOT NULL,
	"late" boolean NOT NULL,
	"note_sealed" "bytea",
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"position" bigserial NOT NULL,
	CONSTRAINT "case_events_case_id_sequence_pk" PRIMARY KEY("case_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"region" text NOT NULL,
	"division" text NOT NULL,
	"source_division" text NOT NULL,
	"matter_id" text NOT NULL,
	"matter_version" integer NOT NULL,
	"matter_name" text NOT NULL,
	"source_number" text NOT NULL,
	"case_number" text,
	"case_key" text,
	"holder_key" text NOT NULL,
	"status" text NOT NULL,
	"raw_code" text,
	"raw_label" text,
	"applied_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"region_at" timestamp with time zone,
	"version" integer NOT NULL,
	"sequence" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"filed_sealed" "bytea" NOT NULL,
	"handle_sealed" "bytea",
	"open_sealed" "bytea",
	"ledger_id" text NOT NULL,
	"dispatch_state" text NOT NULL,
	"dispatch_reason" text,
	"dispatch_attempts" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_syncs" (
	"division" text PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"changed_since" text,
	"read_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "dispatches" (
	"case_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"work_sealed" "bytea" NOT NULL,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	"failure" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "dispatches_case_id_number_pk" PRIMARY KEY("case_id","number")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"request_digest" text NOT NULL,
	"case_id" text,
	"status" integer,
	"answer_sealed" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_client_id_key_pk" PRIMARY KEY("client_id","key")
);
--> statement-breakpoint
CREATE TABLE "ledgers" (
	"id" text PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "matters" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"region" text,
	"division" text,
	"code" text,
	"base_code" text,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"fileable" boolean NOT NULL,
	"digest" text NOT NULL,
	"document" jsonb NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	CONSTRAINT "matters_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "nonces" (
	"region" text NOT NULL,
	"value" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "nonces_region_value_pk" PRIMARY KEY("region","value")
);
--> statement-breakpoint
CREATE TABLE "oidc_payloads" (
	"model" text NOT NULL,
	"id" text NOT NULL,
	"payload" jsonb NOT NULL,
	"grant_id" text,
	"user_code" text,
	"uid" text,
	"consumed_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "oidc_payloads_model_id_pk" PRIMARY KEY("model","id")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"content_type" text NOT NULL,
	"name_sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "case_events_key" ON "case_events" USING btree ("case_id","key");--> statement-breakpoint
CREATE INDEX "case_events_feed" ON "case_events" USING btree ("client_id","tx","position");--> statement-breakpoint
CREATE INDEX "cases_of_client" ON "cases" USING btree ("client_id","as_of");--> statement-breakpoint
CREATE INDEX "cases_of_holder" ON "cases" USING btree ("holder_key");--> statement-breakpoint
CREATE INDEX "cases_by_number" ON "cases" USING btree ("region","case_number");--> statement-breakpoint
CREATE INDEX "cases_by_key" ON "cases" USING btree ("region","case_key");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_by_source" ON "cases" USING btree ("source_number");--> statement-breakpoint
CREATE INDEX "dispatches_due" ON "dispatches" USING btree ("next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "matters_current" ON "matters" USING btree ("id") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "matters_code" ON "matters" USING btree ("region","division","code");--> statement-breakpoint
CREATE INDEX "matters_base_code" ON "matters" USING btree ("base_code");--> statement-breakpoint
CREATE INDEX "nonces_until" ON "nonces" USING btree ("until");--> statement-breakpoint
CREATE INDEX "oidc_payloads_grant" ON "oidc_payloads" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "oidc_payloads_uid" ON "oidc_payloads" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "oidc_payloads_expiry" ON "oidc_payloads" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "uploads_of_client" ON "uploads" USING btree ("client_id");