/** Routes per region, read from the policy bundle. */
package nl.ketenpoort.casefile.routes;
