# Sourced by spark-jars and ui-jars (bash): libraries that the plain command does without.

# Puts what src/$1/pom.xml depends on into target/$1/jars, once. Prints nothing unless it has something to
# do; $2 is what it says it fetches.
fetch_jars() {
    local root pom jars log
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
    pom=$root/src/$1/pom.xml
    jars=$root/target/$1/jars
    log=$jars.log

    ! jars_are_there || return 0
    mkdir -p "$root/target/$1"
    exec 9>"$jars.lock"
    ! command -v flock >/dev/null || flock 9 # another launch may be at it
    ! jars_are_there || return 0
    echo "Fetching $2 (once) ..." >&2
    rm -rf "$jars" "$jars.new"
    # A folder that is there is whole
    if ! "$root/mvnw" -B -f "$pom" dependency:copy-dependencies -DincludeScope=runtime \
        -DoutputDirectory="$jars.new" >"$log" 2>&1; then
        sed -n '/\[INFO\]/d; p; /Failed to execute goal/q' "$log" >&2
        echo "$(basename "$0"): could not fetch $2; see above, and $log" >&2
        exit 1
    fi
    mv "$jars.new" "$jars"
    touch "$jars"
}

# Of fetch_jars, whose variables it sees.
jars_are_there() { [[ -d $jars && ! $pom -nt $jars ]]; }
