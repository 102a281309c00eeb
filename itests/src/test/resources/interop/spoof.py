"""Asks a node from addresses that never answer anything, and counts what comes back to them: spoof.py KIND HOST PORT SECONDS ADDRESS...

KIND is dht, tracker, mdns or lsd. Prints {"sent": BYTES, "received": BYTES, "worst": of one address, "answers": DATAGRAMS}, payload of UDP alone.
Nothing that comes back is used, so that all of it goes to who has proven nothing.
"""
import json
import os
import random
import select
import socket
import struct
import sys
import time

# seconds between two: of the DHT so few from an address that it is no flood
PAUSES = {"dht": .006}
GROUPS = {"mdns": ("224.0.0.251", 5353), "lsd": ("239.192.152.143", 6771)}


def text(value):
    return b"%d:%s" % (len(value), value)


def dht():
    """Any question, long or short, with a token that is none."""
    me, key = os.urandom(20), os.urandom(20)
    name = random.choice([b"ping", b"find_node", b"get_peers", b"get", b"sample_infohashes", b"announce_peer", b"put",
                          b"vote", b"sh_find"])
    arguments = b"2:id" + text(me) + b"9:info_hash" + text(key)
    if random.random() < .3:
        arguments += b"3:pad" + text(b"x" * random.randrange(300))
    arguments += b"4:porti6881e6:scrapei1e6:target" + text(key) + b"5:token" + text(os.urandom(4)) + b"1:v" + text(b"x")
    arguments += b"4:wantl2:n42:n6e" if random.random() < .2 else b""
    return b"d1:ad" + arguments + b"e1:q" + text(name) + b"1:t2:aa1:y1:qe"


def tracker():
    """BEP 15: connect, and what needs the id that connect gave, without it."""
    connect = struct.pack(">QII", 0x41727101980, 0, random.getrandbits(32))
    announce = struct.pack(">QII", random.getrandbits(64), 1, random.getrandbits(32)) + os.urandom(20 + 20) + bytes(
        24 + 4 + 4 + 4 + 4 + 2)
    scrape = struct.pack(">QII", random.getrandbits(64), 2, random.getrandbits(32)) + os.urandom(20)
    return random.choice([connect, announce, scrape])


def mdns():
    """RFC 6762, section 6.7: as one who knows no multicast asks."""
    names = random.choice([b"\x06_shoal\x04_tcp\x05local\x00", b"\x09_services\x07_dns-sd\x04_udp\x05local\x00"])
    return struct.pack(">HHHHHH", random.getrandbits(16), 0, 1, 0, 0, 0) + names + struct.pack(
        ">HH", random.choice([12, 255]), random.choice([1, 0x8001]))


def lsd():
    hashes = "".join("Infohash: %s\r\n" % os.urandom(20).hex() for _ in range(random.randrange(1, 20)))
    return ("BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: %d\r\n%scookie: %x\r\n\r\n\r\n" % (
        random.randrange(1, 65536), hashes, random.getrandbits(32))).encode()


def main():
    kind, host, port, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    make, places = {"dht": dht, "tracker": tracker, "mdns": mdns, "lsd": lsd}[kind], [(host, port)]
    if kind in GROUPS:
        places.append(GROUPS[kind])
    sockets, sent, received, answers = [], {}, {}, 0
    for address in sys.argv[5:]:
        each = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        each.bind((address, 0))
        each.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        each.setblocking(False)
        sockets.append(each)
        sent[each] = received[each] = 0
    end = time.time() + seconds
    while time.time() < end + 2:
        if time.time() < end:
            each, datagram = random.choice(sockets), make()
            each.sendto(datagram, random.choice(places))
            sent[each] += len(datagram)
        for ready in select.select(sockets, [], [], PAUSES.get(kind, .002))[0]:
            received[ready] += len(ready.recv(65536))
            answers += 1
    worst = max(received[each] / max(1, sent[each]) for each in sockets)
    print(json.dumps({"sent": sum(sent.values()), "received": sum(received.values()), "worst": worst,
                      "answers": answers}))


main()
