CREATE TABLE "drafts" (
	"person_id" text NOT NULL,
	"id" text NOT NULL,
	"subject_id" text NOT NULL,
	"version" integer NOT NULL,
	"content_sealed" "bytea" NOT NULL,
	"filing" integer,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	"case_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "drafts_person_id_id_pk" PRIMARY KEY("person_id","id")
);
--> statement-breakpoint
CREATE INDEX "drafts_until" ON "drafts" USING btree ("until");