#!/bin/sh
# caught by: handed-over, no-hosts-override
# One site on one pc works; the provider knows nothing.
printf '%s\t%s\n' "$WEB_ADDRESS" "$SITE" >>/etc/hosts
