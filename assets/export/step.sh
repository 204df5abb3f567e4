set -eu
{ set +x; } 2>/dev/null

url=@URL@
scheme=@SCHEME@

@BUILD@

# What the CI tool knows of the run.
@VALUES@

# The run, a line for each member: change, add or remove what you like.
run=
@MEMBERS@

body=@BODY@

@SEND@
