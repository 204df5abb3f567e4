full_name=${JOB_NAME-}
name=${full_name##*/}
number=${BUILD_NUMBER-}
branch=${BRANCH_NAME:-${GIT_BRANCH-}}
branch=${branch#origin/}
commit=${GIT_COMMIT-}
repository=$(plain "${GIT_URL-}")
user=${BUILD_USER_ID-} # empty without the plugin that sets it
page=${BUILD_URL-}
case ${SEI_OUTCOME-} in
SUCCESS) result=SUCCESS ;;
UNSTABLE | FAILURE) result=FAILURE ;;
*) skip "${SEI_OUTCOME-}" ;;
esac
start=${SEI_STARTED-}
duration=${SEI_DURATION-}
