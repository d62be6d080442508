#!/usr/bin/env bash
# The whole way once: registers from the ten fictional scenarios, deadlines, a signed bundle,
# and the check that a stranger makes with ssh-keygen. What it makes stays in build/demo/.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
demo=$root/build/demo
ctl() { "$root/build/app/waarborgctl" "$@" --user "${as:-anna}" --passphrase-file "$demo/passphrase.txt"; }
say() { printf '\n== %s\n' "$*"; }

rm -rf "$demo"
mkdir -p "$demo"
cd "$demo"
umask 077
openssl rand -base64 18 >passphrase.txt
age-keygen -o recipient.txt 2>/dev/null
recipient=$(grep -o 'age1[a-z0-9]*' recipient.txt)

say "A register for each of four fictional bodies (passphrase in build/demo/passphrase.txt)"
first=$(sed -n 2p "$root/tests/scenarios/steps.tsv" | cut -f1)
while IFS=$'\t' read -r name body code profile; do
    ctl create "$name.waarborg" --body "$body" --code "$code" --profile "$profile" --recovery "$recipient" --independent --now "$first"
    # Some acts want a second person: lezer, with a key of their own (the same passphrase, for the demo).
    ctl user add "$name.waarborg" lezer --independent --new-passphrase-file passphrase.txt --now "$first" >/dev/null
done < <(tail -n +2 "$root/tests/scenarios/registers.tsv")

say "The ten scenarios of tests/scenarios, step by step on their own dates"
steps=0
while IFS=$'\t' read -r now scenario file user register; do
    as=$user ctl record "$register.waarborg" "$root/tests/scenarios/$file" --now "$now" >recorded.txt
    printf '%s  %-3s  %-28s %s\n' "${now:0:16}" "$scenario" "$(basename "$file")" "$(tr '\n' ' ' <recorded.txt)"
    steps=$((steps + 1))
    last=$now
done < <(tail -n +2 "$root/tests/scenarios/steps.tsv")
rm recorded.txt
echo "$steps steps recorded."

say "The cases"
ctl list demo.waarborg --now "$last"

say "Deadlines of the first case of S6, with the sum"
ctl search demo.waarborg Anker --limit 1
reference=$(ctl list demo.waarborg --words Anker-19 --json | sed -n 's/.*"reference" : "\(.*\)",/\1/p' | head -n 1)
ctl deadlines demo.waarborg "$reference" --all --explain --as-of 2026-10-20 --now "$last"

say "Verify the register, projections made anew"
ctl verify demo.waarborg --depth deep

say "A signed bundle of $reference, plain and encrypted for one recipient"
ctl export demo.waarborg "$reference" -o bundle.zip --profile full --plain --recipient target.om --purpose "demo"
ctl export demo.waarborg "$reference" -o bundle.zip.age --to "$recipient" --purpose "demo"
"$root/build/app/waarborgctl" verify bundle.zip >/dev/null && echo "waarborgctl verify bundle.zip: in order"
"$root/build/app/waarborgctl" verify bundle.zip.age --identity recipient.txt >/dev/null && echo "waarborgctl verify bundle.zip.age: in order"

say "What a recipient does, without Waarborg"
rm -rf opened && mkdir opened
age -d -i recipient.txt -o opened/bundle.zip bundle.zip.age
(cd opened && unzip -q bundle.zip && rm bundle.zip)
cd "opened/$reference"
sh ./verify.sh
echo
echo "ssh-keygen -Y verify -f allowed_signers -I NL-DEMO -n case-bundle@waarborg -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt"
cd "$demo"
rm -rf closing && mkdir closing && cd closing
unzip -q ../bundle.zip
cd "$reference"
result=$(ssh-keygen -Y verify -f allowed_signers -I NL-DEMO -n case-bundle@waarborg -s tagmanifest-sha256.txt.sig <tagmanifest-sha256.txt)
cd "$demo"
rm -rf closing opened

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$root/build/app/waarborg" ] && [ -t 1 ]; then
    "$root/build/app/waarborg" "$demo/demo.waarborg" &
fi
echo "$result"
