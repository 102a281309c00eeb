package net.shoal.secure.mse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import net.shoal.api.net.SecureLayer;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Ranks above plain: dialled first, and asked first about what comes in, which it leaves to others where it is theirs. */
@Component(
        property = {SecureLayer.NAME + "=" + MseLayer.MSE, "service.ranking:Integer=10"},
        configurationPid = MseConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MseConfig.class)
public final class MseLayer implements SecureLayer {
    static final String MSE = "mse";

    private static final List<Method> PLAINTEXT_FIRST = List.of(Method.PLAINTEXT, Method.RC4);
    private static final List<Method> RC4_FIRST = List.of(Method.RC4, Method.PLAINTEXT);

    private final List<Method> liked;
    private final Workers workers;
    private final Random random;
    private final SwarmKeys swarmKeys = new SwarmKeys();

    @Activate
    public MseLayer(MseConfig config) {
        this(config.prefer(), Workers.oneThread(config.waitingExchanges()), new SecureRandom());
    }

    MseLayer(Method preferred, Workers workers, Random random) {
        this.liked = preferred == Method.PLAINTEXT ? PLAINTEXT_FIRST : RC4_FIRST;
        this.workers = workers;
        this.random = random;
    }

    @Deactivate
    void deactivate() {
        workers.close();
    }

    @Override
    public String name() {
        return MSE;
    }

    @Override
    public Sniff sniff(ByteBuf first) {
        return PlainHeader.sniff(first);
    }

    @Override
    public CompletionStage<Secured> accept(Channel channel, SwarmDirectory candidates, Need need) {
        var exchange = new Receiving(workers, random, swarmKeys, candidates, methods(need));
        channel.pipeline().addFirst(exchange);
        return exchange.done();
    }

    @Override
    public CompletionStage<Secured> secure(Channel channel, Target target, Need need) {
        var exchange = new Dialling(workers, random, target, methods(need));
        channel.pipeline().addFirst(exchange);
        return exchange.done();
    }

    private List<Method> methods(Need need) {
        return need == Need.ENCRYPTED ? List.of(Method.RC4) : liked;
    }
}
