CREATE TABLE "window_syncs" (
	"city" text PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"windows" integer NOT NULL,
	"read_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "windows" (
	"city" text NOT NULL,
	"code" text NOT NULL,
	"id" text NOT NULL,
	"region" text NOT NULL,
	"is_cross_region" boolean NOT NULL,
	"lon" double precision,
	"lat" double precision,
	"matter_codes" text[] NOT NULL,
	"opening" "int4multirange" NOT NULL,
	"document" jsonb NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "windows_city_code_pk" PRIMARY KEY("city","code")
);
--> statement-breakpoint
CREATE INDEX "windows_id" ON "windows" USING btree ("id");--> statement-breakpoint
CREATE INDEX "windows_matter_codes" ON "windows" USING gin ("matter_codes");