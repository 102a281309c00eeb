/** What is taken from one address and what is given to it, so that this node neither drowns nor is used to flood others (reliability S5, S6). */
@NullMarked
package net.shoal.discovery.dht.limits;

import org.jspecify.annotations.NullMarked;
