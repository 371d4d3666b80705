CREATE TABLE "canary_looks" (
	"subject" text NOT NULL,
	"answer" text NOT NULL,
	"region" text NOT NULL,
	"division" text NOT NULL,
	"shape" jsonb NOT NULL,
	"content_at" text,
	"looked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "canary_looks_subject_answer_pk" PRIMARY KEY("subject","answer")
);
--> statement-breakpoint
CREATE TABLE "exchanges" (
	"matter" text NOT NULL,
	"speaker" text NOT NULL,
	"message" text NOT NULL,
	"way" text NOT NULL,
	"slot" integer NOT NULL,
	"region" text NOT NULL,
	"given" json NOT NULL,
	"context" json NOT NULL,
	"got" json NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exchanges_matter_speaker_message_way_slot_pk" PRIMARY KEY("matter","speaker","message","way","slot")
);
--> statement-breakpoint
CREATE TABLE "schema_drifts" (
	"subject" text NOT NULL,
	"answer" text NOT NULL,
	"region" text NOT NULL,
	"division" text NOT NULL,
	"member" text NOT NULL,
	"change" text NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"count" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "schema_drifts_subject_answer_member_change_pk" PRIMARY KEY("subject","answer","member","change")
);
--> statement-breakpoint
CREATE INDEX "exchanges_of_region" ON "exchanges" USING btree ("region","recorded_at");--> statement-breakpoint
CREATE INDEX "schema_drifts_open" ON "schema_drifts" USING btree ("last_at") WHERE settled_at is null;