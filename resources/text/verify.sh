#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Checks the case bundle @REFERENCE@ with common tools only: ssh-keygen, sha256sum (or shasum),
# awk, od and openssl 3. Run it in the folder in which it lies:
#
#     sh verify.sh --fingerprint SHA256:...
#
# The fingerprint is the one that the sender gave you on paper. One line is printed for each check.
# Exit status: 0 everything holds, 1 something does not or could not be checked.

set -u
LC_ALL=C
export LC_ALL

PRINCIPAL='@PRINCIPAL@'
NAMESPACE='case-bundle@waarborg'
TAGS=tagmanifest-sha256.txt
PAYLOAD="manifest-sha256.txt"

failed=0
expected=

usage() {
  echo "usage: sh verify.sh [--fingerprint SHA256:...]" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
  --fingerprint)
    [ $# -ge 2 ] || usage
    expected=$2
    shift 2
    ;;
  *) usage ;;
  esac
done

good() {
  echo "OK    $1"
}

bad() {
  echo "WRONG $1"
  failed=1
}

finish() {
  if [ "$failed" -eq 0 ]; then
    echo "RESULT: everything holds."
  else
    echo "RESULT: NOT in order; see the lines that begin with WRONG."
  fi
  exit "$failed"
}

cd "$(dirname "$0")" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

for tool in ssh-keygen awk od openssl cmp; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    bad "the program $tool is needed and is not here"
    finish
  fi
done
if command -v sha256sum >/dev/null 2>&1; then
  sum_of() {
    answer=$(sha256sum <"$1")
    echo "${answer%% *}"
  }
else
  sum_of() {
    answer=$(shasum -a 256 <"$1")
    echo "${answer%% *}"
  }
fi

# Hexadecimal digits on standard input to bytes on standard output.
to_bytes() {
  # shellcheck disable=SC2059
  printf "$(awk '{
    hex = "0123456789abcdef"
    for (i = 1; i < length($0); i += 2) {
      n = (index(hex, substr($0, i, 1)) - 1) * 16 + index(hex, substr($0, i + 1, 1)) - 1
      printf "\\%03o", n
    }
  }')"
}

to_hex() {
  od -An -v -tx1 | tr -d ' \n'
}

# Lines of base64 to lines of hexadecimal digits; what is not base64 becomes an empty line.
base64_to_hex() {
  awk 'BEGIN {
    hex = "0123456789abcdef"
    abc = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  }
  {
    out = ""
    rest = bits = 0
    text = $0
    sub(/==?$/, "", text)
    for (i = 1; i <= length(text); i++) {
      value = index(abc, substr(text, i, 1)) - 1
      if (value < 0) break
      rest = rest * 64 + value
      bits += 6
      while (bits >= 4) {
        bits -= 4
        digit = int(rest / 2 ^ bits)
        rest -= digit * 2 ^ bits
        out = out substr(hex, digit + 1, 1)
      }
    }
    if (i <= length(text) || rest != 0 || length($0) % 4 != 0) out = ""
    print substr(out, 1, length(out) - length(out) % 2)
  }'
}

# ---- 1. The signature -------------------------------------------------------------------------

if [ ! -f "$TAGS" ] || [ ! -f "$TAGS.sig" ] || [ ! -f allowed_signers ]; then
  bad "$TAGS, its signature or allowed_signers is missing"
  finish
fi
if ssh-keygen -Y verify -f allowed_signers -I "$PRINCIPAL" -n "$NAMESPACE" -s "$TAGS.sig" \
  <"$TAGS" >"$work/answer" 2>"$work/complaint"; then
  good "the signature over $TAGS"
else
  bad "the signature over $TAGS"
fi
signer=$(awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^SHA256:/) print $i }' "$work/answer")
if [ -z "$expected" ]; then
  echo "NOTE  signed with the key $signer"
  echo "NOTE  compare it with the fingerprint that the sender gave you by another way"
elif [ "$expected" = "$signer" ]; then
  good "the key is the expected one: $signer"
else
  bad "the bundle was signed with another key than the expected one"
fi
if [ "$(wc -l <allowed_signers | tr -d ' ')" != 1 ] ||
  [ "$(awk '{ print NF, $1, $2, $3 }' allowed_signers)" != \
    "4 $PRINCIPAL namespaces=\"$NAMESPACE\" ssh-ed25519" ]; then
  bad "allowed_signers is not the one line of one key"
fi

# ---- 2. The bag: nothing missing, nothing changed, nothing added ------------------------------

if [ "$(printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | to_hex)" = \
  "$(to_hex <bagit.txt)" ]; then
  good "bagit.txt"
else
  bad "bagit.txt"
fi
if [ -e fetch.txt ]; then
  bad "fetch.txt: the bundle would depend on files elsewhere"
fi

# Every line of a manifest is 64 hexadecimal digits, two spaces and a plain path.
check_manifest() {
  manifest=$1
  if [ ! -f "$manifest" ]; then
    bad "$manifest is missing"
    return
  fi
  if ! awk '
    { sum = substr($0, 1, 64); path = substr($0, 67) }
    length(sum) != 64 || sum ~ /[^0-9a-f]/ || substr($0, 65, 2) != "  " { exit 1 }
    path == "" || path ~ /[^A-Za-z0-9._\/-]/ || path ~ /^\// || path ~ /(^|\/)\.\.?(\/|$)/ { exit 1 }
    seen[tolower(path)]++ { exit 1 }' "$manifest" ||
    [ "$(tail -c 1 "$manifest" | to_hex)" != 0a ]; then
    bad "$manifest has a line that does not belong there"
    return
  fi
  problems=$failed
  while read -r sum path; do
    if [ ! -f "$path" ] || [ -h "$path" ]; then
      bad "$path is missing"
    elif [ "$(sum_of "$path")" != "$sum" ]; then
      bad "$path was changed"
    fi
  done <"$manifest"
  if [ "$problems" -eq "$failed" ]; then
    good "every file of $manifest"
  fi
}

check_manifest "$TAGS"
check_manifest "$PAYLOAD"

if [ -f "$TAGS" ] && [ -f "$PAYLOAD" ]; then
  awk '{ print substr($0, 67) }' "$TAGS" "$PAYLOAD" | sort >"$work/listed"
  find . ! -type d ! -path "./$TAGS" ! -path "./$TAGS.sig" | sed 's|^\./||' | sort >"$work/there"
  if cmp -s "$work/listed" "$work/there"; then
    good "no file was added or left out"
  else
    bad "files were added or left out:"
    diff "$work/listed" "$work/there" | sed -n 's/^[<>]/        &/p'
  fi
  if awk '{ print substr($0, 67) }' "$PAYLOAD" | grep -v '^data/' >/dev/null ||
    awk '{ print substr($0, 67) }' "$TAGS" | grep '^data/' >/dev/null ||
    awk '{ print substr($0, 67) }' "$TAGS" | grep -x "$TAGS.*" >/dev/null; then
    bad "a file is named in the wrong manifest"
  fi
fi

for path in LEESMIJ.txt README.txt allowed_signers bag-info.txt bagit.txt data/case.json \
  data/deadlines.ics data/index.csv data/report.pdf data/log/checkpoint data/log/log.vkey \
  metadata/case.mdto.xml verify.sh; do
  [ -f "$path" ] || bad "$path is missing; a case bundle has it"
done

size=0
count=0
if [ -f "$PAYLOAD" ]; then
  while read -r sum path; do
    [ -f "$path" ] || continue
    size=$((size + $(wc -c <"$path")))
    count=$((count + 1))
  done <"$PAYLOAD"
fi
if grep -x "Payload-Oxum: $size.$count" bag-info.txt >/dev/null 2>&1 &&
  grep -x "External-Identifier: @REFERENCE@" bag-info.txt >/dev/null 2>&1; then
  good "number and size of the files in bag-info.txt"
else
  bad "number and size of the files, or the reference, in bag-info.txt"
fi

# ---- 3. The log: key, checkpoint, entries, proofs, disclosed lines ----------------------------

log=data/log
if [ ! -f $log/log.vkey ] || [ ! -f $log/checkpoint ] || [ ! -d $log/entries ]; then
  bad "the log's key, checkpoint or entries are missing"
  finish
fi

# log.vkey is NAME+8 hexadecimal digits+base64 of 01 and the 32 bytes of an Ed25519 key.
name=$(awk 'NR == 1 { print substr($0, 1, index($0, "+") - 1) }' $log/log.vkey)
id=$(awk 'NR == 1 { rest = substr($0, index($0, "+") + 1); print substr(rest, 1, index(rest, "+") - 1) }' $log/log.vkey)
key=$(awk 'NR == 1 { rest = substr($0, index($0, "+") + 1); print substr(rest, index(rest, "+") + 1) }' $log/log.vkey |
  base64_to_hex)
public=${key#01}
wanted_id=$( (printf '%s\n' "$name" && printf '%s' "$key" | to_bytes) >"$work/id" &&
  sum_of "$work/id" | cut -c 1-8)
printf '%s' "$public" | to_bytes >"$work/public"
short=$(sum_of "$work/public" | cut -c 1-16)
if [ ${#key} -eq 66 ] && [ "$public" != "$key" ] && [ "$id" = "$wanted_id" ] &&
  [ "$(wc -l <$log/log.vkey | tr -d ' ')" = 1 ]; then
  good "the log's key"
else
  bad "the log's key in $log/log.vkey"
fi
if [ "${name##*/}" = "$short" ]; then
  good "the log's name $name is that of its key"
else
  bad "the log's name is not that of its key"
fi

# A checkpoint is three lines, an empty line and signature lines.
origin=$(awk 'NR == 1' $log/checkpoint)
tree_size=$(awk 'NR == 2' $log/checkpoint)
root=$(awk 'NR == 3' $log/checkpoint | base64_to_hex)
awk '$0 == "" { exit } { print }' $log/checkpoint >"$work/text"
awk -v name="$name" -v dash="$(printf '\342\200\224')" '
  body && $1 == dash && $2 == name { print $3 }
  $0 == "" { body = 1 }' $log/checkpoint | base64_to_hex >"$work/signatures"
{ printf '302a300506032b6570032100%s' "$public" | to_bytes; } >"$work/key.der"
signed=no
while read -r signature; do
  [ "${signature%"${signature#????????}"}" = "$id" ] || continue
  printf '%s' "${signature#????????}" | to_bytes >"$work/signature"
  if openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/key.der" \
    -sigfile "$work/signature" -in "$work/text" >"$work/answer" 2>&1; then
    [ "$signed" = no ] && signed=yes
  else
    signed=wrong
  fi
done <"$work/signatures"
case $tree_size in
'' | *[!0-9]* | 0?*) signed=wrong ;;
esac
if [ "$signed" = yes ] && [ "$origin" = "$name" ] && [ ${#root} -eq 64 ]; then
  good "the checkpoint: $tree_size entries"
elif grep -i -e 'unknown option' -e rawin "$work/answer" >/dev/null 2>&1; then
  bad "the checkpoint could not be checked: openssl 3 or newer is needed"
  finish
else
  bad "the checkpoint's signature, name or numbers"
  finish
fi

node_hash() {
  printf '01%s%s' "$1" "$2" | to_bytes >"$work/node"
  sum_of "$work/node"
}

# RFC 9162 section 2.1.3.2. $1 leaf hash, $2 index, hashes in $work/path; the root in $found.
climb() {
  found=$1
  fn=$2
  sn=$((tree_size - 1))
  [ "$fn" -le "$sn" ] || return 1
  while read -r sibling; do
    [ ${#sibling} -eq 64 ] && [ "$sn" -gt 0 ] || return 1
    if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
      found=$(node_hash "$sibling" "$found")
      while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do
        fn=$((fn / 2))
        sn=$((sn / 2))
      done
    else
      found=$(node_hash "$found" "$sibling")
    fi
    fn=$((fn / 2))
    sn=$((sn / 2))
  done <"$work/path"
  [ "$sn" -eq 0 ]
}

check_proof() {
  proof=$log/proofs/$2.tlog-proof
  [ -f "$proof" ] || return 1
  [ "$(awk 'NR == 1' "$proof")" = "c2sp.org/tlog-proof@v1" ] || return 1
  [ "$(awk '/^index / { print $2; exit }' "$proof")" = "$1" ] || return 1
  awk 'NR > 1 && $0 == "" { exit } NR > 1 && $1 != "index" && $1 != "extra" { print }' "$proof" |
    base64_to_hex >"$work/path"
  awk 'found { print } $0 == "" { found = 1 }' "$proof" >"$work/checkpoint"
  cmp -s "$work/checkpoint" $log/checkpoint || return 1
  { printf '\000' && cat "$log/entries/$2.txt"; } >"$work/leaf"
  climb "$(sum_of "$work/leaf")" "$1" && [ "$found" = "$root" ]
}

# Each line's sum stands in the entry beside the line's own field name, and each field once.
check_lines() {
  [ "$(tail -c 1 "$1" | to_hex)" = 0a ] || return 1
  : >"$work/seen"
  while IFS= read -r line; do
    printf '%s' "$line" >"$work/line"
    field=$(awk 'NR == 1 { rest = substr($0, index($0, " ") + 1); print substr(rest, 1, index(rest, " ") - 1) }' "$work/line")
    case $field in
    '' | *[!a-z0-9_.-]*) return 1 ;;
    esac
    grep -Fx "field $field $(sum_of "$work/line")" "$2" >/dev/null || return 1
    grep -Fx "$field" "$work/seen" >/dev/null && return 1
    printf '%s\n' "$field" >>"$work/seen"
  done <"$1"
}

entries=0
lines=0
for entry in "$log"/entries/*; do
  number=${entry##*/}
  number=${number%.txt}
  case $number in
  *[!0-9]* | '')
    bad "$entry is not the file of an entry"
    continue
    ;;
  esac
  plain=$(echo "$number" | sed 's/^0*\(.\)/\1/')
  if [ "$(awk 'NR == 1' "$entry")" != "waarborg-entry v1" ] ||
    [ "$(awk 'NR == 2' "$entry")" != "log $name" ] ||
    [ "$(awk 'NR == 3' "$entry")" != "number $plain" ]; then
    bad "$entry is not entry $plain of this log"
  fi
  if check_proof "$plain" "$number"; then
    entries=$((entries + 1))
  else
    bad "$entry: the proof that it stands in the log"
  fi
  if [ -f "$log/disclosed/$number.txt" ]; then
    if check_lines "$log/disclosed/$number.txt" "$entry"; then
      lines=$((lines + $(wc -l <"$log/disclosed/$number.txt")))
    else
      bad "$log/disclosed/$number.txt: a line that the entry does not hold"
    fi
  fi
done
for stray in "$log"/disclosed/* "$log"/proofs/*; do
  [ -e "$stray" ] || continue
  number=${stray##*/}
  if [ ! -f "$log/entries/${number%%.*}.txt" ]; then
    bad "$stray belongs to no entry"
  fi
done
if [ "$entries" -gt 0 ]; then
  good "$entries entries stand in the log"
else
  bad "no entry of the log could be checked"
fi
good "$lines lines that were given along are the logged ones"
echo "NOTE  data/case.json is compared with those lines by waarborgctl verify only"
finish
