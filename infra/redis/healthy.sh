#!/bin/sh
# Whether the Redis of this container answers: healthy.sh <file with redis://:password@host:port/0>
set -eu
test "$(sh "${0%/*}/ask.sh" "$1" ping)" = PONG
