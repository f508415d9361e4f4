package io.otlpagent.instrumentation.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentPortsTest {

  @AfterEach
  void forget() {
    AgentPorts.hold(List.of());
  }

  @Test
  void aPortOfTheAgentsThatTheApplicationCannotHaveIsNoted() {
    AgentPorts.hold(List.of(9464, 9465));

    AgentPorts.refused(8080);
    assertThat(AgentPorts.wanted()).isZero();
    AgentPorts.refused(9465);

    assertThat(AgentPorts.wanted()).isEqualTo(9465);
  }

  @Test
  void aPortThatTheAgentItselfCouldNotHaveIsForgotten() {
    AgentPorts.hold(List.of(9464));
    AgentPorts.refused(9464);

    AgentPorts.hold(List.of());

    assertThat(AgentPorts.wanted()).isZero();
  }
}
