#!/bin/sh
# Starts a Redis with the password that stands in its address, so that the two are one fact.
#   start.sh <file with redis://:password@host:port/0> [options of redis-server]
set -eu
address=$(cat "$1")
shift
password=${address#*://}
password=${password#*:}
password=${password%@*}
# Read from standard input: an option of the command line would show it to every process.
exec redis-server - "$@" <<CONFIGURATION
requirepass "$password"
CONFIGURATION
