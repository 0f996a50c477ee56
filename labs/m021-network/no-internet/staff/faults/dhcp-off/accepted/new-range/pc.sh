#!/bin/sh
# The pc asks the new range.
systemctl restart networking
