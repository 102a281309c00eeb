package net.shoal.automation.command;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set about the command. */
@ObjectClassDefinition(name = "Command on completion")
public @interface CommandConfig {
    String PID = "net.shoal.automation.command";

    @AttributeDefinition(
            description = "program and arguments to run when a download is complete, separated by commas; an argument"
                    + " may be %path, %name, %folder, %id or %size; empty for none",
            required = false)
    String[] onCompletion() default {};

    @AttributeDefinition(description = "seconds after which it is ended", min = "1", max = "86400")
    int timeout() default 600;

    @AttributeDefinition(description = "how many run at once; others wait", min = "1", max = "32")
    int atOnce() default 2;
}
