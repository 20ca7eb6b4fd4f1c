#!/usr/bin/env bash
# What `make test-web` needs beside Python packages: Debian's Chromium (installed where there is none and this user
# may), and axe-core (MPL-2.0) from npm into build/, which is not kept.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v chromium >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        (apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install chromium fonts-dejavu-core) >/dev/null
    else
        echo "no chromium here, and no right to install it: the tests of the pages in a browser are skipped"
    fi
fi
if [ ! -f build/axe-core/axe.min.js ]; then
    if command -v npm >/dev/null; then
        mkdir -p build/axe-core
        (cd build/axe-core && npm pack --silent axe-core@4.10.3 >/dev/null && tar xzf axe-core-*.tgz --strip-components=1 package/axe.min.js && rm axe-core-*.tgz)
    else
        echo "no npm here: the accessibility checks are skipped"
    fi
fi
