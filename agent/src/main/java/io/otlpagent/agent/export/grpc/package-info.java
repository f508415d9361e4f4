/**
 * OTLP over gRPC, on grpc's own transport. The only package that names types of grpc, which are
 * loaded with the first export. Called like the other transports; its callbacks run on threads of
 * grpc.
 */
package io.otlpagent.agent.export.grpc;
