"""Drives libtorrent-rasterbar in this process: rasterbar.py IP PORT STATE-FOLDER [ENCRYPTION]."""
import subprocess

import libtorrent as lt

from driver import LSD, fail, known_to_tracker, serve, tell, until

ALERTS = lt.alert.category_t.status_notification | lt.alert.category_t.error_notification

FORCED, ENABLED, DISABLED = 0, 1, 2
PLAINTEXT, RC4, BOTH = 1, 2, 3
ENCRYPTION = {"off": (DISABLED, BOTH), "preferred": (ENABLED, BOTH), "plaintext": (FORCED, PLAINTEXT), "required": (FORCED, RC4)}


class Rasterbar:
    upload_rate = -1
    process = subprocess.Popen(["true"])  # the client is this process: nothing else to end

    def __init__(self, ip, port, state, encryption="off"):
        policy, level = ENCRYPTION[encryption]
        self.session = lt.session({
            "listen_interfaces": "%s:%d" % (ip, port), "outgoing_interfaces": ip, "alert_mask": ALERTS,
            "enable_dht": False, "enable_lsd": LSD, "enable_upnp": False, "enable_natpmp": False,
            "enable_outgoing_utp": False, "enable_incoming_utp": False,
            "in_enc_policy": policy, "out_enc_policy": policy, "allowed_enc_level": level,
            "allow_multiple_connections_per_ip": True,
            "active_limit": 100, "active_seeds": 100, "active_downloads": 100,
        })

    def add(self, link, folder):
        if link.startswith("magnet:"):
            wanted = lt.parse_magnet_uri(link)
        else:
            wanted = lt.add_torrent_params()
            wanted.ti = lt.torrent_info(link)
        wanted.save_path = folder
        wanted.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        wanted.upload_limit = self.upload_rate  # the session's limit spares local peers
        return self.session.add_torrent(wanted)

    def whole(self, handle):
        status = handle.status()
        if status.errc.value() != 0:
            fail(status.errc.message())
        return status.is_seeding

    def seed(self, torrent, folder, scrape):
        handle = self.add(torrent, folder)
        until(lambda: self.whole(handle))
        until(lambda: known_to_tracker(scrape, torrent))
        tell("seeding")

    def get(self, link, folder, peer):
        handle = self.add(link, folder)
        if peer:
            host, port = peer.rsplit(":", 1)
            handle.connect_peer((host, int(port)))
        until(lambda: self.whole(handle))
        tell("complete")

    def begin(self, link, folder):
        """Adds it, and waits for nothing."""
        self.add(link, folder)
        tell("done")

    def dial(self, peer):
        """Connects what there is to one more peer."""
        host, port = peer.rsplit(":", 1)
        for handle in self.session.get_torrents():
            handle.connect_peer((host, int(port)))
        tell("done")

    def peers(self):
        """The addresses of those it is connected to, whoever dialled."""
        peers = [peer for handle in self.session.get_torrents() for peer in handle.get_peer_info()]
        tell("done", " ".join("%s:%d" % (p.ip[0], p.ip[1]) for p in peers if not p.flags & p.connecting))

    def limit(self, rate):
        self.upload_rate = rate
        tell("done")

    def uploaded(self):
        tell("done", sum(handle.status().total_payload_upload for handle in self.session.get_torrents()))


serve(Rasterbar)
