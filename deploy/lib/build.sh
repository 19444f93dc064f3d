# shellcheck shell=bash
# Runs Maven so that a person sees how far it is. Meant to be sourced:
#
#   run_maven LOG -Pquick -pl MODULE -am package    all that Maven says is in LOG; returns Maven's status
#
# Needs set -o pipefail.

run_maven() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    mvn -B "$@" 2>&1 | tee "$log" | show_progress
}

# Of what Maven says: the module, its tests, what our own tests print while they run, every error with the lines that
# follow a failed test, and the end. What is silent for ten seconds (PROGRESS_SECONDS) is named.
show_progress() {
    local every=${PROGRESS_SECONDS:-10} line part='' status following=0 module='Maven itself' since=$SECONDS said=$SECONDS
    while true; do
        status=0
        IFS= read -r -t "$every" line || status=$?
        line=$part$line
        part=''
        if [ "$status" -gt 128 ]; then
            # Nothing in time; what there is of a line waits for the rest.
            part=$line
        elif [ "$status" -ne 0 ] && [ -z "$line" ]; then
            return 0
        elif show_line; then
            said=$SECONDS
        fi
        if [ "$((SECONDS - said))" -ge "$every" ]; then
            printf '    still at %s after %d s\n' "$module" "$((SECONDS - since))"
            said=$SECONDS
        fi
    done
}

# Whether there was anything to show; stands on the variables of show_progress.
show_line() {
    case "$line" in
        *'<<< FAILURE!'* | *'<<< ERROR!'*)
            following=25
            printf '%s\n' "$line"
            return 0
            ;;
        '[INFO] Building '*'['*'/'*']')
            module=${line#\[INFO\] Building }
            module=${module%% *}
            since=$SECONDS
            printf '  %s  (after %d s)\n' "${line#\[INFO\] Building }" "$SECONDS"
            ;;
        '[INFO] --- dependency:'*'unpack'*) printf '    unpacking\n' ;;
        '['*'Tests run:'*' -- in '*) printf '    %s\n' "${line#*\] }" ;;
        # CrashIT: the seed of its moments, each power cut, and the count at the end.
        'Seed of '* | *' s, '*' receipts: '* | *' messages, '*' attempts without an answer, '*) printf '    %s\n' "$line" ;;
        '[ERROR]'* | '[INFO] BUILD'* | '[INFO] Total time'* | '[INFO] '*'FAILURE ['*) printf '%s\n' "$line" ;;
        '['*)
            following=0
            return 1
            ;;
        *)
            [ "$following" -gt 0 ] || return 1
            following=$((following - 1))
            printf '%s\n' "$line"
            return 0
            ;;
    esac
    following=0
}
