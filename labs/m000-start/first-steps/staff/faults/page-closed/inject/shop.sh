#!/bin/sh
# The page was saved so that only the administrator may read it.
set -eu
chmod 600 "/srv/$FOLDER/index.html"
