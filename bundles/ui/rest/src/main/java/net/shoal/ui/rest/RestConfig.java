package net.shoal.ui.rest;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Folders", description = "Where the web console puts things")
@interface RestConfig {
    String PID = "net.shoal.ui.rest";

    @AttributeDefinition(description = "folder that downloads go to where no other is chosen; ~ is the user's home")
    String downloads() default "~/Downloads";

    @AttributeDefinition(
            description =
                    "folder for files that are shared from a browser, and so have to be kept by the node; ~ is the user's home")
    String uploads() default "~/Shoal";
}
