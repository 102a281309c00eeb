package net.shoal.automation.watch;

import java.nio.file.attribute.BasicFileAttributes;

/** How a file looks from outside: whoever writes to it changes this. */
record FileMark(long size, long modifiedMillis) {
    static FileMark of(BasicFileAttributes attributes) {
        return new FileMark(attributes.size(), attributes.lastModifiedTime().toMillis());
    }
}
