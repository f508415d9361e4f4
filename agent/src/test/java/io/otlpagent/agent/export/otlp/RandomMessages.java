package io.otlpagent.agent.export.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;

/**
 * Fills messages of any type with values of every kind, the extreme ones among them; but no
 * negative zero, whose sign Protobuf's parser of JSON loses.
 */
public final class RandomMessages {

  private static final int DEEPEST = 9;
  private static final List<Long> LONGS = List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<Double> DOUBLES =
      List.of(
          0.0,
          1.0,
          0.1,
          1e300,
          -1e-300,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private final Random random;

  public RandomMessages(long seed) {
    random = new Random(seed);
  }

  public <B extends Message.Builder> B fill(B builder) {
    fill(builder, 0);
    return builder;
  }

  private void fill(Message.Builder builder, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if ((message && depth == DEEPEST) || random.nextInt(10) < (depth < 3 ? 1 : 4)) {
        continue;
      }
      if (field.isRepeated()) {
        int count = random.nextInt(message ? 3 : 5);
        for (int i = 0; i < count; i++) {
          builder.addRepeatedField(field, value(builder, field, depth));
        }
      } else {
        builder.setField(field, value(builder, field, depth));
      }
    }
  }

  private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
    switch (field.getJavaType()) {
      case MESSAGE:
        Message.Builder nested = builder.newBuilderForField(field);
        fill(nested, depth + 1);
        return nested.build();
      case STRING:
        return text();
      case BYTE_STRING:
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
      case BOOLEAN:
        return random.nextBoolean();
      case ENUM:
        List<?> values = field.getEnumType().getValues();
        return values.get(random.nextInt(values.size()));
      case INT:
        return (int) number();
      case LONG:
        return number();
      case DOUBLE:
        return random.nextBoolean()
            ? DOUBLES.get(random.nextInt(DOUBLES.size()))
            : Double.valueOf(random.nextGaussian() * 1e6);
      default:
        throw new IllegalArgumentException(field.toString());
    }
  }

  private long number() {
    return random.nextInt(3) == 0
        ? LONGS.get(random.nextInt(LONGS.size()))
        : random.nextLong() >> random.nextInt(64);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(' ' + 1));
        case 1 -> text.append("\"\\/\u007F\u2028\u2029\u0080\uFFFD".charAt(random.nextInt(8)));
        case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> text.append((char) (' ' + random.nextInt(0x2000)));
      }
    }
    return text.toString();
  }
}
