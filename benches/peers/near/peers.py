"""What is near, asked of scipy, PostGIS, SpatiaLite and Redis, and of mawqi and kiddo by the crate beside this file.

peers.py TABLE ROUNDS SECONDS FOLDER [MANY]: FOLDER holds points.f64 and queries.f64 of the example made_points, MANY the same
of more points, which mawqi alone is asked. Every engine is filled once and then asked in turn, round after round; the table
has the median and the range of the rounds. A peer that is not there is left out, and named.

Rates are per second of processor time, that of a server and of its client together, so that other work on the machine counts
for nobody. SECONDS of it go to each kind of question.
"""

import contextlib
import datetime
import json
import math
import os
import pathlib
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

RADIUS_M = 6_371_008.8  # mean radius of the Earth (IUGG), of the engines that reckon on a sphere
MAWQI, SCIPY, POSTGIS = "**mawqi**, on the ellipsoid, ids", "scipy cKDTree, batches of 100", "PostGIS, geography, count(*) on the sphere"
MANY = "**mawqi**, {:,} points"


class Clock:
    """Processor time of this process and of one server."""

    def __init__(self, seconds, server=None):
        self.seconds = seconds
        self.server = server

    def now(self):
        served = 0
        if self.server:
            with open(f"/proc/{self.server}/schedstat", encoding="ascii") as told:
                served = int(told.read().split()[0]) / 1e9
        return time.process_time() + served

    def timed(self, work):
        start = self.now()
        work()
        return self.now() - start

    def rate(self, ask, queries):
        """Questions a second: block after block until the seconds are over; blocks grow while they are short."""
        asked, spent, block = 0, 0.0, 1
        while spent < self.seconds:
            start = self.now()
            for number in range(asked, asked + block):
                ask(queries[number % len(queries)])
            took = self.now() - start
            asked, spent = asked + block, spent + took
            if took < 0.05:
                block *= 2
        return asked / spent


def in_space(points):
    lon, lat = numpy.radians(points[:, 0]), numpy.radians(points[:, 1])
    return numpy.column_stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)])


def chord(metres):
    return 2 * math.sin(metres / RADIUS_M / 2)


@contextlib.contextmanager
def crates(folder, seconds, only=()):
    program = os.environ["NEAR_BESIDE_MAWQI"]

    def ask():
        told = subprocess.run([program, folder, str(seconds), *only], check=True, capture_output=True, text=True).stdout
        figures = [json.loads(line) for line in told.splitlines()]
        return {of_one.pop("engine"): of_one for of_one in figures}

    yield ask


@contextlib.contextmanager
def scipy(points, queries, seconds):
    from scipy.spatial import cKDTree

    clock = Clock(seconds)
    xyz, asked = in_space(points), in_space(queries)
    batches = [asked[at : at + 100] for at in range(0, len(asked), 100)]

    def ask():
        trees = []
        built = clock.timed(lambda: trees.append(cKDTree(xyz)))
        tree = trees[0]
        figures = {
            "build_s": built,
            "knn": 100 * clock.rate(lambda batch: tree.query(batch, k=10), batches),
            "r10": 100 * clock.rate(lambda batch: tree.query_ball_point(batch, chord(1e4)), batches),
            "r100": 100 * clock.rate(lambda batch: tree.query_ball_point(batch, chord(1e5)), batches),
        }
        return {SCIPY: figures}

    yield ask


@contextlib.contextmanager
def postgres():
    """A server of its own, in a folder of its own, that goes when it is done."""
    import psycopg

    versions = sorted(os.listdir("/usr/lib/postgresql"))
    tools = f"/usr/lib/postgresql/{versions[-1]}/bin"
    with tempfile.TemporaryDirectory() as folder:
        user = []
        if os.geteuid() == 0:  # the server refuses to run as root
            subprocess.run(["chown", "postgres", folder], check=True)
            user = ["runuser", "-u", "postgres", "--"]
        data = f"{folder}/data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        subprocess.run([*user, f"{tools}/initdb", "-D", data, "-U", "postgres", "--auth=trust"], **quiet)
        options = f"-k {folder} -c listen_addresses='' -c shared_buffers=2GB -c jit=off -c max_parallel_workers_per_gather=0"
        options += " -c max_parallel_maintenance_workers=0 -c autovacuum=off -c fsync=off -c maintenance_work_mem=512MB"
        start = [*user, f"{tools}/pg_ctl", "-D", data, "-w", "-t", "300", "-o", options, "-l", f"{folder}/log", "start"]
        subprocess.run(start, **quiet)
        try:
            with psycopg.connect(host=folder, user="postgres", autocommit=True) as connection:
                yield connection
        finally:
            subprocess.run([*user, f"{tools}/pg_ctl", "-D", data, "-m", "fast", "stop"], **quiet)


@contextlib.contextmanager
def postgis(points, queries, seconds):
    with postgres() as connection:
        clock = Clock(seconds, connection.info.backend_pid)
        cursor = connection.cursor()
        cursor.execute("CREATE EXTENSION postgis")
        cursor.execute("CREATE TABLE raw (id int, lon float8, lat float8)")
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for number, (lon, lat) in enumerate(points.tolist()):
                copy.write_row((number, lon, lat))
        cursor.execute("CREATE TABLE p AS SELECT id, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS g FROM raw")
        built = clock.timed(lambda: cursor.execute("CREATE INDEX p_g ON p USING gist (g)"))
        cursor.execute("CLUSTER p USING p_g")
        cursor.execute("VACUUM ANALYZE p")
        point = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography"

        def knn(at):
            cursor.execute(f"SELECT id FROM p ORDER BY g <-> {point} LIMIT 10", tuple(at), prepare=True).fetchall()

        def within(metres):
            sql = f"SELECT count(*) FROM p WHERE ST_DWithin(g, {point}, {metres}, false)"
            return lambda at: cursor.execute(sql, tuple(at), prepare=True).fetchall()

        asked = queries.tolist()
        for at in asked[:50]:
            knn(at)

        def ask():
            figures = {
                "build_s": built,
                "knn": clock.rate(knn, asked),
                "r10": clock.rate(within(1e4), asked),
                "r100": clock.rate(within(1e5), asked),
            }
            return {POSTGIS: figures}

        yield ask


@contextlib.contextmanager
def spatialite(points, queries, seconds):
    clock = Clock(seconds)
    connection = sqlite3.connect(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension("mod_spatialite")
    connection.execute("SELECT InitSpatialMetaData(1)")
    connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    connection.execute("SELECT AddGeometryColumn('p', 'g', 4326, 'POINT', 'XY')")
    rows = ((number, lon, lat) for number, (lon, lat) in enumerate(points.tolist()))
    connection.executemany("INSERT INTO p VALUES (?, MakePoint(?, ?, 4326))", rows)
    connection.commit()
    built = clock.timed(lambda: connection.execute("SELECT CreateSpatialIndex('p', 'g')").fetchall())

    def within(metres):
        sql = """SELECT count(*) FROM p WHERE id IN (SELECT pkid FROM idx_p_g WHERE xmin <= ?3 AND xmax >= ?1
                 AND ymin <= ?4 AND ymax >= ?2) AND PtDistWithin(g, MakePoint(?5, ?6, 4326), ?7, 0)"""

        def ask_one(at):
            up = math.degrees(metres / RADIUS_M) * 1.01
            side = up / math.cos(math.radians(at[1]))
            box = (at[0] - side, at[1] - up, at[0] + side, at[1] + up)
            connection.execute(sql, (*box, *at, metres)).fetchall()

        return ask_one

    asked = queries.tolist()

    def ask():
        figures = {"build_s": built, "r10": clock.rate(within(1e4), asked), "r100": clock.rate(within(1e5), asked)}
        return {"SpatiaLite, in memory, count(*)": figures}

    yield ask
    connection.close()


@contextlib.contextmanager
def redis(points, queries, seconds):
    import redis as client

    with tempfile.TemporaryDirectory() as folder:
        socket = f"{folder}/redis"
        command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while not os.path.exists(socket):
                if server.poll() is not None:
                    raise RuntimeError(f"redis-server ended with {server.returncode}")
                time.sleep(0.05)
            clock = Clock(seconds, server.pid)
            connection = client.Redis(unix_socket_path=socket)
            rows = points.tolist()

            def fill():
                for at in range(0, len(rows), 10_000):
                    part = [x for n, (lon, lat) in enumerate(rows[at : at + 10_000], at) for x in (lon, lat, n)]
                    connection.geoadd("p", part)

            built = clock.timed(fill)

            def within(metres):
                return lambda at: connection.geosearch("p", longitude=at[0], latitude=at[1], radius=metres, unit="m")

            def knn(at):
                connection.geosearch("p", longitude=at[0], latitude=at[1], radius=25, unit="km", sort="ASC", count=10)

            asked = queries.tolist()

            def ask():
                figures = {
                    "build_s": built,
                    "knn": clock.rate(knn, asked),
                    "r10": clock.rate(within(1e4), asked),
                    "r100": clock.rate(within(1e5), asked),
                }
                return {"Redis GEOSEARCH, ids (nearest: of 25 km)": figures}

            yield ask
        finally:
            server.terminate()
            server.wait()


def measured(engines, rounds):
    """What every engine said in every round, and which could not be asked."""
    found, absent = {}, {}
    with contextlib.ExitStack() as stack:
        asks = {}
        for name, engine in engines.items():
            say(f"{name}: filled")
            with noted(absent, name):
                asks[name] = stack.enter_context(engine())
        for number in range(rounds):
            for name, ask in asks.items():
                say(f"{name}: round {number + 1}")
                with noted(absent, name):
                    for engine, figures in ask().items():
                        found.setdefault(engine, []).append(figures)
    return found, absent


@contextlib.contextmanager
def noted(absent, name):
    try:
        yield
    except Exception as fault:  # noqa: BLE001: whatever keeps a peer away is told
        absent[name] = " ".join(str(fault).split())[:200]
        say(f"{name}: {absent[name]}")


def say(words):
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def middle(figures, key):
    """The median of the rounds; none where it was not measured."""
    values = [of_round[key] for of_round in figures or [] if key in of_round]
    return statistics.median(values) if values else None


def told(figures, key):
    values = [of_round[key] for of_round in figures if key in of_round]
    if not values:
        return "–"
    shown = (lambda x: f"{x:.2f}") if key == "build_s" else (lambda x: f"{x:,.0f}")
    low, high = shown(min(values)), shown(max(values))
    return low if low == high else f"{shown(statistics.median(values))} ({low} to {high})"


def table(found):
    yield "| engine | build, s | memory, MB | nearest 10 | within 10 km | within 100 km |"
    yield "|---|--:|--:|--:|--:|--:|"
    for engine, figures in found.items():
        memory = middle(figures, "memory_mb")
        cells = [told(figures, key) for key in ("build_s", "knn", "r10", "r100")]
        yield f"| {engine} | {cells[0]} | {'–' if memory is None else f'{memory:.0f}'} | {' | '.join(cells[1:])} |"


def targets(found, many):
    """Where each target stands, in words; those of what was not measured are left out."""
    own = found.get(MAWQI)

    def times(name, key, peer, least):
        ours, theirs = middle(own, key), middle(found.get(peer), key)
        if ours and theirs:
            peer_name = peer.split(",")[0]
            yield f"{name}: {ours / theirs:,.1f} times {peer_name}", f"at least {least}", ours / theirs >= least

    def most(name, figures, key, limit, unit):
        value = middle(figures, key)
        if value is not None:
            yield f"{name}: {value:.2f} {unit}", f"under {limit}", value < limit

    yield from times("nearest 10", "knn", SCIPY, 2)
    yield from times("nearest 10", "knn", POSTGIS, 100)
    yield from times("within 10 km", "r10", SCIPY, 3)
    yield from times("within 10 km", "r10", POSTGIS, 100)
    yield from times("within 100 km", "r100", SCIPY, 5)
    yield from most("build", own, "build_s", 0.5, "s")
    yield from most("memory", own, "memory_mb", 40, "MB")
    yield from most("many points, build", many, "build_s", 25, "s")
    yield from most("many points, memory", many, "memory_mb", 250, "MB")
    if own and many:
        for name, rate, hits in [("10 km", "r10", "hits10"), ("100 km", "r100", "hits100")]:
            ratio = middle(many, rate) * middle(many, hits) / (middle(own, rate) * middle(own, hits))
            yield f"many points, rate per hit within {name}: {ratio:.2f} of that of the fewer", "at least 0.5", ratio >= 0.5


def lines(count, rounds, found, absent, many):
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo", encoding="utf-8") if l.startswith("model name")), None)
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    yield f"{count:,} points, {rounds} rounds, {datetime.date.today().isoformat()}, {os.cpu_count()} x {cpu or platform.machine()}, load at the end {load}."
    yield "Median and range; questions a second of processor time (server and client together), one asked after the other."
    yield ""
    yield from table(found)
    yield from (f"\nNot measured: {name}: {fault}" for name, fault in absent.items())
    yield ""
    yield "| measured | target | met |"
    yield "|---|---|---|"
    own = next((figures for name, figures in found.items() if "points" in name), None) if many else None
    yield from (f"| {what} | {target} | {'yes' if met else '**no**'} |" for what, target, met in targets(found, own))


def quote(text):
    """Puts the first table into the README, between the two marks."""
    readme = pathlib.Path(__file__).parents[3] / "README.md"
    begin, end = "<!-- near: begin -->\n", "<!-- near: end -->"
    before, rest = readme.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    rows = "\n".join(line for line in text.splitlines() if line.startswith("|") and "measured" not in line)
    rows = rows.split("\n|---|---|---|\n")[0]
    readme.write_text(f"{before}{begin}{rows}\n{end}{after}", encoding="utf-8")


def main():
    path, rounds, seconds, folder, *more = sys.argv[1:]
    rounds, seconds = int(rounds), float(seconds)
    points = numpy.fromfile(f"{folder}/points.f64").reshape(-1, 2)
    queries = numpy.fromfile(f"{folder}/queries.f64").reshape(-1, 2)
    engines = {
        "crates": lambda: crates(folder, seconds),
        "scipy": lambda: scipy(points, queries, seconds),
        "PostGIS": lambda: postgis(points, queries, seconds),
        "Redis": lambda: redis(points, queries, seconds),
        "SpatiaLite": lambda: spatialite(points, queries, seconds),
    }
    found, absent = measured(engines, rounds)
    for other in more:
        count = os.path.getsize(f"{other}/points.f64") // 16
        many, faults = measured({"many": lambda: crates(other, seconds, ["mawqi"])}, rounds)
        absent.update(faults)
        found.update({MANY.format(count): figures for figures in many.values()})
    text = "\n".join(lines(len(points), rounds, found, absent, bool(more))) + "\n"
    pathlib.Path(path).write_text(text, encoding="utf-8")
    if os.environ.get("README") == "1":
        quote(text)


main()
