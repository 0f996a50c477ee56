#!/bin/sh
# caught by: pc-starts-network
# Up now, gone tomorrow morning.
ifup ens3
