# Azure leaves the reference unchanged where the variable does not exist.
case ${HARNESS_SEI_API_KEY-} in '$('*) HARNESS_SEI_API_KEY= ;; esac

name=${BUILD_DEFINITIONNAME-}
full_name=${SYSTEM_TEAMPROJECT-}/$name
number=${BUILD_BUILDID-}
branch=${BUILD_SOURCEBRANCH-}
branch=${branch#refs/heads/}
commit=${BUILD_SOURCEVERSION-}
repository=$(plain "${BUILD_REPOSITORY_URI-}")
user=${BUILD_REQUESTEDFOREMAIL:-${BUILD_REQUESTEDFOR-}}
page="${SYSTEM_COLLECTIONURI-}${SYSTEM_TEAMPROJECT-}/_build/results?buildId=$number"
page=$(printf '%s' "$page" | sed 's/ /%20/g')
case ${AGENT_JOBSTATUS-} in
Succeeded | SucceededWithIssues) result=SUCCESS ;;
Failed) result=FAILURE ;;
*) skip "${AGENT_JOBSTATUS-}" ;;
esac
start=$(millis "${SYSTEM_PIPELINESTARTTIME-}")
[ -n "$start" ] || fail 'SYSTEM_PIPELINESTARTTIME holds no readable time.'
duration=$(($(date +%s) * 1000 - start))
