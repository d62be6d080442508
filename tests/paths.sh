#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What is installed tells nothing of the machine that built it. Notes for the debugger, which do,
# are taken off first, as a package takes them off.
# Usage: paths.sh SOURCE BUILD PROGRAM-OR-LIBRARY...
set -eu
export LC_ALL=C.UTF-8

source=$1 build=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

for file; do
    objcopy --strip-debug "$file" "$work/stripped"
    [ "$(strings -a "$work/stripped" | wc -l)" -gt 100 ] || { echo "FAIL: nothing was read from $file" && failed=1; }
    strings -a "$work/stripped" >"$work/strings"
    for path in "$source" "$build"; do
        if grep -nF -- "$path" "$work/strings"; then
            echo "FAIL: $file holds the path $path"
            failed=1
        fi
    done
done
exit $failed
