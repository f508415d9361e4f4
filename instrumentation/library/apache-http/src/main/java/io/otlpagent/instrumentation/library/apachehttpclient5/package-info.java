/** Apache HttpClient 5, classic: advice on the threads that call it, one span for each attempt. */
package io.otlpagent.instrumentation.library.apachehttpclient5;
