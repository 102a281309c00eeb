"""Drives transmission-daemon by its RPC: transmission.py IP PORT STATE-FOLDER [ENCRYPTION]. It learns peers from the tracker only."""
import json
import os

from driver import DHT, LSD, Rpc, fail, known_to_tracker, serve, spawn, tell, until

SEEDING = 6
ENCRYPTION = {"tolerated": 0, "preferred": 1, "required": 2}


def settings(ip, port, state, encryption):
    return {
        "bind-address-ipv4": ip, "peer-port": port, "rpc-bind-address": ip, "rpc-port": port + 1000,
        "rpc-whitelist-enabled": False, "rpc-host-whitelist-enabled": False, "rpc-authentication-required": False,
        "utp-enabled": False, "dht-enabled": DHT is not None, "lpd-enabled": LSD, "pex-enabled": True,
        "port-forwarding-enabled": False, "encryption": ENCRYPTION[encryption], "preallocation": 1, "download-dir": state,
        "download-queue-enabled": False, "seed-queue-enabled": False, "queue-stalled-enabled": False,
        "scrape-paused-torrents-enabled": False, "message-level": 2,
    }


class Transmission:
    def __init__(self, ip, port, state, encryption="tolerated"):
        with open(os.path.join(state, "settings.json"), "w") as file:
            json.dump(settings(ip, port, state, encryption), file)
        if DHT:
            with open(os.path.join(state, "dht.bootstrap"), "w") as file:
                file.write(DHT.replace(":", " ") + "\n")
        self.rpc, self.session = Rpc(ip, port + 1000, "/transmission/rpc"), ""
        self.process = spawn(state, ["transmission-daemon", "-f", "-g", state])
        self.until(lambda: self.call("session-get", fields=["version"]))

    def until(self, condition):
        return until(condition, self.process)

    def call(self, method, **arguments):
        while True:
            status, headers, body = self.rpc.post(
                {"method": method, "arguments": arguments}, {"X-Transmission-Session-Id": self.session})
            if status != 409:
                reply = json.loads(body)
                if reply["result"] != "success":
                    fail(reply["result"])
                return reply["arguments"]
            self.session = headers["X-Transmission-Session-Id"]

    def add(self, link, folder, **more):
        added = self.call("torrent-add", **{"filename": link, "download-dir": folder, **more})
        return (added.get("torrent-added") or added["torrent-duplicate"])["id"]

    def status(self, ident):
        return self.call("torrent-get", ids=[ident], fields=["status", "percentDone", "errorString"])["torrents"][0]

    def seeding(self, ident):
        status = self.status(ident)
        return status["status"] == SEEDING and status["percentDone"] == 1

    def seed(self, torrent, folder, scrape):
        ident = self.add(torrent, folder)
        self.until(lambda: self.seeding(ident))
        self.until(lambda: known_to_tracker(scrape, torrent))
        tell("seeding")

    def begin(self, link, folder):
        self.add(link, folder)
        tell("done")

    def get(self, link, folder, peer):  # it has no way to be told of a peer
        ident = self.add(link, folder)
        self.until(lambda: self.seeding(ident))
        tell("complete")


serve(Transmission)
