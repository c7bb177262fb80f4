#!/usr/bin/env bash
# Runs once, when the cluster is made: the role and the database that the product's own address names. The role owns its
# database and nothing else; the extension for vectors is made here, because only a superuser may.
set -euo pipefail
address=$(cat /run/secrets/database_url)
rest=${address#*://}
credentials=${rest%@*}
role=${credentials%%:*}
password=${credentials#*:}
database=${rest##*/}
database=${database%%\?*}

# The password by the environment: the command line is everybody's to read.
PASSWORD=$password psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --set=role="$role" --set=database="$database" <<'SQL'
\getenv password PASSWORD
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"role";
\connect :"database"
CREATE EXTENSION IF NOT EXISTS vector;
SQL
