# The address of the database, as libpq wants it: in the environment, because a command line is seen by every process.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

decode() { printf '%b' "${1//%/\\x}"; }

# postgresql://user:password@host:port/database?sslmode=…; parameters of the application's own driver are left out.
read_address() {
  local rest=${1#*://} authority parameter
  authority=${rest%%[/?]*}
  rest=${rest#"$authority"}
  local credentials='' place=$authority
  if [[ $authority == *@* ]]; then credentials=${authority%@*} place=${authority##*@}; fi
  PGUSER=$(decode "${credentials%%:*}")
  PGPASSWORD=''
  [[ $credentials != *:* ]] || PGPASSWORD=$(decode "${credentials#*:}")
  PGPORT=5432
  if [[ $place =~ ^(.*):([0-9]+)$ ]]; then place=${BASH_REMATCH[1]} PGPORT=${BASH_REMATCH[2]}; fi
  place=${place#[}
  PGHOST=${place%]}
  PGDATABASE=${rest#/}
  PGDATABASE=$(decode "${PGDATABASE%%\?*}")
  if [[ $rest == *\?* ]]; then
    local -a parameters
    IFS='&' read -ra parameters <<<"${rest#*\?}"
    for parameter in "${parameters[@]}"; do
      case $parameter in
        sslmode=*) export PGSSLMODE=${parameter#*=} ;;
        sslrootcert=*) PGSSLROOTCERT=$(decode "${parameter#*=}") && export PGSSLROOTCERT ;;
      esac
    done
  fi
  export PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE PGCONNECT_TIMEOUT=15
  [[ -n $PGUSER && -n $PGHOST && -n $PGDATABASE ]] || fail 'the address of the database is not of the form postgresql://user:password@host:5432/database.'
}

# The role of the product; DATABASE overrides the database of its address.
connect() {
  local file=${DATABASE_URL_FILE:-/run/secrets/database_url}
  [[ -s $file ]] || fail "$file is missing or empty: the address of the database."
  read_address "$(<"$file")"
  PGDATABASE=${DATABASE:-$PGDATABASE}
  own_role=$PGUSER own_database=$PGDATABASE
  sql 'SELECT 1' >/dev/null || fail "PostgreSQL at $PGHOST:$PGPORT does not let $PGUSER into $PGDATABASE (the line above says why)."
}

# A role that may create and rename databases: of secrets/database_admin_url, or the superuser of a PostgreSQL on this box.
connect_as_admin() {
  connect
  if [[ -s /run/secrets/database_admin_url ]]; then
    read_address "$(</run/secrets/database_admin_url)"
  elif [[ -s /run/secrets/postgres_password ]]; then
    PGUSER=postgres PGPASSWORD=$(</run/secrets/postgres_password)
  fi
  # The database that is renamed must not be the one that we are connected to.
  PGDATABASE=postgres
  [[ $(sql "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user") == t ]] ||
    fail "$PGUSER may not create databases. Put the address of a role that may into secrets/database_admin_url."
}

# No statement of ours is cut short by limits that the server sets for the product.
limits='SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET idle_session_timeout = 0;'

sql() { psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --command "$1"; }

quoted_literal() { printf "'%s'" "${1//\'/\'\'}"; }
quoted_name() { printf '"%s"' "${1//\"/\"\"}"; }
