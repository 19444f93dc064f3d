# shellcheck shell=bash
# Runs nl.ketenpoort.operator.Commands from this checkout. Meant to be sourced, after jdk.sh, build.sh and find_jdk:
#
#   run_operator_command migrate --config FILE

. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

KETENPOORT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
OPERATOR_MODULE=gateway-ear/operator-commands
OPERATOR_CLASS_PATH=$KETENPOORT_ROOT/$OPERATOR_MODULE/target/commands.classpath

# Whether what was built is there, whole, and not older than what it was built from.
operator_commands_are_built() {
    [ -f "$OPERATOR_CLASS_PATH" ] || return 1
    [ -f "$KETENPOORT_ROOT/$OPERATOR_MODULE/target/classes/nl/ketenpoort/operator/Commands.class" ] || return 1
    local entry
    local entries=()
    IFS=: read -r -a entries <"$OPERATOR_CLASS_PATH" || true
    for entry in "${entries[@]}"; do
        [ -e "$entry" ] || return 1
    done
    [ -z "$(find "$KETENPOORT_ROOT/$OPERATOR_MODULE/pom.xml" "$KETENPOORT_ROOT/$OPERATOR_MODULE/src/main" \
        "$KETENPOORT_ROOT/gateway-ear/gateway-core/src/main" "$KETENPOORT_ROOT/message-schemas/code-lists" \
        "$KETENPOORT_ROOT/policies/agreements" -type f -newer "$OPERATOR_CLASS_PATH" -print -quit)" ]
}

build_operator_commands() {
    check_maven || return 1
    # Maven looks for JDKs in such variables too, should this one stand where no one else would look.
    local version
    version=$(jdk_version "$JDK_HOME")
    export "JAVA${version}_HOME=$JDK_HOME"
    echo "Building the operator commands (once) ..." >&2
    # Up to process-classes: a command needs classes, and testing them is the build's work.
    if ! (cd "$KETENPOORT_ROOT" && run_maven "$KETENPOORT_ROOT/target/commands-build.log" \
        -Pquick -pl "$OPERATOR_MODULE" -am process-classes >&2); then
        echo "The operator commands could not be built; all that Maven said: $KETENPOORT_ROOT/target/commands-build.log" >&2
        return 1
    fi
    # Maven leaves a file alone that would stay the same.
    touch "$OPERATOR_CLASS_PATH"
}

run_operator_command() {
    operator_commands_are_built || build_operator_commands || return 1
    "$JDK_HOME/bin/java" -cp "$KETENPOORT_ROOT/$OPERATOR_MODULE/target/classes:$(cat "$OPERATOR_CLASS_PATH")" \
        nl.ketenpoort.operator.Commands "$@"
}
