#!/bin/sh
# caught by: price-screen-in-place
# The till works; the customers see no prices any more.
systemctl disable -q --now prijsscherm
systemctl start kassa
