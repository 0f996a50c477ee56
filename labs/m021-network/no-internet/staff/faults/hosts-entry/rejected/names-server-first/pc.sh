#!/bin/sh
# caught by: no-hosts-override
# The file is asked last; the wrong line stays and waits.
sed -i 's/^hosts:.*/hosts: dns files/' /etc/nsswitch.conf
