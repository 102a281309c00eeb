package net.shoal.automation.watch;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set about watched folders. */
@ObjectClassDefinition(name = "Watched folders")
public @interface WatchConfig {
    String PID = "net.shoal.automation.watch";

    @AttributeDefinition(
            description =
                    "folders whose .torrent and .magnet files are added; several separated by commas, empty for none",
            required = false)
    String[] folders() default {};

    @AttributeDefinition(
            description = "where their content is downloaded to; empty for a folder 'downloads' in the watched one",
            required = false)
    String to() default "";

    @AttributeDefinition(
            description = "what becomes of a file that was added: .added behind its name, gone, or as it is")
    Afterwards afterwards() default Afterwards.RENAME;

    @AttributeDefinition(description = "seconds between two looks", min = "1", max = "3600")
    int interval() default 5;

    /** What becomes of a file that was added. */
    enum Afterwards {
        RENAME,
        DELETE,
        KEEP
    }
}
