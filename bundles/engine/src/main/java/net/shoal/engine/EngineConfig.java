package net.shoal.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set about moving content. */
@ObjectClassDefinition(name = "Transfers")
public @interface EngineConfig {
    String PID = "net.shoal.engine";

    @AttributeDefinition(
            description = "connections of all transfers together; 0: as many as open files allow, but at most "
                    + LimitSettings.MOST_BY_DEFAULT,
            min = "0",
            max = "1000000")
    int maxConnections() default 0;

    @AttributeDefinition(description = "peers a transfer is connected to at most", min = "1", max = "10000")
    int maxPeers() default 200;

    @AttributeDefinition(description = "peers a transfer dials at once", min = "1", max = "1000")
    int maxDials() default 16;

    @AttributeDefinition(
            description =
                    "bytes a second that all transfers together may receive, such as 2MiB; 0: no limit. Payload counts,"
                            + " what the protocol adds does not",
            min = "0")
    long downLimit() default 0;

    @AttributeDefinition(
            description = "bytes a second that all transfers together may send, such as 500KiB; 0: no limit",
            min = "0")
    long upLimit() default 0;

    @AttributeDefinition(
            description = "when limits of the night begin to hold, such as 23:00; empty: there is no night")
    String nightFrom() default "";

    @AttributeDefinition(description = "when the night is over, such as 07:00")
    String nightTo() default "";

    @AttributeDefinition(description = "days on which a night begins, such as fri, sat; empty: on all")
    String[] nightDays() default {};

    @AttributeDefinition(description = "in place of downLimit at night; 0: no limit", min = "0")
    long nightDownLimit() default 0;

    @AttributeDefinition(description = "in place of upLimit at night; 0: no limit", min = "0")
    long nightUpLimit() default 0;

    @AttributeDefinition(
            description = "peers a transfer uploads to at once; 0: as few as fill the line",
            min = "0",
            max = "10000")
    int uploadSlots() default 0;

    @AttributeDefinition(
            description = "MiB of content that all transfers together hold in memory until its pieces are whole",
            min = "4",
            max = "4096")
    int writeCache() default 64;

    @AttributeDefinition(
            description = "MiB of content that all transfers together hold in memory to be sent to peers",
            min = "4",
            max = "4096")
    int readCache() default 32;

    @AttributeDefinition(
            description = "threads that read, write and hash; 0: as many as there are processors, from 2 to 4",
            min = "0",
            max = "64")
    int diskThreads() default 0;

    @AttributeDefinition(
            description =
                    "transfers that download at once, the others wait in the queue; 0: as many as there are. One that"
                            + " has moved less than 2 KiB a second for a minute does not count",
            min = "0",
            max = "100000")
    int maxActiveDownloads() default 5;

    @AttributeDefinition(
            description = "transfers that seed at once; 0: as many as there are. The slow ones do not count",
            min = "0",
            max = "100000")
    int maxActiveSeeds() default 0;

    @AttributeDefinition(
            description = "transfers that download or seed at once, the slow ones too; 0: as many as there are",
            min = "0",
            max = "100000")
    int maxActive() default 0;

    @AttributeDefinition(
            description = "uploaded to downloaded at which a download stops seeding; 0: never. What is shared goes on",
            min = "0",
            max = "100000")
    double seedRatio() default 0;

    @AttributeDefinition(
            description = "minutes after which a download of which nobody wants anything stops seeding; 0: never",
            min = "0",
            max = "10000000")
    int seedIdle() default 0;

    @AttributeDefinition(
            description = "before it is ready, a node moves 4 MiB from itself to itself, so that the first download"
                    + " is as quick as the next; takes a few tenths of a second")
    boolean rehearse() default true;

    @AttributeDefinition(description = "storage of transfers that ask for none")
    String storage() default "file";
}
