#!/bin/sh
# caught by: page-protected
# The first thing that a search on the web tells: everybody may do everything.
set -eu
chmod 777 "/srv/$FOLDER/index.html"
