package net.shoal.ui.rpc.transmission;

import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Turns the interface on and off as the setting says; of a node where it is off nothing else of this bundle is ever loaded. */
@Component(
        service = {},
        immediate = true,
        configurationPid = TransmissionConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TransmissionConfig.class)
public final class TransmissionSwitch {
    @Activate
    public TransmissionSwitch() {}

    @Activate
    @Modified
    void turn(ComponentContext context, TransmissionConfig config) {
        if (config.enabled()) {
            context.enableComponent(TransmissionServlet.NAME);
        } else {
            context.disableComponent(TransmissionServlet.NAME);
        }
    }
}
