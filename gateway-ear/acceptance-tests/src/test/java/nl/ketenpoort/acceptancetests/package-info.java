/**
 * Partners against a running gateway, told as stories.
 */
package nl.ketenpoort.acceptancetests;
