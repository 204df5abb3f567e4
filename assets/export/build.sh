fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# Skips a run that is neither a success nor a failure: SEI knows no other result.
skip() {
    printf 'Not sent: the result is "%s".\n' "$(printf '%s' "$1" | tr -cd 'A-Za-z_')"
    exit 0
}

# Escapes a text for a JSON string.
escape() {
    printf '%s\n' "$1" | LC_ALL=C awk '
        BEGIN {
            for (i = 1; i < 32; i++) sign[sprintf("%c", i)] = sprintf("%su%04x", "\\", i)
            sign["\""] = "\\\""
            sign["\\"] = "\\\\"
        }
        {
            if (NR > 1) printf "%s", "\\n"
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                printf "%s", (c in sign) ? sign[c] : c
            }
        }'
}

# Adds a member to the run: JSON, text, whole number, list of one text. Skips empty values.
json() { run="${run:+$run,}\"$1\":$2"; }
text() { [ -z "$2" ] || json "$1" "\"$(escape "$2")\""; }
whole() { case $2 in '' | *[!0-9]*) ;; *) json "$1" "$(printf '%s' "$2" | sed 's/^0*\([0-9]\)/\1/')" ;; esac; }
list() { [ -z "$2" ] || json "$1" "[\"$(escape "$2")\"]"; }

# Removes user and token from a clone URL.
plain() { printf '%s' "$1" | sed 's|^\([A-Za-z][A-Za-z0-9+.-]*://\)[^/?#]*@|\1|'; }

# Converts a time like 2026-01-05T10:00:00.5+01:00 to epoch milliseconds; prints nothing otherwise.
millis() {
    printf '%s\n' "$1" | awk '
        NR == 1 && /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]/ {
            year = substr($0, 1, 4) + 0; month = substr($0, 6, 2) + 0; day = substr($0, 9, 2) + 0
            seconds = substr($0, 12, 2) * 3600 + substr($0, 15, 2) * 60 + substr($0, 18, 2)
            rest = substr($0, 20)
            if (match(rest, /^\.[0-9]+/)) {
                part = substr(substr(rest, 2, RLENGTH - 1) "000", 1, 3)
                rest = substr(rest, RLENGTH + 1)
            }
            if (rest ~ /^ *[+-][0-9][0-9]:?[0-9][0-9]/) {
                sub(/^ */, "", rest)
                offset = substr(rest, 2, 2) * 3600 + substr(rest, index(rest, ":") ? 5 : 4, 2) * 60
                seconds += substr(rest, 1, 1) == "-" ? offset : -offset
            }
            if (month <= 2) { year--; month += 12 }
            days = 365 * year + int(year / 4) - int(year / 100) + int(year / 400) \
                + int((153 * (month - 3) + 2) / 5) + day - 719469
            printf "%.0f%03d\n", days * 86400 + seconds, part
        }'
}
