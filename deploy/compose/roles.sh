#!/bin/sh
# Runs once, when the database is made: two roles, of which the application's cannot change the past.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
  --set owner="$(cat /run/secrets/database_owner)" --set app="$(cat /run/secrets/database_app)" <<'SQL'
CREATE ROLE haetae_owner LOGIN PASSWORD :'owner';
CREATE ROLE haetae_app LOGIN PASSWORD :'app';
CREATE DATABASE haetae OWNER haetae_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
