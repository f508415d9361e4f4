package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;

/** Another way for encoded requests than to the collector, and only there. */
interface RequestRoute {

  /**
   * Settles the spans of a request in the ledger, or leaves it all to the caller.
   *
   * @param request the caller's again afterwards
   * @return false if nothing was done
   */
  boolean take(byte[] request, int length, int spans);

  /** Learns that a request that went another way failed, before it comes here. */
  void failed(ExportResult result);
}
