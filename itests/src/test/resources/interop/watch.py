"""Counts what one node asks in the DHT and who answers it: watch.py ADDRESS. Looks at what passes on lo until its standard input ends, then prints

    {ADDRESS OF ANOTHER: [QUESTIONS TO IT, ANSWERS FROM IT, QUESTIONS FROM IT], ...}

An answer counts if it carries the transaction id of a question that went there; a refusal is an answer too.
"""
import json
import re
import select
import socket
import struct
import sys

IPV4, UDP = 0x0800, 17
OURS = re.compile(rb"1:t4:(.{4})", re.S)


def main():
    me = sys.argv[1]
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(IPV4))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 20)
    print("up", flush=True)
    asked, open_ones = {}, {}
    while True:
        if sys.stdin in select.select([wire, sys.stdin], [], [])[0]:
            break
        packet = wire.recv(65536)
        header = (packet[0] & 15) * 4
        if packet[9] != UDP:
            continue
        source, target = socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20])
        if me not in (source, target) or source == target:
            continue
        datagram = packet[header + 8:]
        other = target if source == me else source
        port = struct.unpack(">HH", packet[header:header + 4])[1 if source == me else 0]
        counts = asked.setdefault(other, [0, 0, 0])
        transaction = OURS.search(datagram[-40:])
        if datagram.endswith(b"1:y1:qe"):
            counts[0 if source == me else 2] += 1
            if source == me and transaction:
                open_ones[other, port, transaction.group(1)] = True
        elif source == other and transaction:
            counts[1] += open_ones.pop((other, port, transaction.group(1)), False)
    print(json.dumps(asked))


main()
