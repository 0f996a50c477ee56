#!/bin/sh
# Everybody may read it again, as agreed on the sheet; nobody else may write.
set -eu
chmod a+r "/srv/$FOLDER/index.html"
