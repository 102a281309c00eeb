/** Tests of what transfers share. */
package net.shoal.engine.limits;
