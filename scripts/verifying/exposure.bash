# What must not be reachable from outside.
# shellcheck shell=bash disable=SC2154

readonly internal=(/metrics /metrics/ /api/metrics //metrics /%6detrics /health/../metrics)
readonly sensitive=(/.env /.env.production /.git/config /.git/HEAD /.aws/credentials /.ssh/id_rsa /.DS_Store /backup.sql /dump.sql
  /production.env /secrets/auth_secret /package.json /pnpm-lock.yaml /server.js /.next/BUILD_ID /docker-compose.yml
  /id_rsa.key /etc/passwd /_next/static/../../server.js /api/uploads/../../../etc/passwd)

verify_exposure() {
  verify_hidden 'metrics are hidden' "${internal[@]}"
  verify_hidden 'files are hidden' "${sensitive[@]}"
  verify_foreign_origin
  verify_cross_site
}

# verify_hidden <name> <path>…: nothing that is found, and nothing that looks like the real thing.
verify_hidden() {
  local name=$1 path found=''
  shift
  for path in "$@"; do
    ask "$path" --path-as-is
    if [[ $status != 40[034] ]] || body_has '^# (HELP|TYPE) |BEGIN [A-Z ]*PRIVATE KEY|^root:|^\[core\]|^ref: refs'; then found+=" $path ($status)"; fi
  done
  verdict "$name" "${found:-all $# are refused}" equals "$found" ''
}

verify_foreign_origin() {
  local allowed
  ask /api/v1/documents --header 'Origin: https://elsewhere.example'
  allowed=$(grep '^access-control-' "$answer/headers" | tr '\n' ' ') || true
  ask /api/v1/documents --request OPTIONS --header 'Origin: https://elsewhere.example' --header 'Access-Control-Request-Method: POST'
  allowed+=$(grep '^access-control-' "$answer/headers" | tr '\n' ' ') || true
  verdict 'closed to other origins' "${allowed:-no access-control header}" equals "$allowed" ''
}

verify_cross_site() {
  ask /api/auth/sign-in/email --request POST --header 'Origin: https://elsewhere.example' --header 'Sec-Fetch-Site: cross-site' \
    --header 'Content-Type: application/json' --data '{"email":"nobody@example.com","password":"not a password"}'
  verdict 'cross-site POST' "answers $status" equals "$status" 403
}
