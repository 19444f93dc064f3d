# shellcheck shell=bash
# Whether this machine has what is needed, and if not, what to do. Meant to be sourced, after jdk.sh and find_jdk.

# Maven itself may run on another Java than the one found: 17 is enough.
check_maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        echo "Maven is not on the PATH. Install 3.8.6 or above (Debian: apt-get install maven)." >&2
        return 1
    fi
    local java=java java_version
    [ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
    java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1) || true
    if [ -z "$java_version" ] || [ "$java_version" -lt 17 ]; then
        export JAVA_HOME=$JDK_HOME
    fi
}

# The databases of demo and tests are binaries for one platform.
check_platform() {
    if [ "$(uname -s) $(uname -m)" != 'Linux x86_64' ]; then
        echo "The local PostgreSQL of demo and tests runs on Linux x86-64, and this is $(uname -s) $(uname -m)." >&2
        return 1
    fi
}

# Each as command:package-of-Debian. Root on Debian gets what is missing; anyone else hears its name.
check_programs() {
    local wanted missing=() installer=()
    for wanted in "$@"; do
        command -v "${wanted%%:*}" >/dev/null 2>&1 || missing+=("${wanted#*:}")
    done
    [ "${#missing[@]}" -eq 0 ] && return 0
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing ${missing[*]} ..." >&2
        installer=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
        if "${installer[@]}" >&2 || { apt-get update >&2 && "${installer[@]}" >&2; }; then
            return 0
        fi
    fi
    echo "Missing on this machine. Install these packages (names as in Debian) and try again: ${missing[*]}" >&2
    return 1
}

# PostgreSQL refuses root; under root the local one runs in a user namespace of its own.
check_user_namespace() {
    if [ "$(id -u)" -eq 0 ] && ! unshare -U true 2>/dev/null; then
        echo "As root, PostgreSQL needs a user namespace, and this machine does not give one. Run this as another user." >&2
        return 1
    fi
}

# Nothing needs it yet: the styles of the web workplace will.
check_node() {
    if ! command -v node >/dev/null 2>&1; then
        echo "Node.js is not on the PATH. Nothing needs it yet; the web workplace will (Debian: apt-get install nodejs)." >&2
    fi
}
