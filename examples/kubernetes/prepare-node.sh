#!/bin/sh
# Prepares a control-plane node, as root: lets riskpipe (user and group 65532) read the audit log and nothing more, and
# gives it a directory for its state. A kube-apiserver writes its log with mode 0600 into a directory of mode 0700; at a
# rotation it copies mode and owner of the log to the new file, so this is done once. May be run again.
#   prepare-node.sh [LOG_DIRECTORY [STATE_DIRECTORY]]
set -eu
log=${1:-/var/log/kubernetes/audit}
state=${2:-/var/lib/riskpipe}
id=65532

install -d -m 0750 -o root -g "$id" "$log"
# Before the first start of the apiserver there is none, and it would make one that only root can read.
[ -e "$log/audit.log" ] || install -m 0640 -o root -g "$id" /dev/null "$log/audit.log"
find "$log" -maxdepth 1 -type f -name 'audit*.log*' -exec chgrp "$id" {} + -exec chmod 0640 {} +
install -d -m 0700 -o "$id" -g "$id" "$state"
