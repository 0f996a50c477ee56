#!/bin/sh
# caught by: pc-starts-network, no-boot-patch
# runtime-only (cron may come before the network is ready: then the complaint is back)
# A patch beside the configuration: the next technician will not find it.
echo '@reboot root /sbin/ifup ens3' >/etc/cron.d/netwerk
/sbin/ifup ens3
