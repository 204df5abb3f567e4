[ -n "${HARNESS_SEI_API_KEY-}" ] || fail 'HARNESS_SEI_API_KEY is not set. Set it to the API key.'

# curl reads key and body from pipes: no process list shows the key, and any body length works.
reply=$(
    printf '%s' "$body" | {
        printf 'Authorization: %s %s' "$scheme" "$HARNESS_SEI_API_KEY" | tr -d '\r\n' |
            curl --silent --show-error --globoff --connect-timeout 10 --max-time 60 \
                --header @- --header 'Content-Type: application/json' \
                --data-binary @/dev/fd/3 --write-out '%{http_code}' "$url"
    } 3<&0
) || fail 'No complete reply: SEI may or may not have the run.'

status=${reply#"${reply%???}"}
case $status in
2??) printf 'SEI has queued the run (HTTP %s).\n' "$status" ;;
*)
    # Text of a server must not control the terminal or the CI tool.
    printf '%s\n' "${reply%???}" | LC_ALL=C tr -d '\000-\010\013-\037\177' |
        sed -n -e 's/^/| /' -e 's/##/# #/g' -e '1,20p' >&2
    fail "SEI did not accept the run (HTTP $status)."
    ;;
esac
