/**
 * Makes the parts of the export of the settings. Used at start, when settings change, and by the
 * command line.
 */
package io.otlpagent.agent.wiring;
