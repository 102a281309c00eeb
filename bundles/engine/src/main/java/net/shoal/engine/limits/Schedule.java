package net.shoal.engine.limits;

import java.time.LocalDateTime;
import java.util.Optional;

/** Which rates hold when. */
public record Schedule(Rates day, Rates atNight, Optional<Night> night) {
    public static final Schedule UNLIMITED = new Schedule(Rates.UNLIMITED, Rates.UNLIMITED, Optional.empty());

    public Rates at(LocalDateTime moment) {
        return isNight(moment) ? atNight : day;
    }

    boolean isNight(LocalDateTime moment) {
        return night.filter(hours -> hours.isAt(moment)).isPresent();
    }
}
