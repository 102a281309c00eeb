/**
 * Fetches content from web servers (BEP 19). {@link WebSource} is the service, a {@link WebSession} one torrent at one URL, which reads
 * parts of files with range requests ({@link WebRead}) over a few connections that it keeps; {@link RangeReply} judges what a server
 * answers, {@link WebReach} where its URL may lead.
 */
@NullMarked
package net.shoal.source.web;

import org.jspecify.annotations.NullMarked;
