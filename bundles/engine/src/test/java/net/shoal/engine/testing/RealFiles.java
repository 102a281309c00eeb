package net.shoal.engine.testing;

import java.lang.annotation.Annotation;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.storage.file.FileStorage;

/** The storage that nodes use. */
public final class RealFiles {
    private RealFiles() {}

    @SuppressWarnings("BadAnnotationImplementation")
    public static StorageProvider storage() {
        return new FileStorage(new FileStorage.Config() {
            @Override
            public int openFiles() {
                return 64;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return FileStorage.Config.class;
            }
        });
    }
}
