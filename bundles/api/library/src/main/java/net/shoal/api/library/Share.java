package net.shoal.api.library;

import net.shoal.api.transfer.Transfer;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;

/** A share that is being served. */
public record Share(Transfer transfer, Metainfo metainfo, MagnetLink link) {}
