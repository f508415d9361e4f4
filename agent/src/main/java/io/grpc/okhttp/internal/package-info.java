/**
 * Takes the place of one class of grpc-okhttp. It is here under grpc's name because grpc offers no
 * other way; the build leaves grpc's own out.
 */
package io.grpc.okhttp.internal;
