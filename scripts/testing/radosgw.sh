#!/bin/bash
# One-node RADOS cluster in memory with radosgw (S3) on loopback, for tests. Usage: radosgw.sh PORT DIR.
# Access key S3TESTKEY, secret s3testsecret. To stop it, kill the pids in DIR/{mon.a,osd.0,client.rgw}.pid.
set -e
P=${1:-7480}; D=${2:?folder for its data}; rm -rf "$D"; mkdir -p $D/mon $D/osd0 $D/rgw
# Fixed ports may be taken, and those above 32768 by any outgoing connection.
free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
M2=$(free_port); M1=$(free_port)
FSID=$(cat /proc/sys/kernel/random/uuid)
cat > $D/ceph.conf <<C
[global]
fsid = $FSID
mon host = [v2:127.0.0.1:$M2,v1:127.0.0.1:$M1]
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms client mode = crc
ms service mode = crc
ms cluster mode = crc
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv4 = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
run dir = $D
pid file = $D/\$name.pid
admin socket = $D/\$name.asok
log file = $D/\$name.log
mon cluster log file = $D/cluster.log
setuser match path =
crash dir = $D
[mon.a]
mon data = $D/mon
[osd.0]
osd data = $D/osd0
osd objectstore = memstore
memstore device bytes = 1073741824
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$P
rgw data = $D/rgw
rgw thread pool size = 16
rgw dns name =
C
C="-c $D/ceph.conf"
monmaptool --create --fsid $FSID --addv a "[v2:127.0.0.1:$M2,v1:127.0.0.1:$M1]" $D/monmap >/dev/null
ceph-mon $C --mkfs -i a --monmap $D/monmap
ceph-mon $C -i a
U=$(cat /proc/sys/kernel/random/uuid)
ceph $C osd new $U >/dev/null
ceph-osd $C -i 0 --mkfs --osd-uuid $U >/dev/null 2>&1
ceph-osd $C -i 0 >/dev/null 2>&1
radosgw $C -n client.rgw
for i in $(seq 240); do curl -s -o /dev/null http://127.0.0.1:$P/ && break; sleep 0.5; done
radosgw-admin $C -n client.rgw user create --uid=app --display-name=app --access-key=S3TESTKEY --secret-key=s3testsecret >/dev/null
echo "up on $P; pids: $(cat $D/mon.a.pid $D/osd.0.pid $D/client.rgw.pid | tr '\n' ' ')"
