#!/bin/sh
# Each on its own port again.
sed -i "s/^POORT=.*/POORT=$SCREEN_PORT/" /etc/default/prijsscherm
systemctl restart prijsscherm
systemctl restart kassa
