#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Usage: html.sh YELP-BUILD FOLDER PAGE...: the manual for a browser.
set -eu
program=$1 folder=$2
shift 2
rm -rf "$folder"
mkdir -p "$folder"
"$program" html -o "$folder" "$@"
test -s "$folder/index.html"
