#!/usr/bin/env bash
# Checks each file under docker/ and .github/ with the program that reads it, one line a check. A program that is missing fails its check
# if CI is true, else the check is skipped; .ci/install-tools.sh installs them all.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

export OTLP_AGENT_TOOLS=${OTLP_AGENT_TOOLS:-$PWD/target/tools}
export PATH=$OTLP_AGENT_TOOLS:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
kubernetes=1.34.0  # the version that the chart is rendered for

# check 'what is checked' 'programs' COMMAND...
check() {
  local what=$1 programs=$2 program
  shift 2
  for program in $programs; do
    if ! command -v "$program" >/dev/null && [ ! -e "$OTLP_AGENT_TOOLS/$program" ]; then
      if [ "${CI:-}" = true ]; then
        printf 'FAIL  %s: no %s\n' "$what" "$program"
        failed=$((failed + 1))
      else
        printf 'skip  %s: no %s (.ci/install-tools.sh)\n' "$what" "$program"
        skipped=$((skipped + 1))
      fi
      return
    fi
  done
  if "$@" >"$work/output" 2>&1 </dev/null; then
    printf 'ok    %s\n' "$what"
    passed=$((passed + 1))
  else
    printf 'FAIL  %s\n' "$what"
    sed 's/^/      /' "$work/output"
    failed=$((failed + 1))
  fi
}

refuses() { ! "$@"; }
same() { cmp "$1" "$2"; }

compose() {
  env POSTGRES_PASSWORD=a GRAFANA_ADMIN_PASSWORD=b compose-config docker/compose.yaml
}
compose_promises() {
  compose | python3 -c '
import json, sys
services = json.load(sys.stdin)["services"]
assert len(services) == 8, sorted(services)
for name, service in services.items():
    resources = service["deploy"]["resources"]
    assert resources["limits"] == {"cpus": 0.5, "memory": "536870912"}, name
    assert resources["reservations"] == {"cpus": 0.25, "memory": "268435456"}, name
    assert service["restart"] == "unless-stopped", name
    assert any(c.isdigit() for c in service["image"].rpartition(":")[2]), name + ": image without a version"
    assert all(v["type"] != "bind" or v["read_only"] for v in service.get("volumes", [])), name + ": a file that can be written"
    assert all(p["host_ip"] == "127.0.0.1" for p in service.get("ports", [])), name + ": a port open to others"
    assert "healthcheck" in service or name == "collector", name'
}

collector() {
  env COLLECTOR_GATEWAY_HOST=gateway TRACE_BACKEND_ENDPOINT=backend:4317 otelcol validate --config "$1"
}

dashboards() {
  python3 .ci/check-dashboards.py rules >"$work/dashboards.yml" && promtool check rules "$work/dashboards.yml"
}

# Kubernetes' own resources by its schemas; the others by ours, of which .ci/schemas has one for each kind.
resources() {
  kubeconform -strict -summary \
    -schema-location "$OTLP_AGENT_TOOLS/kubernetes-schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json" \
    -schema-location "$PWD/.ci/schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json" "$@"
}

kustomization() {
  kustomize build "$1" >"$work/kustomized.yaml" && resources "$work/kustomized.yaml"
}

# A component is built as a part of the base, as an overlay of yours would.
component() {
  printf 'resources: [%s]\ncomponents: [%s]\n' docker/kubernetes/base "$1" >"$work/component"
  mkdir -p "$work/overlay" && cp -R docker "$work/overlay/" && mv "$work/component" "$work/overlay/kustomization.yaml" \
    && kustomization "$work/overlay" && grep -q 'kind: RoleBinding' "$work/kustomized.yaml"
}

chart=docker/helm/otlp-agent
lint() { helm lint --strict --kube-version "$kubernetes" "$chart" ${1:+-f "$1"}; }
render() {
  helm template shop "$chart" --namespace shop --kube-version "$kubernetes" ${1:+-f "$1"} >"$work/rendered.yaml" && resources "$work/rendered.yaml"
}
render_with() { helm template shop "$chart" --kube-version "$kubernetes" --set "$1"; }

no_agent_probe() {
  render_with autoscaling.enabled=true >"$work/probes.yaml" && ! grep -A4 Probe: "$work/probes.yaml" | grep -q 'port: agent' \
    && render_with probes.target=agent | grep -A4 Probe: | grep -q 'port: agent'
}

# What a chart's values make of the alert rules is what Prometheus reads.
chart_rules() {
  render_with prometheusRule.enabled=true | python3 -c '
import sys
document = next(d for d in sys.stdin.read().split("\n---\n") if "kind: PrometheusRule" in d)
print("\n".join(line[2:] for line in document.split("spec:\n", 1)[1].split("\n")))' >"$work/chart-rules.yml" \
    && promtool check rules "$work/chart-rules.yml"
}

check 'Dockerfile' hadolint hadolint docker/Dockerfile
# shellcheck disable=SC2046 # names are words
check 'shell scripts' shellcheck shellcheck .ci/run $(find .ci docker -name '*.sh' | sort)

check 'Compose: docker/compose.yaml' compose-config compose
check 'Compose: limits, restart, pinned image, read-only files and local ports of each service' 'compose-config python3' compose_promises
check 'Compose: no password by default' compose-config refuses env -u POSTGRES_PASSWORD -u GRAFANA_ADMIN_PASSWORD compose-config docker/compose.yaml

for file in compose agent gateway; do
  check "collector: docker/collector/$file.yaml" otelcol collector "docker/collector/$file.yaml"
done

check 'Prometheus: docker/prometheus/prometheus.yml' promtool promtool check config docker/prometheus/prometheus.yml
check 'Prometheus: each alert fires, and does not' promtool promtool test rules docker/prometheus/alerts_test.yml
check 'Alertmanager: docker/prometheus/alertmanager.yml' amtool amtool check-config docker/prometheus/alertmanager.yml
check 'Grafana: dashboards and their queries' 'python3 promtool' dashboards

for folder in base overlays/production collector operator; do
  check "Kubernetes: docker/kubernetes/$folder" 'kustomize kubeconform kubernetes-schemas' kustomization "docker/kubernetes/$folder"
done
check 'Kubernetes: docker/kubernetes/rbac' 'kustomize kubeconform kubernetes-schemas' component docker/kubernetes/rbac
check 'Argo CD: docker/argocd/application.yaml' kubeconform resources docker/argocd/application.yaml

check 'Helm: chart with its own values' helm lint
check 'Helm: resources with its own values' 'helm kubeconform kubernetes-schemas' render
for file in "$chart"/ci/*.yaml; do
  check "Helm: chart with ${file##*/}" helm lint "$file"
  check "Helm: resources with ${file##*/}" 'helm kubeconform kubernetes-schemas' render "$file"
done
check 'Helm: a key that is not there is refused' helm refuses render_with config.otlp.protocl=grpc
check 'Helm: a port out of range is refused' helm refuses render_with config.server.port=70000
check 'Helm: a variable that the chart sets is refused' helm refuses render_with 'env[0].name=JAVA_TOOL_OPTIONS,env[0].value=x'
check 'Helm: no probe asks the agent unless told to' helm no_agent_probe
check 'Helm: a probe of an agent that is not there is refused' helm refuses render_with probes.target=agent,agent.enabled=false
check "Helm: the chart's alert rules" 'helm promtool python3' chart_rules
check "Helm: the chart's alert rules are those of Compose" cmp same docker/prometheus/alerts.yml "$chart/files/alerts.yml"
check "Helm: the chart takes the settings of SETTINGS.md, and no others" python3 .ci/check-chart-settings.py
for tier in agent gateway; do
  check "Helm: the chart's collector-$tier.yaml is docker/collector/$tier.yaml" cmp same "docker/collector/$tier.yaml" "$chart/files/collector-$tier.yaml"
done

check 'GitHub: workflows' 'actionlint shellcheck' actionlint -color=false

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
