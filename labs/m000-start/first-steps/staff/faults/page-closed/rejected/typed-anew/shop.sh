#!/bin/sh
# caught by: page-kept
# A new page from memory; the day off was forgotten.
set -eu
cd "/srv/$FOLDER"
mv index.html index.oud
printf '<h1>%s</h1>\n<p>Open van %s tot %s uur</p>\n' "$SHOP" "$OPENS" "$CLOSES" >index.html
