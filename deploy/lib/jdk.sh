# shellcheck shell=bash
# Finds a JDK of 21 or above. Meant to be sourced:
#
#   . "$(dirname "${BASH_SOURCE[0]}")/lib/jdk.sh"
#   find_jdk || exit 1
#   "$JDK_HOME/bin/java" ...
#
# JAVA_HOME stays as it is: Maven may run on another one.

# Feature version of the JDK in a directory; nothing if there is none.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    local version=''
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release")
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)
    fi
    [ -n "$version" ] && printf '%s\n' "$version"
}

# Sets JDK_HOME, and says on standard error which one it took. Takes JAVA_HOME if that will do, then the java on the PATH,
# then the newest one installed.
find_jdk() {
    local wanted=21 candidate version newest=0 found=''
    local known=()
    [ -n "${JAVA_HOME:-}" ] && known+=("$JAVA_HOME")
    if command -v java >/dev/null 2>&1; then
        # Asked and not followed: links differ between systems, and macOS has a stub that is no JDK.
        candidate=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1)
        [ -n "$candidate" ] && known+=("$candidate")
    fi
    for candidate in ${known[@]+"${known[@]}"}; do
        version=$(jdk_version "$candidate") || continue
        if [ "$version" -ge "$wanted" ]; then
            found=$candidate
            newest=$version
            break
        fi
    done
    if [ -z "$found" ]; then
        known=(/usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/*)
        if [ -x /usr/libexec/java_home ]; then
            candidate=$(/usr/libexec/java_home -v "$wanted+" 2>/dev/null) && known+=("$candidate")
        fi
        for candidate in "${known[@]}"; do
            version=$(jdk_version "$candidate") || continue
            if [ "$version" -ge "$wanted" ] && [ "$version" -gt "$newest" ]; then
                found=$candidate
                newest=$version
            fi
        done
    fi
    if [ -z "$found" ]; then
        echo "No JDK $wanted or above was found in JAVA_HOME, on the PATH or in /usr/lib/jvm." >&2
        echo "Install one (for instance Eclipse Temurin 25) and set JAVA_HOME to it, or put its bin first on the PATH." >&2
        return 1
    fi
    JDK_HOME=$found
    export JDK_HOME
    echo "JDK $newest in $JDK_HOME" >&2
}
