# Approximations in jq of the functions that sei-compose adds.
def _words: {
  SUCCESS: "success succeeded successful passed neutral fixed ok okay pass green complete completed done finished good healthy deployed",
  UNSTABLE: "unstable partiallysucceeded succeededwithissues warning partial yellow partialsuccess completedwitherrors ignorefailed",
  FAILURE: "failure failed error timedout timeout startupfailure infrastructurefail terminatedunknown unauthorized rejected fail red bad err ko crash crashed fault broke unsuccessful errored approvalrejected internalerror",
  ABORTED: "aborted cancelled canceled killed stopped abandoned stale expired declined abort cancel interrupted terminated superseded removed discarded deleted",
  NOT_BUILT: "skipped notbuilt notrun notexecuted none broken skip ignored omitted disabled",
  OPEN: "running inprogress failing canceling cancelling building started timingout active executing processing ongoing working deploying new init queued pending created waiting waitingforresource waitingforcallback preparing scheduled requested actionrequired manual blocked waitingondependencies onhold notstarted notrunning ready postponed paused pausedpendinginput halted assigned accepted limited limiting platformlimited platformlimiting reserved"};
def _word: if type == "boolean" then (if . then "SUCCESS" else "FAILURE" end) else
  . as $own | (ascii_downcase | gsub("[^a-z0-9]"; "")) as $w
  | ([_words | to_entries[] | select(.value | split(" ") | any(.[]; . == $w)) | .key] | first) // ("UNKNOWN:" + $own) end;
def result: if . == null or . == "" then empty elif (type == "string" or type == "boolean") then _word | select(. != "OPEN") else error("not a result word") end;
def result(words): . as $word | if type == "array" or type == "object" then . else words[tostring] // $word end | result;
def _epoch: if . <= 0 then null elif . < 100000000000 then . * 1000 elif . < 100000000000000 then . elif . < 100000000000000000 then . / 1000 else . / 1000000 end | if . == null then . else (. + 0.5 | floor) end;
def _iso: sub("^ +"; "") | sub(" +$"; "") | . as $text
  | (capture("^(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?<t>[0-9]{2}:[0-9]{2}:[0-9]{2})(?<f>\\.[0-9]+)?(?<z> ?UTC|Z|[+-][0-9]{2}:?[0-9]{2})?$") // error("not an instant: \($text)"))
  | (("\(.d)T\(.t)Z" | fromdateiso8601) * 1000) as $whole
  | (((.f // ".0")[1:] + "000")[0:3] | tonumber) as $millis
  | ((.z // "Z") | if test("[+-]") then (capture("(?<s>[+-])(?<h>[0-9]{2}):?(?<m>[0-9]{2})") | ((.h | tonumber) * 60 + (.m | tonumber)) * (if .s == "-" then -1 else 1 end)) else 0 end) as $offset
  | ($whole + $millis - $offset * 60000) | if . <= 0 then null else . end;
def time: if . == null then null elif type == "number" then _epoch elif type == "string" then (if test("^\\s*$") then null elif test("^\\s*-?[0-9]+(\\.[0-9]+)?\\s*$") then (tonumber | _epoch) else _iso end) else error("not an instant") end;
def seconds: if . == null or . == "" then null else (tonumber * 1000 + 0.5 | floor) end;
def minutes: if . == null or . == "" then null else (tonumber * 60000 + 0.5 | floor) end;
def between(a; b): (a | time) as $a | (b | time) as $b | if $a == null or $b == null then null else $b - $a end;
def slug: if . == null then null else tostring | ascii_downcase | gsub("[^a-z0-9]+"; "-") | sub("^-"; "") | sub("-$"; "") end;
