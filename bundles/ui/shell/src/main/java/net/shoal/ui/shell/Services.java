package net.shoal.ui.shell;

import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.node.Home;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.TransferEngine;

/**
 * What the words act on.
 *
 * @param stop stops the node; returns at once
 */
record Services(
        Home home,
        Settings settings,
        FrontDoor frontDoor,
        Network network,
        TransferEngine engine,
        ShareLibrary library,
        TransferNews news,
        HealthChecks healthChecks,
        PluginsNow plugins,
        ContentLinks links,
        ConsoleNow console,
        Runnable stop) {}
