#!/bin/sh
# Addresses and names for the shop, a firewall, and one public address for all.
cat >/etc/hosts <<EOF
127.0.0.1	localhost
127.0.1.1	$ROUTER_NAME
EOF
cat >/etc/network/interfaces.d/ens3 <<EOF
auto ens3
iface ens3 inet static
	address $ROUTER_LAN_ADDRESS/24
EOF
cat >/etc/network/interfaces.d/ens4 <<EOF
auto ens4
iface ens4 inet static
	address $ROUTER_WAN_ADDRESS/24
	gateway $PROVIDER_ADDRESS
EOF
echo 'nameserver 127.0.0.1' >/etc/resolv.conf
ln -sf ../sysctl.conf /etc/sysctl.d/99-sysctl.conf
echo 'net.ipv4.ip_forward=1' >/etc/sysctl.d/30-router.conf
cat >/etc/dnsmasq.d/lan.conf <<EOF
interface=ens3
bind-dynamic
no-resolv
domain-needed
server=$PROVIDER_ADDRESS
dhcp-authoritative
# Without it the first address comes only after three seconds of looking whether it is taken.
no-ping
dhcp-range=192.168.$LAN_NUMBER.50,192.168.$LAN_NUMBER.150,12h
dhcp-option=option:router,$ROUTER_LAN_ADDRESS
dhcp-option=option:dns-server,$ROUTER_LAN_ADDRESS
EOF
cat >/etc/nftables.conf <<'EOF'
#!/usr/sbin/nft -f
flush ruleset
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iifname "lo" accept
		iifname "ens3" icmp type echo-request accept
		iifname "ens3" udp dport 67 accept
		iifname "ens3" udp dport 53 accept
		iifname "ens3" tcp dport 53 accept
		iifname "ens3" tcp dport 22 accept
	}
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		iifname "ens3" oifname "ens4" accept
	}
}
table ip nat {
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "ens4" masquerade
	}
}
EOF
systemctl enable -q networking nftables dnsmasq
