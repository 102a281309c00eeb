package net.shoal.secure.mse;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set about Message Stream Encryption. */
@ObjectClassDefinition(
        name = "Message Stream Encryption",
        description = "The obfuscation that BitTorrent clients speak; whether it is used is a setting of the network")
public @interface MseConfig {
    String PID = "net.shoal.secure.mse";

    @AttributeDefinition(
            description =
                    "what follows the obfuscated greeting where a peer that dials takes either: plaintext, or rc4,"
                            + " which costs both sides CPU")
    Method prefer() default Method.PLAINTEXT;

    @AttributeDefinition(
            description = "key exchanges that may wait for a thread; what comes then is dropped",
            min = "1")
    int waitingExchanges() default 512;
}
