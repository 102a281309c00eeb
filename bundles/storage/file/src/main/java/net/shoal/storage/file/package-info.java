/**
 * The storage {@code file}: pieces lie in the very files the user wants, from the first write on. It is the one place of the house that
 * turns names from strangers into paths, and so the one that must not be talked into writing elsewhere: {@link
 * net.shoal.storage.file.DiskNames} makes names that the file system can hold, {@link net.shoal.storage.file.Tree} reaches files
 * without following links. Descriptors are few and shared ({@link net.shoal.storage.file.ChannelPool}).
 */
@NullMarked
package net.shoal.storage.file;

import org.jspecify.annotations.NullMarked;
