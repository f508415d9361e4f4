/**
 * Takes the place of two classes of okio. They are here under okio's name because okio offers no
 * other way; the build leaves okio's own out.
 */
package okio;
