package io.otlpagent.instrumentation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServletMappingsTest {

  @ParameterizedTest
  @CsvSource({
    "/a,        /a,     ,    /a",
    "/a/*,      /a,     ,    /a/*",
    "/a/*,      /a,     /b,  /a/*",
    "/a /a/*,   /a,     ,    /a",
    "/a/* /a,   /a,     ,    /a",
    "/a /a/*,   /a,     /b,  /a/*",
    "*.do,      /x/y.do,,    /*.do",
    "*.do /x/*, /x,     /y.do, /x/*",
    "*.do,      /x/.do, ,    /*.do",
    "*.do,      /do,    ,    ",
    "/a,        /b,     ,    ",
    "/a/*,      /ab,    ,    ",
    "/,         /x,     ,    ",
    "/*,        '',     /x,  ",
    "/ /a,      /x,     ,    ",
    "/ /a,      /a,     ,    /a",
  })
  void patternThatMatchedIsFound(
      String patterns, String servletPath, @Nullable String pathInfo, @Nullable String found) {
    ServletMappings mappings = ServletMappings.of(Arrays.asList(patterns.split(" ")));

    assertThat(mappings.match(servletPath, pathInfo)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({"/, true", "/*, true", "/a /*, true", "'', false", "/a, false", "*.do, false"})
  void servletForTheRestIsKnown(String patterns, boolean matchesAll) {
    assertThat(ServletMappings.of(Arrays.asList(patterns.split(" "))).matchesAll())
        .isEqualTo(matchesAll);
  }

  @Test
  void nothingIsKnownOfAServletWithoutMappings() {
    assertThat(ServletMappings.of(null).matchesAll()).isFalse();
    assertThat(ServletMappings.NONE.match("/a", null)).isNull();
    assertThat(ServletMappings.of(Arrays.asList("/a")).match(null, null)).isNull();
  }
}
