set -eu
{ set +x; } 2>/dev/null

url=@URL@
scheme=@SCHEME@

@BUILD@

# Values of the run from the CI tool.
@VALUES@

# The run, one line for each member: change, add or remove lines.
run=
@MEMBERS@

body=@BODY@

@SEND@
