package net.shoal.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set about moving content. */
@ObjectClassDefinition(name = "Transfers")
public @interface EngineConfig {
    String PID = "net.shoal.engine";

    @AttributeDefinition(description = "peers a transfer is connected to at most", min = "1", max = "10000")
    int maxPeers() default 200;

    @AttributeDefinition(description = "peers a transfer dials at once", min = "1", max = "1000")
    int maxDials() default 16;

    @AttributeDefinition(
            description = "peers a transfer uploads to at once; 0: as many as the upload rate is worth",
            min = "0",
            max = "10000")
    int uploadSlots() default 0;

    @AttributeDefinition(
            description = "MiB of content that a transfer holds in memory until its pieces are whole",
            min = "4",
            max = "4096")
    int writeCache() default 64;

    @AttributeDefinition(
            description = "MiB of content that a transfer holds in memory to be sent to peers",
            min = "4",
            max = "4096")
    int readCache() default 32;

    @AttributeDefinition(
            description = "threads that read, write and hash; 0: as many as there are processors, from 2 to 4",
            min = "0",
            max = "64")
    int diskThreads() default 0;

    @AttributeDefinition(description = "storage of transfers that ask for none")
    String storage() default "file";
}
