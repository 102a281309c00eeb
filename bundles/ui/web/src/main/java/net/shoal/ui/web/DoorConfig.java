package net.shoal.ui.web;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Web console", description = "Where the console is, and who may use it")
@interface DoorConfig {
    String PID = "net.shoal.ui.web";

    @AttributeDefinition(
            description =
                    "HOST:PORT of the console, 0 is any port, or off; for others than this machine it takes a password, and is HTTPS;"
                            + " empty is 127.0.0.1:" + ConsolePlace.DEFAULT_PORT + ", or any port if that is taken")
    String listen() default "";

    @AttributeDefinition(
            description =
                    "names that this machine goes by in a browser's address line, beside its addresses and localhost: requests for others are refused")
    String[] hosts() default {};

    @AttributeDefinition(
            description = "hours after which a browser that was not used has to sign in again",
            min = "1",
            max = "720")
    int sessionHours() default 168;

    @AttributeDefinition(
            description = "the password as $argon2id$…, in place of the one that `shoal console --password` sets",
            type = AttributeType.PASSWORD)
    String passwordHash() default "";

    @AttributeDefinition(
            description =
                    "certificate and key for HTTPS, a PEM or PKCS 12 file; empty: one is made, which browsers warn of once")
    String certificate() default "";

    @AttributeDefinition(description = "password of the PKCS 12 file", type = AttributeType.PASSWORD)
    String certificatePassword() default "";
}
