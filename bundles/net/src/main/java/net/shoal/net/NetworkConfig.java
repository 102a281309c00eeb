package net.shoal.net;

import net.shoal.api.net.NetworkScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One configuration for the components of this bundle. A change of scope or event loops restarts all that uses the network. */
@ObjectClassDefinition(
        name = "Network",
        description = "Where the node listens, how far it reaches, how connections are secured")
@interface NetworkConfig {
    String PID = "net.shoal.net";

    @AttributeDefinition(description = "how far the node reaches: loopback, lan or internet")
    NetworkScope scope() default NetworkScope.INTERNET;

    @AttributeDefinition(
            description =
                    "[HOST:]PORT for incoming peers, may be several; 0 is any port; with a HOST it also dials from there;"
                            + " empty is port " + ListenAddress.DEFAULT_PORT + ", or any if that is taken")
    String[] listen() default {};

    @AttributeDefinition(
            description =
                    "peer channels: prefer is the best both sides can, require only authenticated TLS, mse and plain only those")
    SecurityPolicy security() default SecurityPolicy.PREFER;

    @AttributeDefinition(
            description = "threads that serve connections; 0 is one a core, but at most " + EventLoops.MOST_BY_DEFAULT,
            min = "0",
            max = "64")
    int eventLoops() default 0;

    @AttributeDefinition(
            description = "connections that may be on their way out at a time; more wait",
            min = "1",
            max = "1000")
    int halfOpen() default 100;
}
