/** What a swarm knows of its v2 hash trees (BEP 52): which hashes to fetch from peers, what they prove, and what to answer those who ask us. */
@NullMarked
package net.shoal.engine.merkle;

import org.jspecify.annotations.NullMarked;
