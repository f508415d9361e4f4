@org.jspecify.annotations.NullUnmarked
package io.otlpagent.instrumentation.library.apachehttpclient5;
