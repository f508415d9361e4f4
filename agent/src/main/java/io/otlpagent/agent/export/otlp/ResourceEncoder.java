package io.otlpagent.agent.export.otlp;

import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.Map;

/** Makes the {@code resource} field of {@code ResourceSpans}, once: it is in every request. */
final class ResourceEncoder {

  private ResourceEncoder() {}

  static byte[] encode(Resource resource) {
    ProtoBuffer buffer = new ProtoBuffer();
    AttributeEncoder attributes =
        new AttributeEncoder(
            buffer, new AttributeLimits(Integer.MAX_VALUE, AttributeLimits.MAX_VALUE_LENGTH, 0));
    int start = buffer.begin(OtlpFields.RESOURCE_SPANS_RESOURCE, 2);
    attributes.begin(OtlpFields.RESOURCE_ATTRIBUTES);
    for (Map.Entry<String, Object> attribute : resource.attributes().entrySet()) {
      AttributeKey key = AttributeKey.of(attribute.getKey());
      Object value = attribute.getValue();
      if (value instanceof Long) {
        attributes.put(key, (long) value);
      } else {
        attributes.put(key, value.toString());
      }
    }
    buffer.end(start, 2);
    return buffer.toByteArray();
  }
}
