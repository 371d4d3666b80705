CREATE TABLE "case_ratings" (
	"case_id" text NOT NULL,
	"round" integer NOT NULL,
	"grade" text NOT NULL,
	"rating_sealed" "bytea" NOT NULL,
	"rated_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"told_at" timestamp with time zone,
	"failure" text,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	CONSTRAINT "case_ratings_case_id_round_pk" PRIMARY KEY("case_id","round")
);
--> statement-breakpoint
ALTER TABLE "figures" ADD COLUMN "good_rating_percent" integer;--> statement-breakpoint
CREATE INDEX "case_ratings_due" ON "case_ratings" USING btree ("next_attempt_at") WHERE state = 'sending';