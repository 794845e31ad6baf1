#!/bin/sh
# Run a command in a network of its own, with one address that is not loopback's: browsers and Asterisk offer no other to each other.
exec unshare --net -- sh -c '
  ip link set lo up &&
  ip link add guichet0 type veth peer name guichet1 &&
  ip address add 10.99.0.1/24 dev guichet0 &&
  ip link set guichet0 up && ip link set guichet1 up &&
  ip route add default via 10.99.0.2 dev guichet0 &&
  exec "$@"' own-network "$@"
