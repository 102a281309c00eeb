package net.shoal.secure.mse;

import net.shoal.base.model.Sha1Hash;

/** A secret and the key streams of both directions. */
record Streams(Secret secret, Rc4 in, Rc4 out) {
    static Streams ofDialler(Secret secret, Sha1Hash infoHash) {
        return new Streams(secret, secret.receiver(infoHash), secret.dialler(infoHash));
    }

    static Streams ofReceiver(Secret secret, Sha1Hash infoHash) {
        return new Streams(secret, secret.dialler(infoHash), secret.receiver(infoHash));
    }
}
