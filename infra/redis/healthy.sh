#!/bin/sh
# Whether the Redis of this container answers: healthy.sh <file with redis://:password@host:port/0>
set -eu
address=$(cat "$1")
password=${address#*://}
password=${password#*:}
REDISCLI_AUTH=${password%@*}
export REDISCLI_AUTH
test "$(redis-cli ping)" = PONG
