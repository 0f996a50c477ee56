#!/bin/sh
# caught by: pc-starts-network
# runtime-only
# Up now, gone tomorrow morning.
ifup ens3
