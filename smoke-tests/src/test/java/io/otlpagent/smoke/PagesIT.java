package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of a web application, which Jasper compiles and runs. */
final class PagesIT {

  private record Page(String path, int status, String route) {}

  private static final List<Page> PAGES =
      List.of(
          new Page("/app/", 200, "/app/index.jsp"),
          new Page("/app/shop/", 200, "/app/shop/index.jsp"),
          new Page("/app/shop/item.jsp?id=1", 200, "/app/shop/item.jsp"),
          new Page("/app/shop/item.jsp;jsessionid=12", 200, "/app/shop/item.jsp"),
          new Page("/app/shop/fails.jsp", 500, "/app/shop/fails.jsp"),
          new Page("/app/feed.jspx", 200, "/app/feed.jspx"),
          new Page("/app/missing.jsp", 404, "/app/*.jsp"),
          new Page("/app/shop/missing.jsp", 404, "/app/*.jsp"),
          new Page("/app/report", 200, "/app/report"),
          new Page("/app/forward", 200, "/app/forward"),
          new Page("/app/include", 200, "/app/include"),
          new Page("/app/nothing", 404, "/app/*"));

  @ParameterizedTest
  @CsvSource({"jasper-9, true", "jasper-11, false"})
  void pageThatExistsIsTheRoute(String server, boolean javax) throws Exception {
    String classPath = Programs.compile("pages", server, 11, javax, Programs.server(server));
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(JavaHome.running(), receiver.endpoint())
                    .program("-cp", classPath, "PageServer"))) {
      int port = process.awaitPort();
      for (Page page : PAGES) {
        assertThat(Http.status(port, page.path())).as(page.path()).isEqualTo(page.status());
      }

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(receiver.store().spans()).hasSize(PAGES.size()));
      assertThat(receiver.store().spans())
          .allMatch(span -> span.name().equals("GET " + span.attribute("http.route")))
          .extracting(PagesIT::routed)
          .containsExactlyInAnyOrderElementsOf(
              PAGES.stream().map(page -> withoutQuery(page.path()) + " " + page.route()).toList());
      receiver.assertSound();
    }
  }

  private static String routed(ReceivedSpan span) {
    return withoutQuery(span.attribute("url.path")) + " " + span.attribute("http.route");
  }

  private static String withoutQuery(String path) {
    return path.replaceAll("[?;].*", "");
  }
}
