# Sourced by ./mvnw, ./cnn and scripts (POSIX sh): what this machine has, and what it lacks.
# The launcher runs this each time, so it starts as few processes as it can.
# Functions say what is wrong in one line on stderr, begun with $0's name, and exit with 1.

platform_die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Sets native_platform and native_extension: the classifier of nd4j-native that suits the CPU.
# CNN_NATIVE_PLATFORM and CNN_NATIVE_EXTENSION win (the latter may be empty: no oneDNN).
platform_native() {
    native_platform=
    native_extension=
    platform_machine=$(uname -sm)
    case $platform_machine in
        "Linux x86_64")
            native_platform=linux-x86_64
            platform_flags=
            while read -r platform_key platform_value; do
                if [ "$platform_key" = flags ]; then
                    platform_flags=" $platform_value "
                    break
                fi
            done </proc/cpuinfo
            if platform_cpu_has avx512f avx512bw avx512cd avx512dq avx512vl; then
                native_extension=-onednn-avx512
            elif platform_cpu_has avx2 fma; then
                native_extension=-onednn-avx2
            else
                native_extension=-onednn
            fi
            ;;
        "Linux aarch64" | "Linux arm64") native_platform=linux-arm64 ;;
        "Darwin x86_64")
            native_platform=macosx-x86_64
            if [ "$(sysctl -n hw.optional.avx2_0 2>/dev/null)" = 1 ]; then
                native_extension=-onednn-avx2
            fi
            ;;
        "Darwin arm64") native_platform=macosx-arm64 ;;
    esac
    native_platform=${CNN_NATIVE_PLATFORM:-$native_platform}
    native_extension=${CNN_NATIVE_EXTENSION-$native_extension}
    [ -n "$native_platform" ] ||
        platform_die "no ND4J native library is known for $platform_machine;" \
            "name one with CNN_NATIVE_PLATFORM and CNN_NATIVE_EXTENSION"
}

platform_cpu_has() {
    for platform_flag; do
        case $platform_flags in *" $platform_flag "*) ;; *) return 1 ;; esac
    done
}

# Sets JAVA_HOME to a JDK 17 or newer: the JAVA_HOME given, or else the one on PATH, or else one in
# the usual places, or else Debian's, installed where we may.
platform_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        platform_is_jdk "$JAVA_HOME" ||
            platform_die "JAVA_HOME=$JAVA_HOME is not a JDK 17 or newer; set it to one, or unset it"
    elif ! platform_find_jdk; then
        platform_install openjdk-17-jdk-headless default-jdk-headless ||
            platform_die "needs a JDK 17 or newer; install one" \
                "(Debian: apt-get install default-jdk-headless) or set JAVA_HOME to it"
        platform_find_jdk || platform_die "no JDK 17 or newer, even after installing Debian's"
    fi
    export JAVA_HOME
}

platform_find_jdk() {
    platform_javac=$(command -v javac) || platform_javac=
    # On macOS /usr/bin/javac is a stub; java_home knows the real ones, but not those beside the system.
    if [ -x /usr/libexec/java_home ]; then
        JAVA_HOME=$(/usr/libexec/java_home -v 17+ 2>/dev/null) && platform_is_jdk "$JAVA_HOME" && return
        [ "$platform_javac" != /usr/bin/javac ] || platform_javac=
    fi
    if [ -n "$platform_javac" ]; then
        platform_javac=$(readlink -f "$platform_javac")
        JAVA_HOME=${platform_javac%/bin/javac}
        platform_is_jdk "$JAVA_HOME" && return
    fi
    for JAVA_HOME in /usr/lib/jvm/*17* /usr/lib/jvm/default-java /usr/lib/jvm/*; do
        platform_is_jdk "$JAVA_HOME" && return
    done
    # What asdf and its like have on PATH is a script; the JVM behind it knows where it is.
    if [ -n "$platform_javac" ]; then
        JAVA_HOME=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
        platform_is_jdk "$JAVA_HOME" && return
    fi
    unset JAVA_HOME
    return 1
}

# Whether $1 is a JDK 17 or newer; its version is then in java_version. Reads the `release` file that
# every JDK has, since starting javac to ask it would double the launcher's own time.
platform_is_jdk() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    java_version=
    if [ -r "$1/release" ]; then
        while IFS='=' read -r platform_key platform_value; do
            if [ "$platform_key" = JAVA_VERSION ]; then
                platform_value=${platform_value#\"}
                java_version=${platform_value%%\"*}
                break
            fi
        done <"$1/release"
    fi
    [ -n "$java_version" ] ||
        java_version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]\)/\1/p')
    platform_major=${java_version%%[!0-9]*}
    [ "${platform_major:-0}" -ge 17 ]
}

# After platform_jdk. Spark 3.5 calls a method that JDK 23 no longer has.
platform_spark_jdk() {
    [ "${platform_major:-0}" -le 22 ] ||
        platform_die "Spark needs a JDK of 17 to 22, not $java_version; set JAVA_HOME to one"
}

# Sets maven to a Maven 3.6.3 or newer; Debian's is installed where we may.
platform_maven() {
    if ! platform_find_maven; then
        platform_install maven ||
            platform_die "needs Maven 3.6.3 or newer; install it (Debian: apt-get install maven)"
        platform_find_maven || platform_die "no Maven 3.6.3 or newer, even after installing Debian's"
    fi
}

platform_find_maven() {
    for maven in "$(command -v mvn)" /usr/bin/mvn; do
        [ -x "$maven" ] || continue
        # Its version from the name of its jar: starting Maven to ask takes a second.
        platform_jar=$(readlink -f "$maven") || platform_jar=$maven
        for platform_jar in "${platform_jar%/bin/mvn}"/lib/maven-core-*.jar; do
            platform_version=${platform_jar##*/maven-core-}
            case $platform_version in
                # Old ones; and where the name tells nothing, the build's own check will.
                [12].* | 3.[0-5].* | 3.6.[0-2][!0-9]*) ;;
                *) return 0 ;;
            esac
        done
    done
    return 1
}

# Sets python to one with PyTorch, torchvision and NumPy: $PYTHON, or else python3; Debian's is installed
# where we may.
platform_torchvision() {
    if ! platform_find_torchvision; then
        { platform_install python3-torchvision && platform_find_torchvision; } ||
            platform_die "needs PyTorch and torchvision (Debian: apt-get install python3-torchvision)"
    fi
}

platform_find_torchvision() {
    for python in "${PYTHON:-python3}" /usr/bin/python3; do
        "$python" -c 'import torch, torchvision, numpy' 2>/dev/null && return
    done
    return 1
}

# Installs the first of the Debian packages $@ that exists, if this is a Debian-like system and we are
# root or may become it without a password. Fails quietly where that can't be.
platform_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        platform_root=
    elif sudo -n true 2>/dev/null; then
        platform_root=sudo
    else
        return 1
    fi
    echo "$(basename "$0"): installing Debian's $1 (once) ..." >&2
    $platform_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || return 1
    for platform_package; do
        if apt-cache policy "$platform_package" | grep -q 'Candidate: [0-9]'; then
            $platform_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
                --no-install-recommends "$platform_package" >&2 </dev/null
            return
        fi
    done
    return 1
}

# After platform_native. In the C locale, usual in containers and cron jobs, Java can't open a file whose name is not ASCII.
platform_locale() {
    [ "${platform_machine%% *}" = Linux ] || return 0
    platform_letter=é
    [ "${#platform_letter}" != 1 ] || return 0 # bash counts letters, if it knows them
    # Also where a locale is named that isn't installed, as ssh does it
    case $(locale charmap 2>/dev/null) in
        "" | ANSI_X3.4-1968) export LC_ALL=C.UTF-8 ;;
    esac
}
