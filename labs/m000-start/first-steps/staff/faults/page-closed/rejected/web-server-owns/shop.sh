#!/bin/sh
# caught by: page-protected
# Whoever breaks into the web server may now rewrite the page.
set -eu
chown www-data "/srv/$FOLDER/index.html"
