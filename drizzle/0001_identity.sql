CREATE TABLE "accounts" (
	"region" text NOT NULL,
	"subject_key" text NOT NULL,
	"person_id" text NOT NULL,
	"organisation_id" text,
	"loa" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_region_subject_key_pk" PRIMARY KEY("region","subject_key")
);
--> statement-breakpoint
CREATE TABLE "authentications" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organisation_id" text,
	"region" text NOT NULL,
	"loa" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "counter_desks" (
	"id" text PRIMARY KEY NOT NULL,
	"handle" text NOT NULL,
	"client_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "endings" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"authentication_id" text NOT NULL,
	"purpose" text NOT NULL,
	"typed_key" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_by" text,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "identity_misses" (
	"client_id" text NOT NULL,
	"window_at" timestamp with time zone NOT NULL,
	"misses" integer NOT NULL,
	CONSTRAINT "identity_misses_client_id_window_at_pk" PRIMARY KEY("client_id","window_at")
);
--> statement-breakpoint
CREATE TABLE "identity_scans" (
	"person_id" text NOT NULL,
	"position" bigserial NOT NULL,
	"code_id" text NOT NULL,
	"client_id" text NOT NULL,
	"purpose" text NOT NULL,
	"outcome" text NOT NULL,
	"fields" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "identity_scans_person_id_position_pk" PRIMARY KEY("person_id","position")
);
--> statement-breakpoint
CREATE TABLE "log_ins" (
	"id" text PRIMARY KEY NOT NULL,
	"browser_key" text NOT NULL,
	"region" text NOT NULL,
	"kind" text NOT NULL,
	"next" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mandate_misses" (
	"person_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "mandate_misses_person_id_hour_pk" PRIMARY KEY("person_id","hour")
);
--> statement-breakpoint
CREATE TABLE "mandate_uses" (
	"mandate_id" text NOT NULL,
	"position" bigserial NOT NULL,
	"client_id" text NOT NULL,
	"act" text NOT NULL,
	"matter_id" text,
	"case_id" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "mandate_uses_mandate_id_position_pk" PRIMARY KEY("mandate_id","position")
);
--> statement-breakpoint
CREATE TABLE "mandates" (
	"id" text PRIMARY KEY NOT NULL,
	"giver_id" text NOT NULL,
	"signer_id" text NOT NULL,
	"receiver_id" text,
	"addressee_key" text,
	"offer_key" text NOT NULL,
	"offer_until" timestamp with time zone NOT NULL,
	"matters" jsonb NOT NULL,
	"regions" jsonb NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "name_conflicts" (
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"region" text NOT NULL,
	"subject_key" text NOT NULL,
	"name_key" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "name_conflicts_person_id_id_pk" PRIMARY KEY("person_id","id")
);
--> statement-breakpoint
CREATE TABLE "person_keys" (
	"document_key" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"handle" text NOT NULL,
	"authentication_id" text NOT NULL,
	"person_id" text NOT NULL,
	"browser" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "mandate_id" text;--> statement-breakpoint
CREATE INDEX "accounts_person" ON "accounts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "authentications_person" ON "authentications" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "counter_desks_client" ON "counter_desks" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "counter_desks_until" ON "counter_desks" USING btree ("until");--> statement-breakpoint
CREATE INDEX "endings_until" ON "endings" USING btree ("until");--> statement-breakpoint
CREATE INDEX "endings_at" ON "endings" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_codes_typed" ON "identity_codes" USING btree ("typed_key");--> statement-breakpoint
CREATE INDEX "identity_codes_person" ON "identity_codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "identity_codes_authentication" ON "identity_codes" USING btree ("authentication_id");--> statement-breakpoint
CREATE INDEX "identity_codes_until" ON "identity_codes" USING btree ("until");--> statement-breakpoint
CREATE INDEX "identity_scans_code" ON "identity_scans" USING btree ("code_id");--> statement-breakpoint
CREATE INDEX "identity_scans_at" ON "identity_scans" USING btree ("at");--> statement-breakpoint
CREATE INDEX "log_ins_until" ON "log_ins" USING btree ("until");--> statement-breakpoint
CREATE INDEX "mandate_misses_hour" ON "mandate_misses" USING btree ("hour");--> statement-breakpoint
CREATE UNIQUE INDEX "mandates_offer" ON "mandates" USING btree ("offer_key");--> statement-breakpoint
CREATE INDEX "mandates_giver" ON "mandates" USING btree ("giver_id");--> statement-breakpoint
CREATE INDEX "mandates_receiver" ON "mandates" USING btree ("receiver_id");--> statement-breakpoint
CREATE UNIQUE INDEX "name_conflicts_once" ON "name_conflicts" USING btree ("person_id","region","subject_key","name_key");--> statement-breakpoint
CREATE INDEX "person_keys_person" ON "person_keys" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_until" ON "sessions" USING btree ("until");--> statement-breakpoint
CREATE INDEX "cases_of_mandate" ON "cases" USING btree ("mandate_id") WHERE mandate_id is not null;--> statement-breakpoint
CREATE INDEX "oidc_payloads_account" ON "oidc_payloads" USING btree ((payload->>'accountId')) WHERE model = 'Session';