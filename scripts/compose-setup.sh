#!/bin/sh
# Keys and clients for docker-compose.yml: made when they are missing, readable by the gateway's user alone.
set -eu
[ -f /shared/keys.json ] || node dist/src/cli/main.js keys init --out /shared/keys.json
[ -f /shared/clients.json ] ||
  node dist/src/cli/main.js clients add --directory /shared/clients.json --id demo --key-out /shared/demo-key.json
chown -R node:node /shared /data
