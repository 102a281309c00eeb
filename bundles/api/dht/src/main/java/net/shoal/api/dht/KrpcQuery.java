package net.shoal.api.dht;

import java.net.InetSocketAddress;
import net.shoal.base.bencode.BDict;

/**
 * A question of another node.
 *
 * @param arguments as they came, from anybody: everything in them is to be checked
 * @param isProven the sender has shown that it is where it says; anybody else may only have pretended to be there
 * @param room bytes that there are for the values of the reply, encoded. A reply with more is not sent: to who has proven nothing hardly more is
 *     sent than came from there
 */
public record KrpcQuery(InetSocketAddress from, BDict arguments, boolean isProven, int room) {}
