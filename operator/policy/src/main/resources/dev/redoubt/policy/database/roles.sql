-- What all stores have in common: groups of rights, and a procedure that gives them rights on every table with vectors.
-- The clients of the store follow below. Run by a superuser in the store's database; running it again changes nothing.
--
-- A client that may query has no right on any table. It may call two functions for each table:
--   redoubt.search_TABLE(query vector, k integer)   the k nearest records, without their vectors
--   redoubt.get_TABLE(ids)                          records by their primary key
-- Only so can bulk reads be refused: whoever may SELECT can aggregate the whole table into one row.

SET LOCAL standard_conforming_strings = on;
SET LOCAL client_min_messages = warning;
-- two guards of one database do not run this at once
SELECT pg_catalog.pg_advisory_xact_lock(7235413968001);

CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS redoubt;
REVOKE ALL ON SCHEMA redoubt FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $do$
DECLARE
  wanted name;
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  -- redoubt_owner owns the functions; row-level security holds for it as for everybody
  FOREACH wanted IN ARRAY ARRAY['redoubt_owner', 'redoubt_query', 'redoubt_ingest', 'redoubt_manage', 'redoubt_export'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I', wanted);
    END IF;
    EXECUTE format('ALTER ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', wanted);
  END LOOP;
END
$do$;

-- Who is of which tenant. Only a superuser reads or writes this.
CREATE TABLE IF NOT EXISTS redoubt.client (role name PRIMARY KEY, tenant text);
REVOKE ALL ON redoubt.client FROM PUBLIC;
GRANT USAGE ON SCHEMA redoubt TO redoubt_owner, redoubt_query, redoubt_ingest, redoubt_manage, redoubt_export;
GRANT SELECT ON redoubt.client TO redoubt_owner;

-- By the role that logged in: SET ROLE does not change it, and no setting that a client could make is asked.
CREATE OR REPLACE FUNCTION redoubt.tenant() RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT c.tenant FROM redoubt.client c WHERE c.role = session_user $$;
ALTER FUNCTION redoubt.tenant() OWNER TO redoubt_owner;
REVOKE ALL ON FUNCTION redoubt.tenant() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION redoubt.tenant() TO redoubt_owner, redoubt_query, redoubt_ingest, redoubt_manage, redoubt_export;

-- A client's login, and exactly the groups that it is to be in.
CREATE OR REPLACE PROCEDURE redoubt.enrol(login name, verifier text, connections integer, tenant text, groups name[])
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $procedure$
DECLARE
  member name;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
    EXECUTE format('CREATE ROLE %I', login);
  END IF;
  EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT'
    ' CONNECTION LIMIT %s PASSWORD %L', login, connections, verifier);
  -- a default, which a client may change for itself; the guard has its own time limit
  EXECUTE format('ALTER ROLE %I SET statement_timeout = ''30s''', login);
  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''60s''', login);
  FOREACH member IN ARRAY ARRAY['redoubt_query', 'redoubt_ingest', 'redoubt_manage', 'redoubt_export'] LOOP
    IF member = ANY (groups) THEN
      EXECUTE format('GRANT %I TO %I', member, login);
    ELSIF pg_has_role(login, member, 'MEMBER') THEN
      EXECUTE format('REVOKE %I FROM %I', member, login);
    END IF;
  END LOOP;
  INSERT INTO redoubt.client VALUES (login, tenant)
    ON CONFLICT (role) DO UPDATE SET tenant = excluded.tenant WHERE client.tenant IS DISTINCT FROM excluded.tenant;
END
$procedure$;
REVOKE ALL ON PROCEDURE redoubt.enrol FROM PUBLIC;

-- Clients that are no longer among these cannot log in.
CREATE OR REPLACE PROCEDURE redoubt.expel_all_but(logins name[])
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $procedure$
DECLARE
  gone name;
BEGIN
  FOR gone IN SELECT c.role FROM redoubt.client c WHERE c.role <> ALL (logins) LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = gone) THEN
      EXECUTE format('ALTER ROLE %I NOLOGIN', gone);
    END IF;
    DELETE FROM redoubt.client c WHERE c.role = gone;
  END LOOP;
END
$procedure$;
REVOKE ALL ON PROCEDURE redoubt.expel_all_but FROM PUBLIC;

-- A name for a parameter or a result of a function that no column of a table has.
CREATE OR REPLACE FUNCTION redoubt.free_name(table_oid oid, wanted name) RETURNS name
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
  AS $$ SELECT CASE WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = table_oid AND a.attname = wanted)
    THEN 'redoubt_' || wanted ELSE wanted END $$;
REVOKE ALL ON FUNCTION redoubt.free_name FROM PUBLIC;

-- Rights on every table with vectors.
--   most: most records of one call
--   scores: Exact, Round or Drop; step: what distances are rounded to
--   exports: whether the group redoubt_export reads tables; vectors: whether it reads vectors, too
--   tenant_column: column that holds the tenant, or NULL; a table without it is given to nobody then
CREATE OR REPLACE PROCEDURE redoubt.protect(
    most integer, scores text, step numeric, exports boolean, vectors boolean, tenant_column name)
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $procedure$
DECLARE
  t record;
  v record;
  old record;
  plain text;         -- columns without vectors: a, b
  described text;     -- the same with types: a bigint, b text
  qualified text;     -- the same of the table: t.a, t.b
  written text;       -- all columns that can be written
  keys text;          -- columns of the primary key
  key_column name;    -- the same where it is one
  key_type text;
  base text;          -- the table's part in the names of functions
  distance text;
  name_of_function name;
  body text;
  iterates text := '';  -- setting by which an index goes on where row-level security took too many of its records away
BEGIN
  LOAD 'vector';
  IF tenant_column IS NOT NULL AND current_setting('hnsw.iterative_scan', true) IS NOT NULL THEN
    iterates := ' SET hnsw.iterative_scan = strict_order SET ivfflat.iterative_scan = relaxed_order';
  END IF;
  FOR old IN
    SELECT p.oid::regprocedure AS signature FROM pg_proc p
    WHERE p.pronamespace = 'redoubt'::regnamespace AND p.prokind = 'f' AND p.proname ~ '^(search|get)_'
  LOOP
    EXECUTE format('DROP FUNCTION %s', old.signature);
  END LOOP;

  FOR t IN
    SELECT c.oid, c.relname, n.nspname, format('%I.%I', n.nspname, c.relname) AS name,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = tenant_column AND NOT a.attisdropped)
        AS has_tenant
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'redoubt')
      AND EXISTS (SELECT FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
        WHERE a.attrelid = c.oid AND NOT a.attisdropped AND y.typname IN ('vector', 'halfvec', 'sparsevec'))
    ORDER BY n.nspname, c.relname
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, redoubt_query, redoubt_ingest, redoubt_manage, redoubt_export', t.name);
    CONTINUE WHEN tenant_column IS NOT NULL AND NOT t.has_tenant;

    SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE NOT is_vector),
      string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
        FILTER (WHERE NOT is_vector),
      string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE NOT is_vector),
      string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '')
    INTO plain, described, qualified, written
    FROM (SELECT a.*, y.typname IN ('vector', 'halfvec', 'sparsevec') AS is_vector
      FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) a;

    SELECT string_agg(format('%I', a.attname), ', '), CASE WHEN count(*) = 1 THEN min(a.attname) END,
      min(format_type(a.atttypid, a.atttypmod))
    INTO keys, key_column, key_type
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = t.oid AND i.indisprimary;
    base := CASE WHEN t.nspname = 'public' THEN '' ELSE t.nspname || '_' END || t.relname;

    EXECUTE format('GRANT USAGE ON SCHEMA %I TO redoubt_owner, redoubt_ingest, redoubt_manage, redoubt_export', t.nspname);
    EXECUTE format('GRANT SELECT ON %s TO redoubt_owner', t.name);
    EXECUTE format('GRANT INSERT (%s), UPDATE (%s) ON %s TO redoubt_ingest', written, written, t.name);
    EXECUTE format('GRANT DELETE ON %s TO redoubt_manage', t.name);
    IF keys IS NOT NULL THEN
      -- an UPDATE or DELETE has to name its records
      EXECUTE format('GRANT SELECT (%s) ON %s TO redoubt_ingest, redoubt_manage', keys, t.name);
    END IF;
    IF exports THEN
      EXECUTE format('GRANT SELECT (%s) ON %s TO redoubt_export', CASE WHEN vectors THEN written ELSE plain END, t.name);
    END IF;
    FOR old IN
      SELECT d.objid::regclass AS signature FROM pg_depend d JOIN pg_class s ON s.oid = d.objid
      WHERE d.refobjid = t.oid AND d.deptype = 'a' AND s.relkind = 'S'
    LOOP
      EXECUTE format('GRANT USAGE ON SEQUENCE %s TO redoubt_ingest', old.signature);
    END LOOP;

    IF tenant_column IS NOT NULL THEN
      EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t.name);
      EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t.name);
      -- the first lets rows of the tenant through, the second sees to it that no other policy lets more through
      FOR v IN SELECT * FROM (VALUES ('redoubt_tenant', 'PERMISSIVE'), ('redoubt_tenant_only', 'RESTRICTIVE')) p (name, kind) LOOP
        EXECUTE format('DROP POLICY IF EXISTS %I ON %s', v.name, t.name);
        EXECUTE format('CREATE POLICY %I ON %s AS %s USING (%I::text = redoubt.tenant()) WITH CHECK (%I::text = redoubt.tenant())',
          v.name, t.name, v.kind, tenant_column, tenant_column);
      END LOOP;
    ELSIF EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'redoubt_tenant') THEN
      -- records had tenants and have none any more
      EXECUTE format('DROP POLICY redoubt_tenant ON %s', t.name);
      EXECUTE format('DROP POLICY IF EXISTS redoubt_tenant_only ON %s', t.name);
      IF NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid) THEN
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', t.name);
      END IF;
    END IF;

    FOR v IN
      SELECT a.attname, n.nspname, y.typname, count(*) OVER () AS columns,
        coalesce((SELECT CASE o.opcname
            WHEN y.typname || '_l2_ops' THEN '<->' WHEN y.typname || '_ip_ops' THEN '<#>' WHEN y.typname || '_l1_ops' THEN '<+>'
            ELSE '<=>' END
          FROM pg_index i JOIN pg_opclass o ON o.oid = i.indclass[0]
          WHERE i.indrelid = t.oid AND i.indkey[0] = a.attnum AND o.opcname LIKE y.typname || '%'
          ORDER BY i.indexrelid LIMIT 1), '<=>') AS operator
      FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid JOIN pg_namespace n ON n.oid = y.typnamespace
      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND y.typname IN ('vector', 'halfvec', 'sparsevec')
    LOOP
      -- in the order of exact distances, whatever of them is told
      distance := format('t.%I OPERATOR(%I.%s) $1', v.attname, v.nspname, v.operator);
      name_of_function := 'search_' || base || CASE WHEN v.columns > 1 THEN '_' || v.attname ELSE '' END;
      body := format('SELECT %s, %s FROM %s t ORDER BY %s LIMIT greatest(1, least($2, %s))', qualified,
        CASE scores
          WHEN 'Exact' THEN format('(%s)::float8', distance)
          WHEN 'Round' THEN format('(round((%s)::numeric / %s) * %s)::float8', distance, step, step)
          ELSE 'NULL::float8' END,
        t.name, distance, most);
      EXECUTE format('CREATE FUNCTION redoubt.%I(%I %I.%I, %I integer DEFAULT 10) RETURNS TABLE (%s, %I float8)'
        ' LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp%s AS %L',
        name_of_function, redoubt.free_name(t.oid, 'query'), v.nspname, v.typname, redoubt.free_name(t.oid, 'k'), described,
        redoubt.free_name(t.oid, 'distance'), iterates, body);
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO redoubt_owner, redoubt_query, redoubt_ingest', v.nspname);
      CALL redoubt.give(name_of_function);
    END LOOP;

    IF key_column IS NOT NULL THEN
      name_of_function := 'get_' || base;
      body := format('SELECT %s FROM %s t WHERE t.%I = ANY ($1) ORDER BY t.%I LIMIT %s', qualified, t.name, key_column,
        key_column, most);
      EXECUTE format('CREATE FUNCTION redoubt.%I(%I %s[]) RETURNS TABLE (%s)'
        ' LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
        name_of_function, redoubt.free_name(t.oid, 'ids'), key_type, described, body);
      CALL redoubt.give(name_of_function);
    END IF;
  END LOOP;
END
$procedure$;
REVOKE ALL ON PROCEDURE redoubt.protect FROM PUBLIC;

CREATE OR REPLACE PROCEDURE redoubt.give(function_name name)
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $procedure$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT p.oid::regprocedure AS signature FROM pg_proc p
    WHERE p.pronamespace = 'redoubt'::regnamespace AND p.proname = function_name
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO redoubt_owner', made.signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made.signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO redoubt_query', made.signature);
  END LOOP;
END
$procedure$;
REVOKE ALL ON PROCEDURE redoubt.give FROM PUBLIC;

