#!/bin/sh
# Put the package back from the shop's own folder.
apt-get -qq update
apt-get -qq -y install kassa-btw
systemctl restart kassa
