"""Nodes of libtorrent in the DHT, in this process: dht.py COUNT ENTRY..., one at 10.77.100+i.1:6881 each, so each in a /24 of its own; where
SHOAL_V6 is set, at [fd77:100+i::1]:6881, and where SHOAL_BLOCK is set, within that instead of 10.77. They know each other and what is at the ENTRYs. It is told what to do by one JSON object a line:

    {"op": "announce", "node": I, "hash": HEX}             it wants that torrent from now on, and is found at its own port
    {"op": "find", "node": I, "hash": HEX}                 the peers that it finds, within some seconds
    {"op": "put", "node": I, "value": TEXT, "salt": TEXT, "private": HEX, "public": HEX}
    {"op": "leave", "target": HEX, "arguments": HEX}       an item that is signed already with all of them: bencode of put, without id and token
    {"op": "get", "node": I, "public": HEX, "salt": TEXT}
    {"op": "blocked"}                                      what any of them said about nodes that are too fast
    {"op": "torrent", "node": I, "link": FILE or MAGNET, "dir": FOLDER}

and answers {"event": "done", "message": …}.
"""
import json
import os
import socket
import sys
import time

import libtorrent as lt

PORT = 6881
FIND_SECONDS = 15
BLOCK = os.environ.get("SHOAL_BLOCK", "10.77")
V6 = bool(os.environ.get("SHOAL_V6"))


def endpoint(ip, port):
    return "[%s]:%d" % (ip, port) if ":" in ip else "%s:%d" % (ip, port)


def tell(event, message=""):
    print(json.dumps({"event": event, "message": message}), flush=True)


class Node:
    def __init__(self, index):
        self.ip = "fd77:%d::1" % (100 + index) if V6 else "%s.%d.1" % (BLOCK, 100 + index)
        self.alerts = []
        self.session = lt.session({
            "listen_interfaces": endpoint(self.ip, PORT), "outgoing_interfaces": self.ip,
            "alert_mask": lt.alert.category_t.all_categories & ~(
                lt.alert.category_t.session_log_notification | lt.alert.category_t.torrent_log_notification
                | lt.alert.category_t.peer_log_notification | lt.alert.category_t.picker_log_notification),
            "alert_queue_size": 100000,
            "enable_dht": True, "dht_bootstrap_nodes": "", "enable_lsd": False, "enable_upnp": False,
            "enable_natpmp": False, "enable_outgoing_utp": False, "enable_incoming_utp": False,
            "in_enc_policy": 2, "out_enc_policy": 2, "allow_multiple_connections_per_ip": True,
        })

    def knows(self, others):
        for ip in others:
            self.session.add_dht_node((ip, PORT))

    def drain(self, kind="", take=None):
        """What alerts of a kind say. An alert is gone with the next that are asked for."""
        said = []
        for alert in self.session.pop_alerts():
            if "block" in alert.message().lower():
                self.alerts.append(alert.message())
            if type(alert).__name__ == kind:
                said.append(take(alert))
        return said

    def wait(self, kind, take, seconds=FIND_SECONDS, enough=lambda said: bool(said)):
        said, end = [], time.time() + seconds
        while time.time() < end and not enough(said):
            self.session.wait_for_alert(200)
            said.extend(self.drain(kind, take))
        return said


def find(node, info_hash):
    """The last nodes that reply may know more than the first."""
    def peers(alert):
        if str(alert.info_hash) != info_hash:
            return []
        return [endpoint(str(peer[0]), peer[1]) for peer in alert.peers()]

    node.drain()
    node.session.dht_get_peers(lt.sha1_hash(bytes.fromhex(info_hash)))
    found = node.wait("dht_get_peers_reply_alert", peers, FIND_SECONDS, lambda said: any(said))
    found += node.wait("dht_get_peers_reply_alert", peers, 1, lambda said: False)
    return " ".join(sorted({peer for some in found for peer in some}))


def put(node, order, value):
    node.drain()
    node.session.dht_put_mutable_item(
        bytes.fromhex(order["private"]), bytes.fromhex(order["public"]), value, order.get("salt", "").encode())
    done = node.wait("dht_put_alert", lambda alert: alert.num_success, 30)
    return str(done[-1]) if done else "0"


def get(node, order):
    node.drain()
    node.session.dht_get_mutable_item(bytes.fromhex(order["public"]), order.get("salt", "").encode())
    items = node.wait("dht_mutable_item_alert", lambda alert: (alert.authoritative, str(alert.item)), 30,
                      lambda said: any(last for last, _ in said))
    return items[-1][1] if items else ""


def add(node, link, folder):
    if link.startswith("magnet:"):
        wanted = lt.parse_magnet_uri(link)
    else:
        wanted = lt.add_torrent_params()
        wanted.ti = lt.torrent_info(link)
    wanted.save_path = folder
    wanted.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
    return node.session.add_torrent(wanted)


def leave(nodes, target, arguments):
    """Puts what the binding cannot: values that are no strings. How many nodes took it."""
    taken, me = 0, b"2:id20:" + bytes(range(20))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.bind(("10.77.99.1", PORT))
        out.settimeout(3)
        for node in nodes:
            to = (node.ip, PORT)
            out.sendto(b"d1:ad" + me + b"6:target20:" + target + b"e1:q3:get1:t1:g1:y1:qe", to)
            reply = out.recvfrom(4096)[0]
            at = reply.index(b"5:token") + 7
            colon = reply.index(b":", at)
            token = reply[at:colon + 1 + int(reply[at:colon])]
            keys = arguments.split(b"1:v", 1)  # id, k, salt, seq, sig come before token, v after it
            query = b"d1:ad" + me + keys[0] + b"5:token" + token + b"1:v" + keys[1] + b"e1:q3:put1:t1:p1:y1:qe"
            out.sendto(query, to)
            taken += b"1:y1:r" in out.recvfrom(4096)[0]
    return taken


def main():
    count, entries = int(sys.argv[1]), [each.rsplit(":", 1)[0] for each in sys.argv[2:]]
    nodes = [Node(i) for i in range(count)]
    for i, node in enumerate(nodes):
        node.knows([nodes[(i + step) % count].ip for step in (1, 2, 3, 5, 7, 11)] + entries)
    tell("up")
    for line in sys.stdin:
        order = json.loads(line)
        node, op = nodes[order.get("node", 0)], order["op"]
        if op == "announce":
            add(node, "magnet:?xt=urn:btih:" + order["hash"], "/tmp").force_dht_announce()
            tell("done")
        elif op == "find":
            tell("done", find(node, order["hash"]))
        elif op == "put":
            tell("done", put(node, order, order["value"].encode()))
        elif op == "get":
            tell("done", get(node, order))
        elif op == "blocked":
            for each in nodes:
                each.drain()
            tell("done", " | ".join(text for each in nodes for text in each.alerts)[:2000])
        elif op == "torrent":
            add(node, order["link"], order["dir"])
            tell("done")
        elif op == "leave":
            tell("done", str(leave(nodes, bytes.fromhex(order["target"]), bytes.fromhex(order["arguments"]))))
        else:
            tell("error", "unknown order " + op)


main()
