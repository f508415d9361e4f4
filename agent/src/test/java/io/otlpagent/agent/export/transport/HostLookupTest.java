package io.otlpagent.agent.export.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.agent.export.Requests;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class HostLookupTest {

  private static final InetAddress[] FOUND = {InetAddress.getLoopbackAddress()};

  private final AtomicInteger lookups = new AtomicInteger();

  @Test
  void aLookupThatHangsEndsWithTheAttemptAndIsNotDoubled() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    HostLookup lookup =
        new HostLookup(
            host -> {
              lookups.incrementAndGet();
              try {
                answer.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException(host);
              }
              return FOUND;
            });

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> lookup.addresses("collector", Requests.deadline(20)))
          .isInstanceOf(SocketTimeoutException.class);
    }
    answer.countDown();

    assertThat(lookup.addresses("collector", Requests.deadline(20_000))).isEqualTo(FOUND);
    assertThat(lookups).hasValue(1);
  }

  @Test
  void aNameThatIsUnknownIsLookedUpAgain() throws Exception {
    HostLookup lookup =
        new HostLookup(
            host -> {
              if (lookups.incrementAndGet() == 1) {
                throw new UnknownHostException(host);
              }
              return FOUND;
            });

    assertThatThrownBy(() -> lookup.addresses("collector", Requests.deadline(20_000)))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("collector");
    assertThat(lookup.addresses("collector", Requests.deadline(20_000))).isEqualTo(FOUND);
  }

  @Test
  void anAddressNeedsNoOtherThread() throws Exception {
    Thread caller = Thread.currentThread();
    HostLookup lookup =
        new HostLookup(
            host -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              return FOUND;
            });

    for (String address : new String[] {"127.0.0.1", "[::1]", "[fe80::1]"}) {
      assertThat(lookup.addresses(address, Requests.deadline(20_000))).isEqualTo(FOUND);
    }
  }
}
