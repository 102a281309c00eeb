package net.shoal.engine.testing;

import net.shoal.api.transfer.StorageProvider;
import net.shoal.conformance.StorageProviderConformance;

/** What stands in for storage in tests does what storage must. */
class MemoryStorageTest extends StorageProviderConformance {
    @Override
    protected StorageProvider provider() {
        return new MemoryStorage();
    }
}
