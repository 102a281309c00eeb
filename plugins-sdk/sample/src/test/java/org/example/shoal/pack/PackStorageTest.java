package org.example.shoal.pack;

import net.shoal.api.transfer.StorageProvider;
import net.shoal.conformance.StorageProviderConformance;

/** What every storage must do, done by this one. */
class PackStorageTest extends StorageProviderConformance {
    @Override
    protected StorageProvider provider() {
        return new PackStorage(0);
    }

    /** A pack holds them all. */
    @Override
    protected boolean keepsFilesApart() {
        return false;
    }
}
