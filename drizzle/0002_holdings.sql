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
CREATE TABLE "access_chains" (
	"holder_key" text NOT NULL,
	"clock" text NOT NULL,
	"shard" text NOT NULL,
	"number" integer NOT NULL,
	"length" integer NOT NULL,
	"digest" "bytea" NOT NULL,
	"pruned_length" integer NOT NULL,
	"pruned_digest" "bytea" NOT NULL,
	CONSTRAINT "access_chains_holder_key_clock_pk" PRIMARY KEY("holder_key","clock")
);
--> statement-breakpoint
CREATE TABLE "access_notices" (
	"person_id" text PRIMARY KEY NOT NULL,
	"word" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "access_questions" (
	"holder_key" text NOT NULL,
	"id" text NOT NULL,
	"access_id" text NOT NULL,
	"body_id" text NOT NULL,
	"text_sealed" "bytea" NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"due_on" text NOT NULL,
	"due_is_provisional" integer NOT NULL,
	"answered_at" timestamp with time zone,
	"answer_sealed" "bytea",
	CONSTRAINT "access_questions_holder_key_id_pk" PRIMARY KEY("holder_key","id")
);
--> statement-breakpoint
CREATE TABLE "access_shards" (
	"shard" text PRIMARY KEY NOT NULL,
	"chains" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accesses" (
	"holder_key" text NOT NULL,
	"clock" text NOT NULL,
	"sequence" integer NOT NULL,
	"id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"mac" "bytea" NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "accesses_holder_key_clock_sequence_pk" PRIMARY KEY("holder_key","clock","sequence")
);
--> statement-breakpoint
CREATE INDEX "consents_guardian" ON "consents" USING btree ("guardian_key");--> statement-breakpoint
CREATE INDEX "consents_giver" ON "consents" USING btree ("giver_id");--> statement-breakpoint
CREATE INDEX "grants_code" ON "grants" USING btree ("code_key");--> statement-breakpoint
CREATE INDEX "grants_until" ON "grants" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "holdings_once" ON "holdings" USING btree ("person_id","kind","place","key");--> statement-breakpoint
CREATE INDEX "pictures_until" ON "pictures" USING btree ("until");--> statement-breakpoint
CREATE INDEX "releases_upload" ON "releases" USING btree ("upload_id");--> statement-breakpoint
CREATE INDEX "access_chains_shard" ON "access_chains" USING btree ("shard","number");--> statement-breakpoint
CREATE INDEX "access_questions_body" ON "access_questions" USING btree ("body_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "access_questions_access" ON "access_questions" USING btree ("holder_key","access_id");--> statement-breakpoint
CREATE INDEX "accesses_time" ON "accesses" USING btree ("holder_key","at");--> statement-breakpoint
CREATE INDEX "accesses_age" ON "accesses" USING btree ("clock","at");--> statement-breakpoint
DROP TABLE "access_records";--> statement-breakpoint
-- Appends one record to the chain of its holder and clock, in the caller's transaction. The chain's row is the lock: two records of one
-- holder follow one another. The first record of a holder makes the chain, whose number its shard counts without a hole.
CREATE FUNCTION append_access(p_holder text, p_clock text, p_id text, p_at timestamptz, p_mac bytea, p_record jsonb) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_sequence integer;
  v_shard text := substr(p_holder, 1, 2);
  v_number integer;
BEGIN
  UPDATE access_chains SET length = length + 1, digest = sha256(digest || p_mac)
    WHERE holder_key = p_holder AND clock = p_clock RETURNING length INTO v_sequence;
  IF NOT FOUND THEN
    INSERT INTO access_shards (shard, chains) VALUES (v_shard, 0) ON CONFLICT DO NOTHING;
    PERFORM FROM access_shards WHERE shard = v_shard FOR UPDATE;
    -- Whoever held the lock before may have made this very chain: what is read now is read after they committed.
    UPDATE access_chains SET length = length + 1, digest = sha256(digest || p_mac)
      WHERE holder_key = p_holder AND clock = p_clock RETURNING length INTO v_sequence;
    IF NOT FOUND THEN
      UPDATE access_shards SET chains = chains + 1 WHERE shard = v_shard RETURNING chains INTO v_number;
      INSERT INTO access_chains (holder_key, clock, shard, number, length, digest, pruned_length, pruned_digest)
        VALUES (p_holder, p_clock, v_shard, v_number, 1,
          sha256(sha256(convert_to(v_shard || ' ' || v_number, 'UTF8')) || p_mac), 0,
          sha256(convert_to(v_shard || ' ' || v_number, 'UTF8')));
      v_sequence := 1;
    END IF;
  END IF;
  INSERT INTO accesses (holder_key, clock, sequence, id, at, mac, record)
    VALUES (p_holder, p_clock, v_sequence, p_id, p_at, p_mac, p_record);
  RETURN v_sequence;
END $$;--> statement-breakpoint
-- Forgets the oldest records of some chains of a clock, and says how many they were: none when nothing is left to forget. The chain's row
-- remembers how many they were and what they came to, so that what is left can still be checked. A record that is young stops the pruning of
-- its chain, whatever stands behind it. Few chains at once: a chain that is being pruned takes no record in.
CREATE FUNCTION prune_accesses(p_clock text, p_before timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_chain record;
  v_record record;
  v_pruned integer := 0;
BEGIN
  FOR v_chain IN
    SELECT c.* FROM access_chains c
      JOIN accesses a ON a.holder_key = c.holder_key AND a.clock = c.clock AND a.sequence = c.pruned_length + 1
      WHERE c.clock = p_clock AND a.clock = p_clock AND a.at < p_before
    LIMIT 100 FOR UPDATE OF c SKIP LOCKED
  LOOP
    FOR v_record IN
      SELECT sequence, at, mac FROM accesses WHERE holder_key = v_chain.holder_key AND clock = p_clock ORDER BY sequence
    LOOP
      EXIT WHEN v_record.at >= p_before OR v_record.sequence <> v_chain.pruned_length + 1;
      v_chain.pruned_length := v_record.sequence;
      v_chain.pruned_digest := sha256(v_chain.pruned_digest || v_record.mac);
      v_pruned := v_pruned + 1;
    END LOOP;
    UPDATE access_chains SET pruned_length = v_chain.pruned_length, pruned_digest = v_chain.pruned_digest
      WHERE holder_key = v_chain.holder_key AND clock = p_clock;
    DELETE FROM accesses WHERE holder_key = v_chain.holder_key AND clock = p_clock AND sequence <= v_chain.pruned_length;
  END LOOP;
  RETURN v_pruned;
END $$;
