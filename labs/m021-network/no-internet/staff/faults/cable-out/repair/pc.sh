#!/bin/sh
# The cable is in again: ask for an address.
systemctl restart networking
