#!/bin/sh
# Reports one run to Harness SEI, byte for byte as it was composed. It needs curl, and a shell whose
# printf is built in, as in bash, dash and busybox.
# Key: in the variable HARNESS_SEI_API_KEY. It is not in this file, and nothing prints it.
# GUID: in the body, as instance_guid; SEI drops runs whose GUID belongs to no instance.
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
