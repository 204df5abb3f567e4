name=${SEI_WORKFLOW-}
full_name=${GITHUB_REPOSITORY-}/$name
number=${SEI_RUN_ID-}
branch=${SEI_BRANCH-}
commit=${SEI_COMMIT-}
repository=$(plain "${GITHUB_SERVER_URL-}/${GITHUB_REPOSITORY-}")
user=${SEI_ACTOR-}
page=${SEI_PAGE-}
case ${SEI_CONCLUSION-} in
success) result=SUCCESS ;;
failure | timed_out | startup_failure) result=FAILURE ;;
*) skip "${SEI_CONCLUSION-}" ;;
esac
start=$(millis "${SEI_STARTED-}")
end=$(millis "${SEI_ENDED-}")
if [ -z "$start" ] || [ -z "$end" ]; then fail 'GitHub gave no readable times.'; fi
duration=$((end - start))
