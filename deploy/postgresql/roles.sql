-- Roles and database of Ketenpoort, made once by a superuser before the first `deploy/partners migrate`:
--
--   psql -X -v ON_ERROR_STOP=1 -h HOST -U postgres -d postgres -f deploy/postgresql/roles.sql
--   psql -X -h HOST -U postgres -d postgres -c '\password ketenpoort_owner'
--   psql -X -h HOST -U postgres -d postgres -c '\password ketenpoort_server'
--
-- Passwords are not here: \password sends only their SCRAM verifier, so that no log or history holds them.
-- Running it again changes nothing that is right. PostgreSQL 17 or above (locale provider builtin).

\set ON_ERROR_STOP on

-- Owns the database and changes its shape: migrations, and deploy/partners. Never used by a running gateway.
-- The register of partners is to get a role of its own, which may write the register and add audit records and no more.
SELECT 'CREATE ROLE ketenpoort_owner LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ketenpoort_owner')
\gexec
-- The gateway: has what migration V0006 grants it, changes no shape, and only adds to the audit records.
SELECT 'CREATE ROLE ketenpoort_server LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ketenpoort_server')
\gexec
ALTER ROLE ketenpoort_owner NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE ketenpoort_server NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- A locale that PostgreSQL brings itself: an upgrade of the system cannot change the order of an index.
SELECT 'CREATE DATABASE ketenpoort OWNER ketenpoort_owner TEMPLATE template0 ENCODING ''UTF8'''
       ' LOCALE_PROVIDER builtin BUILTIN_LOCALE ''C.UTF-8'' LOCALE ''C'''
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'ketenpoort')
\gexec

-- Nobody connects or makes temporary tables who was not told so here.
REVOKE ALL ON DATABASE ketenpoort FROM PUBLIC;
GRANT CONNECT ON DATABASE ketenpoort TO ketenpoort_server;
ALTER ROLE ketenpoort_owner IN DATABASE ketenpoort SET search_path = ketenpoort;
ALTER ROLE ketenpoort_server IN DATABASE ketenpoort SET search_path = ketenpoort;

-- An accepted message is on disk before its receipt is sent. (fsync and full_page_writes, of the whole server, stay on too.)
ALTER DATABASE ketenpoort SET synchronous_commit = on;
ALTER DATABASE ketenpoort SET timezone = 'UTC';

-- No content in the log: the text of an error quotes the value that was wrong, and a statement holds what it writes.
ALTER DATABASE ketenpoort SET log_min_messages = log;
ALTER DATABASE ketenpoort SET log_min_error_statement = panic;
ALTER DATABASE ketenpoort SET log_error_verbosity = terse;
ALTER DATABASE ketenpoort SET log_statement = 'none';
ALTER DATABASE ketenpoort SET log_min_duration_statement = -1;
ALTER DATABASE ketenpoort SET log_parameter_max_length = 0;
ALTER DATABASE ketenpoort SET log_parameter_max_length_on_error = 0;

\connect ketenpoort
-- Everything is in schema ketenpoort, which the first migration makes.
DROP SCHEMA IF EXISTS public;
