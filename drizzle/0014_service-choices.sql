CREATE TABLE "service_choices" (
	"person_id" text PRIMARY KEY NOT NULL,
	"wording" text,
	"wording_digest" text,
	"given_by" text,
	"given_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"hidden" jsonb DEFAULT '[]'::jsonb NOT NULL
);
