#!/usr/bin/env bash
# Pictures of every page in build/screenshots/: Dutch and English, light and dark, wide and narrow, large
# text, from the demo register (made first where it is not there) and one without cases.
# screenshots.sh [VARIANT], such as nl-light-1366 or dark: only those.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
[ -d build/demo/demo.waarborg ] || env -u DISPLAY -u WAYLAND_DISPLAY tests/demo.sh
mkdir -p build/screenshots
[ -d build/demo/empty.waarborg ] || build/app/waarborgctl create build/demo/empty.waarborg --body "Inspectie (fictief)" \
    --code NL-LEEG --user anna --independent --passphrase-file build/demo/passphrase.txt
export WAARBORG_SOURCE=$root WAARBORG_BUILD=$root/build GSETTINGS_BACKEND=memory GDK_BACKEND=x11 \
    GSK_RENDERER=cairo GTK_A11Y=none GTK_USE_PORTAL=0 LC_ALL=C.UTF-8
for language in nl en; do
    LANGUAGE=$language xvfb-run -a -s "-screen 0 1600x1000x24" dbus-run-session -- \
        build/tests/ui/screenshots build/screenshots build/demo/demo.waarborg build/demo/empty.waarborg anna \
        build/demo/passphrase.txt "${1:-}"
done
ls build/screenshots
