/** The seams of the network, the one API that names Netty: a connection is a Netty {@code Channel}. A {@link net.shoal.api.net.Transport} makes channels, a {@link net.shoal.api.net.SecureLayer} turns them into secure ones, the {@link net.shoal.api.net.Connector} races both, and the {@link net.shoal.api.net.FrontDoor} receives what others dial. */
@Export
@Version("0.1.0")
@NullMarked
package net.shoal.api.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
