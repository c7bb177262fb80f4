# What people and crawlers see.
# shellcheck shell=bash disable=SC2154

verify_pages() {
  ask /
  verdict 'first page' "$status, $(header content-type)" is_page 200
  ask /sign-in
  verdict 'sign-in page' "$status, $(header content-type)" is_page 200
  ask /no-such-page
  verdict 'page for what is not there' "$status, $(header content-type)" is_page 404
  ask /robots.txt
  verdict robots "$status, $(head -c 60 "$answer/body" | tr '\n' ' ')" is_robots
}

is_page() { [[ $status == "$1" && "$(header content-type)" == text/html* ]] && body_has '<title>'; }
is_robots() { [[ $status == 200 && "$(header content-type)" == text/plain* ]] && body_has '^[Uu]ser-[Aa]gent:'; }
