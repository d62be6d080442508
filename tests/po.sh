#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every text has its Dutch, and po/POTFILES names every file that has texts.
# Usage: po.sh SOURCE WAARBORGCTL XGETTEXT-OPTION...
set -eu
export LC_ALL=C.UTF-8 LANGUAGE=en

source=$1 program=$(realpath "$2")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "FAIL: $*"
    failed=1
}

cd "$source"
xgettext "$@" --files-from=po/POTFILES --output="$work/all.pot"

sort po/POTFILES >"$work/listed"
[ -z "$(uniq -d "$work/listed")" ] || fail "po/POTFILES names a file twice: $(uniq -d "$work/listed")"
find app core ui resources/desktop -name '*.[ch]' -o -name '*.ui' -o -name '*.desktop.in' \
    -o -name '*.metainfo.xml.in' | sort | comm -23 - "$work/listed" >"$work/others"
xgettext "$@" --files-from="$work/others" --output="$work/others.pot"
if [ -s "$work/others.pot" ]; then
    fail "po/POTFILES misses files that have texts:"
    sed -n 's/^#: //p' "$work/others.pot" | tr ' ' '\n' | sed 's/:.*//' | sort -u
fi

# A text that ends in the middle of a placeholder was cut off at a macro: write %llu or %zu.
if msgcat --no-wrap "$work/all.pot" | grep -n '^msgid.*%"$'; then
    fail "texts are cut off at a macro"
fi

msgmerge --quiet --no-fuzzy-matching --output-file="$work/nl.po" po/nl.po "$work/all.pot"
for what in untranslated only-fuzzy; do
    msgattrib --no-obsolete --no-wrap --$what "$work/nl.po" >"$work/$what"
    if [ -s "$work/$what" ]; then
        fail "po/nl.po has $what texts; run ./dev po and translate:"
        sed -n '/^#: /,$p' "$work/$what"
    fi
done
msgfmt --check --output-file=/dev/null "$work/nl.po" || fail "po/nl.po has faults"

# One word for one thing: the body that keeps a register is "het orgaan", as in the model's labels.
if grep -n -i 'instantie' po/nl.po resources/man/nl/*.1 resources/report/words.tsv; then
    fail "say orgaan for body"
fi

# The texts are found and bound, too.
first=$(env LANGUAGE=nl "$program" help | head -n 1)
case $first in
"Gebruik: waarborgctl"*) ;;
*) fail "waarborgctl help in Dutch begins with: $first" ;;
esac

# Also by the name of a locale that this system may not have: never half of a screen in English.
first=$(env -u LC_ALL -u LANGUAGE LANG=nl_NL.UTF-8 "$program" help | head -n 1)
case $first in
"Gebruik: waarborgctl"*) ;;
*) fail "waarborgctl help under LANG=nl_NL.UTF-8 begins with: $first" ;;
esac

msgfmt --statistics --output-file=/dev/null "$work/nl.po"
exit $failed
