#!/bin/sh
# Ask for an address now that the router gives them.
systemctl restart networking
