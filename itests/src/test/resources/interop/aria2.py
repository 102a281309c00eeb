"""Drives aria2c by its RPC: aria2.py IP PORT STATE-FOLDER [ENCRYPTION]. It learns peers from the tracker only."""
import base64
import json

from driver import DHT, LSD, Rpc, fail, known_to_tracker, serve, spawn, tell, until


ENCRYPTION = {
    "tolerated": [],  # it dials encrypted first all the same, and offers both
    "plaintext": ["--bt-require-crypto=true", "--bt-min-crypto-level=plain"],
    "required": ["--bt-require-crypto=true", "--bt-min-crypto-level=arc4"],
}


def dht(port, state):
    if DHT is None:
        return ["--enable-dht=false"]
    return ["--enable-dht=true", "--dht-listen-port=%d" % port, "--dht-entry-point=" + DHT,
            "--dht-file-path=" + state + "/dht.dat"]


def arguments(ip, port, state, encryption):
    return ENCRYPTION[encryption] + dht(port, state) + [
        "--no-conf", "--enable-rpc", "--rpc-listen-port=%d" % (port + 1000), "--rpc-listen-all=true",
        "--rpc-max-request-size=64M", "--interface=" + ip, "--listen-port=%d" % port, "--dir=" + state,
        "--enable-dht6=false", "--bt-enable-lpd=" + str(LSD).lower(), "--enable-peer-exchange=false",
        "--file-allocation=none", "--bt-max-peers=0", "--seed-ratio=0.0", "--seed-time=100000",
        "--check-integrity=true", "--bt-hash-check-seed=true", "--allow-overwrite=true", "--follow-torrent=true",
        "--bt-request-peer-speed-limit=1000M", "--disable-ipv6=true", "--summary-interval=0", "--quiet=true",
        "--auto-save-interval=0", "--bt-max-open-files=8000", "--log=" + state + "/aria2.log", "--log-level=notice",
    ]


class Aria2:
    def __init__(self, ip, port, state, encryption="tolerated"):
        self.rpc = Rpc(ip, port + 1000, "/jsonrpc")
        self.process = spawn(state, ["aria2c"] + arguments(ip, port, state, encryption))
        self.until(lambda: self.call("getVersion"))

    def until(self, condition):
        return until(condition, self.process)

    def call(self, method, *parameters):
        _, _, body = self.rpc.post({"jsonrpc": "2.0", "id": "1", "method": "aria2." + method, "params": parameters})
        reply = json.loads(body)
        if "error" in reply:
            fail(str(reply["error"]))
        return reply["result"]

    def add(self, link, folder):
        if link.startswith("magnet:"):
            return self.call("addUri", [link], {"dir": folder})
        with open(link, "rb") as file:
            return self.call("addTorrent", base64.b64encode(file.read()).decode(), [], {"dir": folder})

    def whole(self, gid):
        """The gid itself, or for a magnet the one that followed it, has everything and has checked it."""
        status = self.call("tellStatus", gid)
        if status["status"] == "error":
            fail(status.get("errorMessage", ""))
        if "followedBy" in status:
            return self.whole(status["followedBy"][0])
        checking = "verifiedLength" in status or "verifyIntegrityPending" in status
        return status.get("seeder") == "true" and status["completedLength"] == status["totalLength"] and not checking

    def seed(self, torrent, folder, scrape):
        gid = self.add(torrent, folder)
        self.until(lambda: self.whole(gid))
        self.until(lambda: known_to_tracker(scrape, torrent))
        tell("seeding")

    def get(self, link, folder, peer):  # it has no way to be told of a peer
        gid = self.add(link, folder)
        self.until(lambda: self.whole(gid))
        tell("complete")


serve(Aria2)
