package net.shoal.ui.rpc.transmission;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set about the interface of Transmission. */
@ObjectClassDefinition(
        name = "Transmission",
        description =
                "The interface of Transmission, for programs that speak to it, such as transmission-remote, Sonarr and Radarr")
@interface TransmissionConfig {
    String PID = "net.shoal.ui.rpc.transmission";

    @AttributeDefinition(
            description =
                    "whether programs that speak to Transmission may steer this node: at /transmission/rpc where the"
                            + " console is, by any user name and the password that `shoal console --password` sets")
    boolean enabled() default false;
}
