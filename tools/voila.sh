#!/usr/bin/env bash
# Makes an environment with Voila on top of another one, for the test that shows a panel there;
# called by the Makefile: voila.sh VENV. In learners' own environment it would add a button and
# seconds to every start.
set -euo pipefail

base=$1 venv=$1.voila lock=tests/voila.lock
mark=$venv/.installed

libraries() { "$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }

make_environment() {
    echo "set-up: Voila for its test, in $venv"
    "$base/bin/python" -m venv --clear "$venv"
    printf 'import site; site.addsitedir("%s")\n' "$(realpath "$(libraries "$base")")" \
        >"$(libraries "$venv")/base.pth"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check \
        --root-user-action=ignore --require-hashes --only-binary :all: -r "$lock"
    cp "$lock" "$mark"
}

if ! cmp -s "$lock" "$mark"; then make_environment; fi
# Kernels, templates and extensions of the base, as they are now. Voila serves no links.
for folder in kernels nbconvert labextensions; do
    cp -RT "$base/share/jupyter/$folder" "$venv/share/jupyter/$folder"
done
