package net.shoal.itests.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The methods of this test class, {@code @BeforeEach} and {@code @AfterEach} too, run inside a container made of the distribution's
 * bundles. Fields with {@code @Inject} get a service or the {@code BundleContext}. Parameters must be of types the JDK has.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainerExtension.class)
@interface InNode {}
