#!/bin/sh
# At every start, and now.
systemctl enable -q --now kassa
