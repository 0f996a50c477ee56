#!/bin/sh
# apt knows what is missing.
apt-get -qq update
apt-get -qq -y --fix-broken install
systemctl restart kassa
