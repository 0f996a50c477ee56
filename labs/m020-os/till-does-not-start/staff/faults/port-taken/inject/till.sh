#!/bin/sh
# The price display was put on the till's port, and starts before it.
sed -i "s/^POORT=.*/POORT=$PORT/" /etc/default/prijsscherm
