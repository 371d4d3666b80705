CREATE TABLE "consents" (
	"person_id" text NOT NULL,
	"id" text NOT NULL,
	"giver_id" text,
	"kind" text NOT NULL,
	"items" jsonb NOT NULL,
	"purpose" text NOT NULL,
	"matter_id" text NOT NULL,
	"receiver" text NOT NULL,
	"wording" text NOT NULL,
	"wording_digest" text NOT NULL,
	"via" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"given_at" timestamp with time zone,
	"until" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"guardian_key" text,
	"guardian_until" timestamp with time zone,
	CONSTRAINT "consents_person_id_id_pk" PRIMARY KEY("person_id","id")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"person_id" text NOT NULL,
	"id" text NOT NULL,
	"code_key" text NOT NULL,
	"kind" text NOT NULL,
	"holding_id" text NOT NULL,
	"consent_id" text NOT NULL,
	"receiver" text NOT NULL,
	"purpose" text NOT NULL,
	"matter_id" text NOT NULL,
	"case_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "grants_person_id_id_pk" PRIMARY KEY("person_id","id")
);
--> statement-breakpoint
CREATE TABLE "holding_answers" (
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	CONSTRAINT "holding_answers_person_id_kind_place_pk" PRIMARY KEY("person_id","kind","place")
);
--> statement-breakpoint
CREATE TABLE "holdings" (
	"person_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"region" text,
	"place" text NOT NULL,
	"key" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "holdings_person_id_id_pk" PRIMARY KEY("person_id","id")
);
--> statement-breakpoint
CREATE TABLE "pictures" (
	"person_id" text NOT NULL,
	"holding_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "pictures_person_id_holding_id_pk" PRIMARY KEY("person_id","holding_id")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"person_id" text NOT NULL,
	"upload_id" text NOT NULL,
	"consent_id" text NOT NULL,
	"holding_id" text NOT NULL,
	"document_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"fitted" boolean NOT NULL,
	"size" integer NOT NULL,
	CONSTRAINT "releases_person_id_upload_id_pk" PRIMARY KEY("person_id","upload_id")
);
--> statement-breakpoint
CREATE TABLE "accesses" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"holder_key" text NOT NULL,
	"clock" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"mac" "bytea" NOT NULL,
	"record" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "consents_guardian" ON "consents" USING btree ("guardian_key");--> statement-breakpoint
CREATE INDEX "consents_giver" ON "consents" USING btree ("giver_id");--> statement-breakpoint
CREATE INDEX "grants_code" ON "grants" USING btree ("code_key");--> statement-breakpoint
CREATE INDEX "grants_until" ON "grants" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "holdings_once" ON "holdings" USING btree ("person_id","kind","place","key");--> statement-breakpoint
CREATE INDEX "pictures_until" ON "pictures" USING btree ("until");--> statement-breakpoint
CREATE INDEX "releases_upload" ON "releases" USING btree ("upload_id");