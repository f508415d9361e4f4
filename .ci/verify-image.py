#!/usr/bin/env python3
"""Carries out docker/Dockerfile without a container engine, and proves that its images start.

Each stage gets a root of its own over this machine's files, which stand where base images would: they bring the JDK, Maven and wget, so
the stages that build are run for real, and of the others only what installs packages or makes users of a base image is left out. Then
`agent` is used as an init container and as the OpenTelemetry Operator use it, and `shop` and `demo` are started as the user of the
Dockerfile on a read-only root, with an empty network of their own, until their HEALTHCHECK succeeds and the agent is ready.

Usage: verify-image.py [--fresh]
--fresh   builds with an empty Maven repository, and after the stage `dependencies` offline: that its layer has everything.
Needs root and unshare. What the stages `shop` and `demo` copy stays in target/images. Two minutes; a few more with --fresh.
"""
import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
IMAGES = ROOT / "target/images"
# Only a base image has these.
BASE_ONLY = re.compile(r"^apk ")
PATIENCE = 180


def say(text):
    print(text, flush=True)


def fail(text):
    raise SystemExit(f"FAIL  {text}")


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode:
        fail(f"{shlex.join(map(str, command))}\n{done.stdout[-4000:]}")
    return done.stdout


def instructions():
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "docker/Dockerfile").read_text(), flags=re.M)
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        if line.strip():
            yield line.split(None, 1)


def context(folder):
    """A copy of what .dockerignore lets through, of the files that git knows."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().split("\n") if line and not line.startswith("#")]
    files = run("git", "-c", f"safe.directory={ROOT}", "ls-files", "-co", "--exclude-standard", cwd=ROOT).splitlines()
    for file in files:
        sent = True
        parts = pathlib.PurePosixPath(file)
        paths = [str(parts), *map(str, list(parts.parents)[:-1])]
        for rule in rules:
            pattern = rule.lstrip("!")
            patterns = [pattern, pattern[3:]] if pattern.startswith("**/") else [pattern]
            if any(fnmatch.fnmatchcase(path, p) for path in paths for p in patterns):
                sent = rule.startswith("!")
        if sent and (ROOT / file).is_file():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)


class Stage:
    def __init__(self, name, base, folder):
        self.name, self.folder = name, folder / name
        self.root = self.folder / "root"
        self.workdir = base.workdir if base else "/"
        self.environment = dict(base.environment) if base else {}
        self.entry, self.command = (base.entry, base.command) if base else ([], [])
        self.user, self.health = (base.user, base.health) if base else ("0:0", [])
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir(parents=True)
        # The layers below: the nearest first.
        self.layers = [self.folder / "upper", *(base.layers if base else [])]
        lower = ":".join([*map(str, self.layers[1:]), "/"])
        run("mount", "-t", "overlay", "overlay", "-o", f"lowerdir={lower},upperdir={self.folder}/upper,workdir={self.folder}/work", self.root)
        for system in ("proc", "dev"):
            run("mount", "--rbind", f"/{system}", self.root / system)

    def inside(self, *command, user="0:0", network=True, environment=None, mounts=()):
        for source, target in mounts:
            (self.root / target[1:]).mkdir(exist_ok=True)
            run("mount", "--bind", source, self.root / target[1:])
        variables = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/root"), **(environment or self.environment)}
        if "JAVA_HOME" in os.environ:
            variables["JAVA_HOME"] = os.environ["JAVA_HOME"]
        alone = [] if network else ["nsenter", "--net=/run/netns/image"]
        return [*alone, "chroot", f"--userspec={user}", "--groups=", self.root, "env", "-i", "-C", self.workdir,
                *(f"{key}={value}" for key, value in variables.items()), *command]

    def copy(self, arguments, sources):
        mode, words = None, []
        for word in arguments.split():
            if word.startswith("--chmod="):
                mode = int(word[8:], 8)
            elif not word.startswith("--from="):
                words.append(word)
        *files, target = words
        place = self.root / os.path.join(self.workdir, target)[1:].rstrip("/")
        if target.endswith("/") or len(files) > 1:
            place.mkdir(parents=True, exist_ok=True)
        for file in files:
            source = sources / file.lstrip("/")
            if source.is_dir():
                shutil.copytree(source, place, dirs_exist_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, place / source.name if place.is_dir() else place)
            copied = place if source.is_dir() else (place / source.name if place.is_dir() else place)
            for path in [copied, *copied.rglob("*")] if mode else []:
                path.chmod(mode)


def build(folder, fresh):
    stages, stage = {}, None
    (folder / "context").mkdir()
    context(folder / "context")
    if fresh:
        repository = pathlib.Path.home() / ".m2"
        (folder / "repository").mkdir()
        # Whoever is settled here stays; only what was fetched before does not count.
        for settings in repository.glob("*.xml"):
            shutil.copy2(settings, folder / "repository")
        run("mount", "--bind", folder / "repository", repository)
    for instruction, arguments in instructions():
        if instruction == "FROM":
            base, name = re.fullmatch(r"(?:--platform=\S+ )?(\S+) AS (\S+)", arguments).groups()
            stage = stages[name] = Stage(name, stages.get(base), folder)
            if fresh:
                run("mount", "--rbind", folder / "repository", stage.root / repository.relative_to("/"))
                if name not in ("poms", "dependencies"):
                    (folder / "repository/settings.xml").write_text("<settings><offline>true</offline></settings>")
        elif instruction == "WORKDIR":
            stage.workdir = arguments
            (stage.root / arguments[1:]).mkdir(parents=True, exist_ok=True)
        elif instruction == "COPY":
            origin = re.search(r"--from=(\S+)", arguments)
            stage.copy(arguments, stages[origin.group(1)].root if origin else folder / "context")
        elif instruction == "RUN":
            if BASE_ONLY.match(arguments):
                say(f"      {stage.name}: not run, a base image's: {arguments}")
                continue
            begin = time.monotonic()
            run(*stage.inside("sh", "-c", arguments))
            say(f"ok    {stage.name}: RUN {arguments[:60]}... ({time.monotonic() - begin:.0f} s)")
            if fresh:
                fetched = sum(file.stat().st_size for file in (folder / "repository").rglob("*") if file.is_file())
                say(f"      {fetched >> 20} MiB in the Maven repository")
        elif instruction == "ENV":
            stage.environment.update(item.split("=", 1) for item in shlex.split(arguments))
        elif instruction in ("ENTRYPOINT", "CMD"):
            setattr(stage, "entry" if instruction == "ENTRYPOINT" else "command", json.loads(arguments))
        elif instruction == "USER":
            stage.user = arguments
        elif instruction == "HEALTHCHECK":
            stage.health = json.loads(arguments.split("CMD ", 1)[1]) if "CMD " in arguments else []
        elif instruction != "EXPOSE":
            fail(f"{instruction}: what is that?")
    return stages


def use_agent(stage):
    """As our own init container does, and as the operator's."""
    for target, command in (("/otlp-agent", stage.command), ("/otel-auto-instrumentation-java", None)):
        volume = stage.folder / target[1:]
        volume.mkdir()
        os.chown(volume, *map(int, stage.user.split(":")))
        command = command or ["cp", "/javaagent.jar", f"{target}/javaagent.jar"]
        run(*stage.inside(*command, user=stage.user, network=False, mounts=[(volume, target)]))
        (jar,) = volume.iterdir()
        run("java", f"-javaagent:{jar}", "-version", env={**os.environ, "OTLP_SERVER_ENABLED": "false"})
        say(f"ok    agent: `{' '.join(command)}` as {stage.user}, and a JVM takes the jar")


def validate(jar, folder):
    """The files of settings that docker/ brings, by the agent's own command; the chart's where Helm is at hand."""
    files = [ROOT / "docker/config/config.yaml", ROOT / "docker/kubernetes/base/config.yaml"]
    helm = pathlib.Path(os.environ.get("OTLP_AGENT_TOOLS", ROOT / "target/tools")) / "helm"
    chart = ROOT / "docker/helm/otlp-agent"
    for values in sorted((chart / "ci").glob("*.yaml")) if helm.exists() else []:
        made = run(helm, "template", "x", chart, "--kube-version", "1.34.0", "-f", values)
        # The agent's, not those of the collectors.
        config = re.search(r"^kind: ConfigMap\nmetadata:\n  name: \S+(?<!-collector)(?<!-collector-gateway)\n(?:  .*\n)*data:\n  config.yaml: \|\n((?:    .*\n|\n)+)", made, flags=re.M)
        if config:
            files.append(folder / f"chart-{values.name}")
            files[-1].write_text(re.sub(r"^    ", "", config.group(1), flags=re.M))
    for file in files:
        said = run("java", "-jar", jar, "validate", file)
        if "0 errors, 0 warnings" not in said:
            fail(said)
        say(f"ok    settings: {file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}")


def start(stage):
    run("mount", "-t", "tmpfs", "-o", "mode=1777,size=64m", "tmpfs", stage.root / "tmp")
    run("mount", "-o", "remount,bind,ro", stage.root)
    if not subprocess.run(stage.inside("touch", "/app/x", user=stage.user), capture_output=True).returncode:
        fail(f"{stage.name}: the root can be written")
    # No collector here; that must not matter. The shop in its own memory.
    with open(stage.folder / "log", "wb") as log:
        process = subprocess.Popen(stage.inside(*stage.entry, user=stage.user, network=False), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    begin = time.monotonic()
    while subprocess.run(stage.inside(*stage.health, user=stage.user, network=False), capture_output=True).returncode:
        if process.poll() is not None or time.monotonic() - begin > PATIENCE:
            fail(f"{stage.name}: not healthy\n{(stage.folder / 'log').read_text()[-3000:]}")
        time.sleep(1)
    say(f"ok    {stage.name}: {' '.join(stage.health)} after {time.monotonic() - begin:.0f} s as {stage.user} on a read-only root")
    if stage.name == "demo":
        for path in ("/health", "/ready", "/metrics"):
            answer = run(*stage.inside("wget", "-q", "-O", "-", f"http://127.0.0.1:9464{path}", user=stage.user, network=False))
            say(f"ok    demo: {path} {answer.strip().splitlines()[0]}")
    # SIGTERM to the first process, as a container engine sends it.
    process.terminate()
    if process.wait(60) not in (0, 143, -15):
        fail(f"{stage.name}: ended with {process.returncode}\n{(stage.folder / 'log').read_text()[-3000:]}")
    say(f"ok    {stage.name}: ends on SIGTERM")


def inside(folder, fresh):
    os.umask(0o022)
    folder = pathlib.Path(folder)
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)
    os.makedirs("/run/netns", exist_ok=True)
    run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
    run("ip", "netns", "add", "image")
    run("nsenter", "--net=/run/netns/image", "ip", "link", "set", "lo", "up")
    stages = build(folder, fresh)
    shutil.rmtree(IMAGES, ignore_errors=True)
    for source, target in (("app", "app"), ("opt/otlp-agent", "agent")):
        shutil.copytree(stages["demo"].root / source, IMAGES / target)
    use_agent(stages["agent"])
    validate(IMAGES / "agent/otlp-agent.jar", folder)
    start(stages["shop"])
    start(stages["demo"])
    say("verify-image: the images of docker/Dockerfile build and start")


def main():
    if os.geteuid() and os.environ.get("CI") == "true" and shutil.which("sudo"):
        kept = [f"{name}={os.environ[name]}" for name in ("PATH", "HOME", "CI", "JAVA_HOME", "OTLP_AGENT_TOOLS") if name in os.environ]
        os.execvp("sudo", ["sudo", "-n", "env", *kept, sys.executable, *sys.argv])
    if "--inside" in sys.argv:
        inside(sys.argv[2], "--fresh" in sys.argv)
        return
    missing = [tool for tool in ("unshare", "nsenter", "ip", "mvn", "java", "wget", "git") if not shutil.which(tool)]
    missing += [] if os.geteuid() == 0 else ["root: try `sudo -E env PATH=$PATH HOME=$HOME ...`"]
    if missing:
        if os.environ.get("CI") == "true":
            fail("without " + ", ".join(missing))
        say("skip  verify-image: no " + ", ".join(missing))
        return
    folder = tempfile.mkdtemp(prefix="verify-image.")
    try:
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, __file__, "--inside", folder]
        sys.exit(subprocess.run(command + [word for word in sys.argv[1:] if word == "--fresh"]).returncode)
    finally:
        os.rmdir(folder)


main()
