"""Prints the magnet link of a torrent file, as libtorrent makes it: magnet.py TORRENT"""
import sys

import libtorrent as lt

print(lt.make_magnet_uri(lt.torrent_info(sys.argv[1])))
