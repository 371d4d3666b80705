CREATE TABLE "desk_acts" (
	"clerk_id" text NOT NULL,
	"id" text NOT NULL,
	"act" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "desk_acts_clerk_id_id_pk" PRIMARY KEY("clerk_id","id")
);
--> statement-breakpoint
CREATE TABLE "desk_cases" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"clerk_id" text NOT NULL,
	"person_id" text NOT NULL,
	"matter_id" text,
	"division" text,
	"source_division" text NOT NULL,
	"mode" text,
	"state" text NOT NULL,
	"consent" text,
	"consent_at" timestamp with time zone,
	"sealed" "bytea" NOT NULL,
	"retyped" integer NOT NULL,
	"case_id" text,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"handed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk_clerks" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"division" text NOT NULL,
	"link_key" text,
	"link_until" timestamp with time zone,
	"totp_sealed" "bytea" NOT NULL,
	"last_step" integer NOT NULL,
	"misses" integer NOT NULL,
	"misses_at" timestamp with time zone NOT NULL,
	"device_key" text,
	"device_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"enrolled_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "desk_custody" (
	"desk_case_id" text NOT NULL,
	"number" integer NOT NULL,
	"step" text NOT NULL,
	"clerk_id" text NOT NULL,
	"client_id" text NOT NULL,
	"courier" text,
	"courier_number" text,
	"at" timestamp with time zone NOT NULL,
	"previous" text NOT NULL,
	"mac" text NOT NULL,
	CONSTRAINT "desk_custody_desk_case_id_number_pk" PRIMARY KEY("desk_case_id","number")
);
--> statement-breakpoint
CREATE TABLE "desk_papers" (
	"desk_case_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"upload_id" text NOT NULL,
	"sha256" text NOT NULL,
	"pages" integer NOT NULL,
	"scanned_by" text NOT NULL,
	"scanned_at" timestamp with time zone NOT NULL,
	"certified_by" text,
	"certified_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "desk_papers_desk_case_id_id_pk" PRIMARY KEY("desk_case_id","id")
);
--> statement-breakpoint
CREATE TABLE "desk_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"clerk_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "desk_cases_client" ON "desk_cases" USING btree ("client_id","changed_at");--> statement-breakpoint
CREATE INDEX "desk_cases_division" ON "desk_cases" USING btree ("division","handed_at");--> statement-breakpoint
CREATE INDEX "desk_cases_person" ON "desk_cases" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "desk_clerks_client" ON "desk_clerks" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "desk_clerks_link" ON "desk_clerks" USING btree ("link_key");--> statement-breakpoint
CREATE INDEX "desk_clerks_device" ON "desk_clerks" USING btree ("device_key");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_custody_once" ON "desk_custody" USING btree ("desk_case_id","step");--> statement-breakpoint
CREATE INDEX "desk_sessions_clerk" ON "desk_sessions" USING btree ("clerk_id");--> statement-breakpoint
CREATE INDEX "desk_sessions_until" ON "desk_sessions" USING btree ("until");