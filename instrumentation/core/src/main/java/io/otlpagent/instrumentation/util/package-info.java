/** Small collections for application threads: weak keys, bounded caches. Nothing here locks. */
package io.otlpagent.instrumentation.util;
