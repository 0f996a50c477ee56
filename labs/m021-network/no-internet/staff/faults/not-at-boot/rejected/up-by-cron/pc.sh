#!/bin/sh
# caught by: pc-starts-network, no-boot-patch
# A patch beside the configuration: the next technician will not find it.
echo '@reboot root /sbin/ifup ens3' >/etc/cron.d/netwerk
/sbin/ifup ens3
