package net.shoal.storage.file;

import net.shoal.api.transfer.StorageProvider;
import net.shoal.conformance.StorageProviderConformance;

class FileStorageConformanceTest extends StorageProviderConformance {
    @Override
    protected StorageProvider provider() {
        return new FileStorage(4);
    }

    @Override
    protected void end(StorageProvider provider) throws InterruptedException {
        ((FileStorage) provider).deactivate();
    }
}
