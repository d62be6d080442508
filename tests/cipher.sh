#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Where the system loads SQLCipher 3, or plain SQLite, in place of SQLCipher 4, the program says so
# in one sentence and touches nothing. Debian 12 itself carries SQLCipher 3: the real one is taken.
# Usage: cipher.sh WAARBORGCTL LIBWAARBORG
set -euo pipefail
export LC_ALL=C.UTF-8 LANGUAGE=en PATH=$PATH:/usr/sbin:/sbin

program=$(realpath "$1") library=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

fail() {
    echo "FAIL: $*"
    failed=1
}

skip() {
    echo "SKIPPED: $*"
    [ "$failed" = 0 ] && exit 77
    exit 1
}

# The name under which our library asks for SQLCipher.
soname=$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(libsqlcipher\.so[.0-9]*\)\]/\1/p')
[ -n "$soname" ] || { echo "FAIL: $library does not ask for libsqlcipher" && exit 1; }
echo "a passphrase for this test" >passphrase

run() { # run <folder of the other library, or empty> <words>
    local folder=$1
    shift
    status=0
    env ${folder:+"LD_LIBRARY_PATH=$folder"} ${bind:+LD_BIND_NOW=1} "$program" "$@" \
        --passphrase-file passphrase >out 2>err || status=$?
}

state() { # every file with its sum, size and time
    find sound.waarborg -printf '%p %s %T@ %m\n' | sort
    find sound.waarborg -type f -exec sha256sum {} + | sort
}

expect() { # expect <what was found> <command>: one sentence of ours, and 1
    local sentence="waarborgctl: Waarborg needs SQLCipher 4 but finds $1: install libsqlcipher of version 4.5 or later."
    [ "$status" = 1 ] || fail "$2 with $1 left with $status: $(cat err)"
    [ "$(cat err)" = "$sentence" ] || fail "$2 with $1 says: $(cat err)"
    [ ! -s out ] || fail "$2 with $1 prints: $(cat out)"
}

# refuse <folder> <what is found there>
refuse() {
    local before
    before=$(state)
    for bind in "" now; do
        run "$1" create fresh.waarborg --body Fictief --code NL-TEST --user anna --independent
        expect "$2" create
        [ ! -e fresh.waarborg ] || fail "create with $2 left something behind"
        for command in list verify; do
            run "$1" $command sound.waarborg
            expect "$2" $command
        done
    done
    bind=
    [ "$(state)" = "$before" ] || fail "the register is not as it was after $2"
    [ "$failed" = 1 ] || echo "refused: $2"
}

fetch() { # fetch <package> <folder>: unpacks what the system's own sources carry
    local options=()
    [ "$(id -u)" = 0 ] && options=(-o APT::Sandbox::User=root)
    mkdir -p "$2"
    (cd "$2" && timeout 120 apt-get -q "${options[@]}" download "$1" && dpkg-deb -x ./*.deb .) >apt.log 2>&1
}

bind=
run "" create sound.waarborg --body Fictief --code NL-TEST --user anna --independent
[ "$status" = 0 ] || { fail "no register could be made: $(cat err)" && exit 1; }

command -v apt-get >/dev/null || skip "no apt-get to take the other libraries from"

mkdir sqlite
plain=$(ldconfig -p | sed -n 's/.*libsqlite3\.so\.0 .*=> //p' | head -n 1)
if [ -z "$plain" ] && fetch libsqlite3-0 packages-sqlite; then
    plain=$(find "$work/packages-sqlite" -name 'libsqlite3.so.0' | head -n 1)
fi
[ -n "$plain" ] || skip "plain SQLite could not be taken: $(tail -n 1 apt.log)"
ln -s "$(realpath "$plain")" "sqlite/$soname"
refuse "$work/sqlite" SQLite

fetch libsqlcipher0 packages || skip "libsqlcipher0 (SQLCipher 3) could not be taken: $(tail -n 1 apt.log)"
version=$(dpkg-deb -f packages/*.deb Version)
case $version in
3.*) ;;
*) skip "libsqlcipher0 of this system is SQLCipher $version" ;;
esac
mkdir old
ln -s "$(realpath "$(find packages -name 'libsqlcipher.so.0' | head -n 1)")" "old/$soname"
refuse "$work/old" "${version%%-*}"

run "" verify sound.waarborg --depth deep
[ "$status" = 0 ] || fail "the register does not verify any more: $(cat out err)"
exit $failed
