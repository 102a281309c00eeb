package net.shoal.ui.rpc.transmission;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as programs give them: from the root on. */
final class AbsolutePath {
    private static final int LONGEST = 4_096;

    private AbsolutePath() {}

    /** @param name of the argument */
    static Path parse(String name, String text) throws RpcException {
        try {
            var path = Path.of(text);
            if (text.length() <= LONGEST && path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // as said below
        }
        throw new RpcException(name + " is a path from the root on, such as " + System.getProperty("user.home", "/"));
    }
}
