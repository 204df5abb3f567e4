name=${CI_PIPELINE_NAME:-${CI_PROJECT_NAME-}}
full_name=${CI_PROJECT_PATH-}
number=${CI_PIPELINE_IID-}
branch=${CI_COMMIT_BRANCH:-${CI_MERGE_REQUEST_SOURCE_BRANCH_NAME:-${CI_COMMIT_REF_NAME-}}}
commit=${CI_COMMIT_SHA-}
repository=$(plain "${CI_PROJECT_URL-}")
user=${GITLAB_USER_LOGIN-}
page=${CI_PIPELINE_URL-}
case ${SEI_OUTCOME-} in
success) result=SUCCESS ;;
failure) result=FAILURE ;;
*) skip "${SEI_OUTCOME-}" ;;
esac
start=$(millis "${CI_PIPELINE_CREATED_AT-}")
[ -n "$start" ] || fail 'CI_PIPELINE_CREATED_AT holds no readable time.'
duration=$(($(date +%s) * 1000 - start))
