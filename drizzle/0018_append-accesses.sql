-- Appends records in the caller's transaction, in the order of their holders, so that no two transactions wait for each other in a
-- circle. The shards whose chains of these records are not there yet are locked before any chain is: whoever made a first record in
-- between would hold its shard while waiting for a chain, and be waited for. All of it is one way to the server and back: what is locked
-- is not held while somebody's process is busy.
CREATE FUNCTION append_accesses(p_records jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_shards text[];
  v_record record;
BEGIN
  IF jsonb_array_length(p_records) > 1 THEN
    SELECT array_agg(DISTINCT substr(r.holder, 1, 2)) INTO v_shards
      FROM jsonb_to_recordset(p_records) AS r (holder text, clock text)
      WHERE NOT EXISTS (SELECT FROM access_chains c WHERE c.holder_key = r.holder AND c.clock = r.clock);
    IF v_shards IS NOT NULL THEN
      INSERT INTO access_shards (shard, chains) SELECT s, 0 FROM unnest(v_shards) s ORDER BY s ON CONFLICT DO NOTHING;
      PERFORM FROM access_shards WHERE shard = ANY (v_shards) ORDER BY shard FOR UPDATE;
    END IF;
  END IF;
  FOR v_record IN
    SELECT * FROM jsonb_to_recordset(p_records)
      AS r ("order" int, holder text, clock text, id text, at timestamptz, mac text, record jsonb)
      ORDER BY holder COLLATE "C", clock COLLATE "C", "order"
  LOOP
    PERFORM append_access(v_record.holder, v_record.clock, v_record.id, v_record.at, decode(v_record.mac, 'base64'), v_record.record);
  END LOOP;
END $$;
