package net.shoal.ui.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.node.Home;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.command.TransferKey;
import net.shoal.base.command.Vocabulary;
import net.shoal.base.command.Word;
import net.shoal.base.model.InfoHashes;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The words of the vocabulary in the Gogo shell, scope {@code shoal}. There only where a shell is: a headless node has no
 * {@link CommandProcessor}, and then no class of Gogo is loaded.
 */
@Component(
        immediate = true,
        service = {},
        property = {"shoal.needed:Boolean=false"})
public final class GogoWords {
    private static final String SCOPE = "shoal";

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    private final BundleContext context;
    private final Executable commands;
    private final Home home;
    private final FrontDoor frontDoor;
    private final TransferEngine engine;
    private final PluginsNow plugins;
    private final Settings settings;

    @Activate
    public GogoWords(
            BundleContext context,
            @Reference Executable commands,
            @Reference Home home,
            @Reference FrontDoor frontDoor,
            @Reference TransferEngine engine,
            @Reference PluginsNow plugins,
            @Reference Settings settings,
            @Reference CommandProcessor processor) {
        this.context = context;
        this.commands = commands;
        this.home = home;
        this.frontDoor = frontDoor;
        this.engine = engine;
        this.plugins = plugins;
        this.settings = settings;
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        Vocabulary.words().stream()
                .filter(GogoWords::isForARunningNode)
                .map(word -> word.name().split(" ", 2)[0])
                .distinct()
                .forEach(name -> register(name, new GogoWord(name, commands)));
        register("help", (session, args) -> GogoShell.help(session, args));
        register("welcome", (session, args) -> GogoShell.welcome(session, home, frontDoor));
        register("exit", new GogoWord(Vocabulary.STOP, commands));
        register("pluginNames", (session, args) -> plugins.names());
        register("ids", (session, args) -> ids(engine, args));
        register("changes", (session, args) -> changes());
        register("settings", (session, args) -> settings.list().stream()
                .map(Settings.Setting::key)
                .toList());
    }

    static boolean isForARunningNode(Word word) {
        return word.runs() == Word.Runs.IN_NODE || word.runs() == Word.Runs.IN_ANY_NODE;
    }

    private void register(String name, Function function) {
        var properties = Map.of("osgi.command.scope", SCOPE, "osgi.command.function", new String[] {name});
        registrations.add(context.registerService(Function.class, function, FrameworkUtil.asDictionary(properties)));
    }

    // what Tab completes with

    /** @param more that may stand in place of one */
    private static List<String> ids(TransferEngine engine, List<Object> more) {
        var ids = engine.list().stream().map(Transfer::hashes).map(InfoHashes::hex);
        return Stream.concat(ids, more.stream().map(String::valueOf)).toList();
    }

    /** Every {@code KEY=VALUE} that makes sense as it is, or as a beginning; the shell would take a bare * for files that lie here. */
    static List<String> changes() {
        return Arrays.stream(TransferKey.values())
                .flatMap(key -> key.completions().stream())
                .map(word -> word.replace("*", "'*'"))
                .toList();
    }

    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}
