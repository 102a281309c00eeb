"""What the drivers of real clients share. A driver is started with IP PORT STATE-FOLDER [ENCRYPTION] and told what to do by one JSON
object a line:

    {"op": "seed", "torrent": FILE, "dir": FOLDER, "scrape": URL}      serve content that is there, tell when the tracker knows
    {"op": "get", "link": FILE or MAGNET, "dir": FOLDER, "peer": "HOST:PORT" or null}
    {"op": "begin", "link": FILE or MAGNET, "dir": FOLDER}             fetch or serve, and wait for nothing (not aria2)
    {"op": "dial", "peer": "HOST:PORT"}                                one more peer of what it has (libtorrent only)
    {"op": "peers"}                                                    whom it is connected to (libtorrent only)
    {"op": "limit", "rate": BYTES A SECOND}                            of uploads (libtorrent only)
    {"op": "uploaded"}                                                 bytes of payload so far (libtorrent only)

SHOAL_LSD in the environment has it speak to its local network, which it does not otherwise, and SHOAL_DHT=HOST:PORT take part in the DHT from that
node on (Transmission and aria2 only).

and answers {"event": "up" | "done" | "seeding" | "complete" | "error", "message": …}. It ends its client when standard input closes.
"""
import hashlib
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

POLL_SECONDS = 0.05
LSD = "SHOAL_LSD" in os.environ
DHT = os.environ.get("SHOAL_DHT")


def fail(message):
    """What was ordered cannot be done any more; the client stays for its logs."""
    tell("error", message)
    threading.Event().wait()


def tell(event, message=""):
    print(json.dumps({"event": event, "message": message}), flush=True)


def serve(make):
    """Makes the client, and does what it is told until standard input closes, even in the middle of it."""
    client = make(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
    orders = queue.Queue()
    signal.signal(signal.SIGTERM, lambda *_: leave(client))
    threading.Thread(target=listen, args=(client, orders), daemon=True).start()
    tell("up")
    while True:
        order = orders.get()
        if order["op"] == "seed":
            client.seed(order["torrent"], order["dir"], order["scrape"])
        elif order["op"] == "get":
            client.get(order["link"], order["dir"], order["peer"])
        elif order["op"] == "begin":
            client.begin(order["link"], order["dir"])
        elif order["op"] == "dial":
            client.dial(order["peer"])
        elif order["op"] == "peers":
            client.peers()
        elif order["op"] == "limit":
            client.limit(order["rate"])
        else:
            client.uploaded()


def listen(client, orders):
    for line in sys.stdin:
        orders.put(json.loads(line))
    leave(client)


def leave(client):
    end(client.process)
    os._exit(0)


def until(condition, process=None):
    """Polls a client that has no way to call back."""
    while True:
        try:
            found = condition()
            if found:
                return found
        except (OSError, http.client.HTTPException):
            pass
        if process is not None and process.poll() is not None:
            fail("the client ended with status %s" % process.returncode)
        time.sleep(POLL_SECONDS)


def spawn(state, argv):
    log = open(os.path.join(state, "client.log"), "ab")
    return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def end(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


def known_to_tracker(scrape, torrent):
    """True once the tracker counts a seed of it."""
    query = urllib.parse.quote(info_hash(torrent), safe="")
    try:
        with urllib.request.urlopen(scrape + "?info_hash=" + query, timeout=5) as reply:
            body = reply.read()
    except urllib.error.URLError:
        return False
    at = body.find(b"8:completei")
    return at >= 0 and int(body[at + 11:body.index(b"e", at + 11)]) > 0


def info_hash(torrent):
    """The 20 bytes that trackers know it by: SHA-1 for v1 and hybrid, the beginning of SHA-256 for v2 alone."""
    with open(torrent, "rb") as file:
        data = file.read()
    start, stop = find_info(data)
    info = data[start:stop]
    return hashlib.sha1(info).digest() if b"6:pieces" in info else hashlib.sha256(info).digest()[:20]


def find_info(data):
    at = 1
    while data[at:at + 1] != b"e":
        colon = data.index(b":", at)
        key_end = colon + 1 + int(data[at:colon])
        value_end = skip(data, key_end)
        if data[colon + 1:key_end] == b"info":
            return key_end, value_end
        at = value_end
    raise ValueError("no info dictionary")


def skip(data, at):
    kind = data[at:at + 1]
    if kind == b"i":
        return data.index(b"e", at) + 1
    if kind in b"ld":
        at += 1
        while data[at:at + 1] != b"e":
            at = skip(data, at)
        return at + 1
    colon = data.index(b":", at)
    return colon + 1 + int(data[at:colon])


class Rpc:
    """JSON over HTTP."""

    def __init__(self, host, port, path):
        self.host, self.port, self.path = host, port, path

    def post(self, body, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request("POST", self.path, json.dumps(body), headers or {})
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read()
        finally:
            connection.close()
