#!/bin/sh
# Only "others" were given the right to read; root's group does not need it.
set -eu
chmod o+r "/srv/$FOLDER/index.html"
