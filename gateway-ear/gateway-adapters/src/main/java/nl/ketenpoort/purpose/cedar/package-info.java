/** The policies, evaluated by Cedar, from a bundle that lies outside the EAR. */
package nl.ketenpoort.purpose.cedar;
