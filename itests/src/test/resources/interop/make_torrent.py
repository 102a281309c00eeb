"""Makes a torrent by libtorrent: make_torrent.py SOURCE OUT PIECE-BYTES v1|v2|hybrid TRACKER..."""
import os
import sys

import libtorrent as lt

FLAGS = {"v1": 64, "v2": 32, "hybrid": 0}  # create_torrent::v1_only, v2_only


def main():
    source, out, piece, form, trackers = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:]
    files = lt.file_storage()
    lt.add_files(files, source)
    torrent = lt.create_torrent(files, piece, FLAGS[form])
    for tier, url in enumerate(trackers):
        torrent.add_tracker(url, tier)
    lt.set_piece_hashes(torrent, os.path.dirname(os.path.abspath(source)))
    with open(out, "wb") as file:
        file.write(lt.bencode(torrent.generate()))


main()
