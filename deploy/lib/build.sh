# shellcheck shell=bash
# Whether something has to be built first, and building it so that a person sees how far it is. Meant to be sourced:
#
#   is_built CLASS_PATH_FILE FILE ...               whether a program that runs the whole gateway is there and not outdated
#   run_maven LOG -Pquick -pl MODULE -am package    all that Maven says is in LOG; returns Maven's status
#
# Whoever builds touches the class path afterwards: Maven leaves a file alone that would stay the same.
# Needs set -o pipefail.

run_maven() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    mvn -B "$@" 2>&1 | tee "$log" | show_progress
}

# Of what Maven says: the module, its tests, what our own tests print while they run, every error with the lines that
# follow a failed test, and the end. What is silent for two seconds is named, and then again every ten
# (QUIET_SECONDS, PROGRESS_SECONDS).
show_progress() {
    local quiet=${QUIET_SECONDS:-2} every=${PROGRESS_SECONDS:-10} line part='' status following=0
    local module='Maven itself' since=$SECONDS said=$SECONDS patience=${QUIET_SECONDS:-2}
    while true; do
        status=0
        IFS= read -r -t "$quiet" line || status=$?
        line=$part$line
        part=''
        if [ "$status" -gt 128 ]; then
            # Nothing in time; what there is of a line waits for the rest.
            part=$line
        elif [ "$status" -ne 0 ] && [ -z "$line" ]; then
            return 0
        elif show_line; then
            said=$SECONDS
            patience=$quiet
        fi
        if [ "$((SECONDS - said))" -ge "$patience" ]; then
            printf '    still at %s after %d s\n' "$module" "$((SECONDS - since))"
            said=$SECONDS
            patience=$every
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

# Whether what was built is there, whole, and not older than what it was built from: the class path, whatever it names, the
# other files given, the EAR and the server.
is_built() {
    local root class_path=$1 entry entries=()
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
    shift
    [ -f "$class_path" ] || return 1
    IFS=: read -r -a entries <"$class_path" || true
    for entry in "${entries[@]}" "$@" "$root/gateway-ear/ear-assembly/target/gateway.ear" \
        "$root/gateway-ear/local-stack/target/wildfly/jboss-modules.jar" \
        "$root/gateway-ear/local-stack/target/wildfly/modules/nl/ketenpoort/tls-listener/main/tls-listener.jar"; do
        [ -e "$entry" ] || return 1
    done
    [ -z "$(find "$root/pom.xml" "$root/message-schemas" "$root/gateway-ear/pom.xml" "$root"/gateway-ear/*/pom.xml \
        "$root"/gateway-ear/*/src/main "$root/deploy/wildfly/modules" \( -name target -o -name test \) -prune -o -type f -newer "$class_path" -print -quit)" ]
}
