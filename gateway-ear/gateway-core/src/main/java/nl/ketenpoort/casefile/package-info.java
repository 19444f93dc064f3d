/**
 * The case as far as the gateway must know it to decide: its phase, the period of its ban, who has which function in it,
 * whom that function serves, who is protected from whom, and who holds regie. Never the content of the file.
 */
package nl.ketenpoort.casefile;
