package net.shoal.base.bencode;

/** A bencoded value (BEP 3). */
public sealed interface BValue permits BInteger, BString, BList, BDict {}
