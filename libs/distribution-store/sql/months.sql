-- Partitions comms_request_target_distribution by months, so that old months can be dropped at once instead of row by row. Its
-- name, columns, rows, rights and triggers stay, and daemons of any version go on meanwhile. docs/adr/0010-months.md says
-- how it works and what changes. Run as the owner of the tables, after `npm run db:migrate`; for a schema other than
-- public, put `SET search_path TO <schema>;` in front. May be run again, and continues where it was interrupted:
--   psql -v ON_ERROR_STOP=1 -f months.sql "$DATABASE_URL"
-- No row is copied: the table becomes the first partition. All its rows are read once, with reads and writes going on; then
-- one transaction of milliseconds locks the table, and gives up after five seconds of waiting for it. To undo it,
-- run months-undo.sql.
--
-- From then on, once a day, as the owner or as a member of the role comms_maintenance, `npm run db:keep-months`, which calls
--   SELECT comms_make_months();              -- the months to come, and new ids in this month's partition from its first day on
--   SELECT comms_drop_months('12 months');   -- months in which all rows are older, and finished

-- The first id of a moment's month, in UTC: 2611000000000000 in November 2026.
CREATE OR REPLACE FUNCTION comms_first_id(moment timestamptz) RETURNS bigint LANGUAGE sql STABLE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYMM')::bigint * 1000000000000;

-- New ids move into a month only where its partition was attached before this call. Other sessions see the ids at once, but
-- the partition only after the end. Until then new ids stay in the month before, whose partition takes them.
CREATE OR REPLACE FUNCTION comms_make_months(ahead integer DEFAULT 3) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '2s' AS $$
DECLARE
  whole CONSTANT text := 'comms_request_target_distribution';
  ids CONSTANT regclass := pg_get_serial_sequence(whole, 'comms_request_target_distribution_id');
  step CONSTANT bigint := (SELECT seqincrement FROM pg_sequence WHERE seqrelid = ids);
  first_id bigint;
  last_id bigint;
  month timestamptz;
  part text;
BEGIN
  LOCK TABLE ONLY comms_request_target_distribution IN SHARE UPDATE EXCLUSIVE MODE;
  EXECUTE format('SELECT last_value FROM %s', ids) INTO last_id;
  FOR i IN 0..ahead LOOP
    month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
    first_id := comms_first_id(month);
    part := whole || '_' || first_id / 1000000000000;
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING IDENTITY EXCLUDING INDEXES)
        WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)', part, whole);
      EXECUTE format('CREATE UNIQUE INDEX %I ON %I (comms_request_target_id)
        WHERE comms_request_target_id IS NOT NULL', part || '_target', part);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
        whole, part, first_id, comms_first_id(month + interval '1 month'));
      RETURN NEXT part || ' made';
    ELSIF i = 0 AND last_id < first_id
      AND EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(part) AND inhparent = whole::regclass) THEN
      PERFORM setval(ids, last_id + (first_id - last_id + step - 1) / step * step, false);
      RETURN NEXT part || ' begun';
    END IF;
  END LOOP;
END
$$;

-- A, D and R are unfinished. E is not: an operator had all that time to requeue it. Nor is a lapsed row, which is
-- never sent. A row that is set aside is: an operator has to release it. This reads only the partial indexes, so it leaves out A, and R of methods that no daemon has.
CREATE OR REPLACE FUNCTION comms_has_unfinished(part regclass) RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  found boolean;
BEGIN
  EXECUTE format($query$ SELECT
    EXISTS (SELECT FROM %1$s WHERE distribution_status = 'D' AND lapsed_date_time IS NULL)
    OR EXISTS (SELECT FROM %1$s WHERE distribution_status = 'D' AND lapsed_date_time IS NOT NULL
      AND coalesce(time_exclusion, 'infinity'::timestamptz) >= now())
    OR EXISTS (SELECT FROM %1$s WHERE distribution_status = 'R'
      AND delivery_method IN ('PUSH','SMS','EXTERNAL','ONLINE'))
    OR EXISTS (SELECT FROM comms_set_aside AS aside WHERE EXISTS (SELECT FROM %1$s AS row
      WHERE row.comms_request_target_distribution_id = aside.comms_request_target_distribution_id)) $query$, part) INTO found;
  RETURN found;
END
$$;

-- Reads all rows of an old month, with nothing locked. Then locks the table for an instant, and asks again for what may
-- have been set back to D or R since. Gives up after two seconds of waiting, and changes nothing then.
CREATE OR REPLACE FUNCTION comms_drop_months(retention interval) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '2s' AS $$
DECLARE
  oldest_kept CONSTANT timestamptz := now() - retention;
  ids CONSTANT regclass := pg_get_serial_sequence('comms_request_target_distribution', 'comms_request_target_distribution_id');
  last_id bigint;
  newest timestamptz;
  kept boolean;
  part regclass;
  finished regclass[] := '{}';
BEGIN
  IF retention IS NULL OR retention < interval '1 month' THEN
    RAISE EXCEPTION 'The retention must be a month at least.';
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'Only a transaction that is READ COMMITTED sees rows that are set back to D or R meanwhile.';
  END IF;
  EXECUTE format('SELECT last_value FROM %s', ids) INTO last_id;
  FOR part IN
    SELECT c.oid FROM pg_inherits JOIN pg_class AS c ON c.oid = inhrelid
    WHERE inhparent = 'comms_request_target_distribution'::regclass
      AND substring(pg_get_expr(relpartbound, c.oid) FROM 'TO \(''?(\d+)')::bigint <= last_id
    ORDER BY relname
  LOOP
    EXECUTE format('SELECT created_date_time FROM %s ORDER BY comms_request_target_distribution_id DESC LIMIT 1', part)
      INTO newest;
    CONTINUE WHEN newest IS NULL OR newest >= oldest_kept;
    kept := comms_has_unfinished(part);
    IF NOT kept THEN
      EXECUTE format($query$ SELECT EXISTS (SELECT FROM %s
        WHERE distribution_status IN ('A','R') OR created_date_time >= $1) $query$, part) INTO kept USING oldest_kept;
    END IF;
    IF kept THEN
      RETURN NEXT part || ' kept: it has rows that are unfinished, or too young';
    ELSE
      finished := finished || part;
    END IF;
  END LOOP;

  IF finished = '{}' THEN RETURN; END IF;
  LOCK TABLE ONLY comms_request_target_distribution IN ACCESS EXCLUSIVE MODE;
  FOREACH part IN ARRAY finished LOOP
    EXECUTE format('LOCK TABLE ONLY %s IN ACCESS EXCLUSIVE MODE', part);
    IF comms_has_unfinished(part) THEN
      RETURN NEXT part || ' kept: it has rows that are unfinished again';
    ELSE
      RETURN NEXT part || ' dropped';
      EXECUTE format('DROP TABLE %s', part);
    END IF;
  END LOOP;
END
$$;

-- The statements that give a table of the same name and columns all that the present one has besides them and its primary
-- key: indexes (without the unique one, which each partition has for itself), triggers, rights, comment.
CREATE OR REPLACE FUNCTION comms_definitions() RETURNS SETOF text LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
    FROM pg_index WHERE indrelid = to_regclass('comms_request_target_distribution') AND NOT indisunique
  UNION ALL
  SELECT concat_ws('; ', pg_get_triggerdef(oid),
      format('ALTER TABLE comms_request_target_distribution %s TRIGGER %I',
        CASE tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END,
        tgname))
    FROM pg_trigger WHERE tgrelid = to_regclass('comms_request_target_distribution') AND NOT tgisinternal
  UNION ALL
  SELECT format('GRANT %s%s ON comms_request_target_distribution TO %s%s', privilege_type, columns,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
      CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
    FROM (
      SELECT relowner, '' AS columns, acl.* FROM pg_class, aclexplode(relacl) AS acl
      WHERE oid = to_regclass('comms_request_target_distribution')
      UNION ALL
      SELECT relowner, format(' (%I)', attname), acl.* FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl) AS acl
      WHERE pg_class.oid = to_regclass('comms_request_target_distribution') AND NOT attisdropped
    ) AS rights
    WHERE grantee <> relowner
  UNION ALL
  SELECT format('COMMENT ON TABLE comms_request_target_distribution IS %L', description)
    FROM pg_description WHERE objoid = to_regclass('comms_request_target_distribution') AND objsubid = 0
      AND classoid = 'pg_class'::regclass;
END;

-- The statements that give a sequence of the same name the rights on the present one.
CREATE OR REPLACE FUNCTION comms_sequence_rights(ids regclass) RETURNS SETOF text LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT format('GRANT %s ON SEQUENCE %s TO %s%s', privilege_type, ids,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
      CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
    FROM pg_class, aclexplode(relacl) WHERE oid = ids AND grantee <> relowner;
END;

-- What is meant to be run by others runs in this schema, whatever theirs is.
DO $$
DECLARE
  function text;
BEGIN
  FOREACH function IN ARRAY ARRAY['comms_make_months(integer)', 'comms_drop_months(interval)'] LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'comms_maintenance') THEN
    CREATE ROLE comms_maintenance NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- roles belong to all databases of a server, and another run was faster
END
$$;
GRANT EXECUTE ON FUNCTION comms_make_months(integer), comms_drop_months(interval) TO comms_maintenance;
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO comms_maintenance', current_schema());
END
$$;

-- 1. Refuses what cannot be carried over, and states that all ids so far lie before those of this month.
DO $$
DECLARE
  whole CONSTANT regclass := 'comms_request_target_distribution';
  obstacles text;
  last_id bigint;
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = whole) = 'p'
    OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = whole AND conname = 'comms_earlier_ids') THEN
    RETURN;
  END IF;
  IF (SELECT relowner <> current_user::regrole OR relkind <> 'r' FROM pg_class WHERE oid = whole) THEN
    RAISE EXCEPTION '% is no table that % owns.', whole, current_user;
  END IF;
  SELECT string_agg(DISTINCT obstacle, ', ') INTO obstacles FROM (
    SELECT format('foreign key %I of %s', conname, conrelid::regclass) FROM pg_constraint
      WHERE contype = 'f' AND whole IN (conrelid, confrelid)
    UNION ALL
    SELECT format('view or rule of %s', ev_class::regclass) FROM pg_depend JOIN pg_rewrite AS r ON r.oid = objid
      WHERE classid = 'pg_rewrite'::regclass AND refobjid = whole
    UNION ALL
    SELECT format('unique index %s', indexrelid::regclass) FROM pg_index
      WHERE indrelid = whole AND indisunique AND NOT indisprimary
        AND indexrelid <> 'comms_request_target_distribution_target'::regclass
    UNION ALL
    SELECT format('policy %I', polname) FROM pg_policy WHERE polrelid = whole
    UNION ALL
    SELECT format('publication %I', pubname) FROM pg_publication_rel JOIN pg_publication AS p ON p.oid = prpubid
      WHERE prrelid = whole
    UNION ALL
    SELECT format('inheritance with %s', inhrelid::regclass) FROM pg_inherits WHERE whole IN (inhrelid, inhparent)
  ) AS found (obstacle);
  IF obstacles IS NOT NULL THEN
    RAISE EXCEPTION 'To be dropped first, and made again afterwards where it still fits: %.', obstacles;
  END IF;
  SELECT max(comms_request_target_distribution_id) INTO last_id FROM comms_request_target_distribution;
  IF last_id >= comms_first_id(now()) THEN
    RAISE EXCEPTION 'The id % is beyond %, the first of this month.', last_id, comms_first_id(now());
  END IF;
  SET LOCAL lock_timeout = '5s';
  EXECUTE format('ALTER TABLE comms_request_target_distribution
    ADD CONSTRAINT comms_earlier_ids CHECK (comms_request_target_distribution_id < %s) NOT VALID', comms_first_id(now()));
END
$$;

-- 2. Reads all rows, so that 3. need not.
DO $$
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'comms_request_target_distribution'::regclass) = 'r' THEN
    ALTER TABLE comms_request_target_distribution VALIDATE CONSTRAINT comms_earlier_ids;
  END IF;
END
$$;

-- 3. Makes the table a partition of a new one that has its name.
DO $$
DECLARE
  whole CONSTANT text := 'comms_request_target_distribution';
  id CONSTANT text := 'comms_request_target_distribution_id';
  first_id CONSTANT bigint := comms_first_id(now());
  definitions text[];
  old_index record;
  old_trigger name;
  ids record;
  last_id bigint;
  statement text;
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = whole::regclass) = 'p' THEN RETURN; END IF;
  SET LOCAL lock_timeout = '5s';
  LOCK TABLE comms_request_target_distribution IN ACCESS EXCLUSIVE MODE;
  definitions := ARRAY(SELECT comms_definitions());
  SELECT relname, seqincrement, ARRAY(SELECT comms_sequence_rights(s.oid)) AS rights
    INTO ids FROM pg_class AS s JOIN pg_sequence ON seqrelid = s.oid WHERE s.oid = pg_get_serial_sequence(whole, id)::regclass;
  EXECUTE format('SELECT last_value FROM %I', ids.relname) INTO last_id;

  FOR old_trigger IN SELECT tgname FROM pg_trigger WHERE tgrelid = whole::regclass AND NOT tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', old_trigger, whole);
  END LOOP;
  FOR old_index IN SELECT relname FROM pg_index JOIN pg_class AS i ON i.oid = indexrelid WHERE indrelid = whole::regclass LOOP
    EXECUTE format('ALTER INDEX %I RENAME TO %I', old_index.relname,
      whole || '_earlier_' || left(replace(old_index.relname, whole || '_', ''), 20));
  END LOOP;
  ALTER TABLE comms_request_target_distribution ALTER comms_request_target_distribution_id DROP IDENTITY;
  ALTER TABLE comms_request_target_distribution RENAME TO comms_request_target_distribution_earlier;

  CREATE TABLE comms_request_target_distribution (
    LIKE comms_request_target_distribution_earlier INCLUDING ALL EXCLUDING IDENTITY EXCLUDING INDEXES
  ) PARTITION BY RANGE (comms_request_target_distribution_id);
  ALTER TABLE comms_request_target_distribution DROP CONSTRAINT comms_earlier_ids;
  ALTER TABLE comms_request_target_distribution
    ADD CONSTRAINT comms_request_target_distribution_pkey PRIMARY KEY (comms_request_target_distribution_id);
  EXECUTE format('ALTER TABLE %I ALTER %I ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME %I START %s INCREMENT %s)',
    whole, id, ids.relname, last_id + (first_id - last_id + ids.seqincrement - 1) / ids.seqincrement * ids.seqincrement,
    ids.seqincrement);
  FOREACH statement IN ARRAY definitions || ids.rights LOOP
    EXECUTE statement;
  END LOOP;
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%s)', whole, whole || '_earlier', first_id);
  ALTER TABLE comms_request_target_distribution_earlier DROP CONSTRAINT comms_earlier_ids;
  PERFORM comms_make_months();
END
$$;
