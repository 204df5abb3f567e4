#!/bin/sh
# Sends one run to Harness SEI, byte for byte as composed. Needs curl and a shell with a built-in
# printf, such as bash, dash or busybox.
# Key: in the variable HARNESS_SEI_API_KEY. This file holds no key, and nothing prints the key.
# GUID: in the body, as instance_guid. SEI drops runs whose GUID belongs to no instance.
set -eu
{ set +x; } 2>/dev/null

url=@URL@
scheme=@SCHEME@
body=@BODY@

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

@SEND@
