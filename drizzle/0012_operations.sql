CREATE TABLE "figures" (
	"place" text PRIMARY KEY NOT NULL,
	"cases" integer,
	"online_percent" integer,
	"correction_percent" integer,
	"median_days" double precision,
	"since" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operator_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"link_digest" text NOT NULL,
	"secret_digest" text,
	"account" text NOT NULL,
	"browser" text,
	"created_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"until" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "overdue_counts" (
	"city" text PRIMARY KEY NOT NULL,
	"cases" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "operator_sessions_link" ON "operator_sessions" USING btree ("link_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "operator_sessions_secret" ON "operator_sessions" USING btree ("secret_digest");--> statement-breakpoint
CREATE INDEX "operator_sessions_created" ON "operator_sessions" USING btree ("created_at");