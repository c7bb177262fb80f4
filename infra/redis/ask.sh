#!/bin/sh
# Asks the Redis of this container: ask.sh <file with redis://:password@host:port/0> <command …>
set -eu
address=$(cat "$1")
shift
password=${address#*://}
password=${password#*:}
REDISCLI_AUTH=${password%@*}
export REDISCLI_AUTH
exec redis-cli "$@"
