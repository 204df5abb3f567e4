[ -n "${HARNESS_SEI_API_KEY-}" ] || fail 'HARNESS_SEI_API_KEY is not set. It has to hold the key.'

# Key and body reach curl through pipes: no process list shows the key, and the body may be of any length.
answer=$(
    printf '%s' "$body" | {
        printf 'Authorization: %s %s' "$scheme" "$HARNESS_SEI_API_KEY" | tr -d '\r\n' |
            curl --silent --show-error --globoff --connect-timeout 10 --max-time 60 \
                --header @- --header 'Content-Type: application/json' \
                --data-binary @/dev/fd/3 --write-out '%{http_code}' "$url"
    } 3<&0
) || fail 'No whole answer came: whether SEI has the run is not known.'

status=${answer#"${answer%???}"}
case $status in
2??) printf 'SEI has queued the run (HTTP %s).\n' "$status" ;;
*)
    # What a server says must not steer the terminal or the CI tool.
    printf '%s\n' "${answer%???}" | LC_ALL=C tr -d '\000-\010\013-\037\177' |
        sed -n -e 's/^/| /' -e 's/##/# #/g' -e '1,20p' >&2
    fail "SEI did not take the run (HTTP $status)."
    ;;
esac
