"""What is near, asked of scipy, PostGIS, SpatiaLite and Redis, and of mawqi and kiddo by the crate beside this file.

peers.py FOLDER ROUNDS TABLE: FOLDER holds points.f64 and queries.f64 of the example made_points. Every round asks every
engine; the table has the median and the range of the rounds. A peer that is not there is left out, and named.
"""

import contextlib
import datetime
import json
import math
import os
import platform
import statistics
import subprocess
import sqlite3
import sys
import tempfile
import time

import numpy

RADIUS_M = 6_371_008.8  # mean radius of the Earth (IUGG), of the engines that reckon on a sphere
SECONDS = 2.0  # so long every question is asked again and again


def rate(ask, queries, least=20):
    """Questions a second: as many as fit into SECONDS, at least a few."""
    count, start = 0, time.perf_counter()
    while True:
        ask(queries[count % len(queries)])
        count += 1
        took = time.perf_counter() - start
        if took > SECONDS and count >= least:
            return count / took


def in_space(points):
    lon, lat = numpy.radians(points[:, 0]), numpy.radians(points[:, 1])
    return numpy.column_stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)])


def chord(metres):
    return 2 * math.sin(metres / RADIUS_M / 2)


def scipy(points, queries):
    from scipy.spatial import cKDTree

    xyz, asked = in_space(points), in_space(queries)
    start = time.perf_counter()
    tree = cKDTree(xyz)
    built = time.perf_counter() - start
    batches = [asked[at : at + 100] for at in range(0, len(asked), 100)]
    yield "scipy cKDTree, batches of 100", {
        "build_s": built,
        "knn": 100 * rate(lambda batch: tree.query(batch, k=10), batches),
        "r10": 100 * rate(lambda batch: tree.query_ball_point(batch, chord(1e4)), batches, 3),
        "r100": 100 * rate(lambda batch: tree.query_ball_point(batch, chord(1e5)), batches, 1),
    }


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
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*user, f"{tools}/initdb", "-D", data, "-U", "postgres", "--auth=trust"], **quiet)
        options = f"-k {folder} -c listen_addresses='' -c shared_buffers=2GB -c jit=off -c max_parallel_workers_per_gather=0"
        subprocess.run([*user, f"{tools}/pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{folder}/log", "start"], **quiet)
        try:
            with psycopg.connect(host=folder, user="postgres", autocommit=True) as connection:
                yield connection
        finally:
            subprocess.run([*user, f"{tools}/pg_ctl", "-D", data, "-m", "fast", "stop"], **quiet)


def postgis(points, queries):
    with postgres() as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE EXTENSION postgis")
        cursor.execute("CREATE TABLE raw (id int, lon float8, lat float8)")
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for number, (lon, lat) in enumerate(points.tolist()):
                copy.write_row((number, lon, lat))
        cursor.execute("CREATE TABLE p AS SELECT id, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS g FROM raw")
        start = time.perf_counter()
        cursor.execute("CREATE INDEX p_g ON p USING gist (g)")
        built = time.perf_counter() - start
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
        yield "PostGIS, geography, count(*) on the sphere", {
            "build_s": built,
            "knn": rate(knn, asked),
            "r10": rate(within(1e4), asked),
            "r100": rate(within(1e5), asked),
        }


def spatialite(points, queries):
    connection = sqlite3.connect(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension("mod_spatialite")
    connection.execute("SELECT InitSpatialMetaData(1)")
    connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    connection.execute("SELECT AddGeometryColumn('p', 'g', 4326, 'POINT', 'XY')")
    rows = ((number, lon, lat) for number, (lon, lat) in enumerate(points.tolist()))
    connection.executemany("INSERT INTO p VALUES (?, MakePoint(?, ?, 4326))", rows)
    connection.commit()
    start = time.perf_counter()
    connection.execute("SELECT CreateSpatialIndex('p', 'g')")
    built = time.perf_counter() - start

    def within(metres):
        sql = """SELECT count(*) FROM p WHERE id IN (SELECT pkid FROM idx_p_g WHERE xmin <= ?3 AND xmax >= ?1
                 AND ymin <= ?4 AND ymax >= ?2) AND PtDistWithin(g, MakePoint(?5, ?6, 4326), ?7, 0)"""

        def ask(at):
            up = math.degrees(metres / RADIUS_M) * 1.01
            side = up / math.cos(math.radians(at[1]))
            box = (at[0] - side, at[1] - up, at[0] + side, at[1] + up)
            connection.execute(sql, (*box, *at, metres)).fetchall()

        return ask

    asked = queries.tolist()
    yield "SpatiaLite, in memory, count(*)", {
        "build_s": built,
        "r10": rate(within(1e4), asked),
        "r100": rate(within(1e5), asked, 5),
    }


def redis(points, queries):
    import redis as client

    with tempfile.TemporaryDirectory() as folder:
        socket = f"{folder}/redis"
        server = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            while not os.path.exists(socket):
                time.sleep(0.05)
            connection = client.Redis(unix_socket_path=socket)
            start = time.perf_counter()
            rows = points.tolist()
            for at in range(0, len(rows), 10_000):
                part = [x for n, (lon, lat) in enumerate(rows[at : at + 10_000], at) for x in (lon, lat, n)]
                connection.geoadd("p", part)
            built = time.perf_counter() - start

            def within(metres):
                return lambda at: connection.geosearch("p", longitude=at[0], latitude=at[1], radius=metres, unit="m")

            def knn(at):
                connection.geosearch("p", longitude=at[0], latitude=at[1], radius=25, unit="km", sort="ASC", count=10)

            asked = queries.tolist()
            yield "Redis GEOSEARCH, ids (nearest: of 25 km)", {
                "build_s": built,
                "knn": rate(knn, asked),
                "r10": rate(within(1e4), asked),
                "r100": rate(within(1e5), asked, 5),
            }
        finally:
            server.terminate()
            server.wait()


def crates(folder):
    program = os.environ["NEAR_BESIDE_MAWQI"]
    lines = subprocess.run([program, folder], check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        figures = json.loads(line)
        yield figures.pop("engine"), figures


def measured(folder, rounds):
    points = numpy.fromfile(f"{folder}/points.f64").reshape(-1, 2)
    queries = numpy.fromfile(f"{folder}/queries.f64").reshape(-1, 2)
    found, absent = {}, {}
    for _ in range(rounds):
        for name, ask in [
            ("crates", lambda: crates(folder)),
            ("scipy", lambda: scipy(points, queries)),
            ("PostGIS", lambda: postgis(points, queries)),
            ("Redis", lambda: redis(points, queries)),
            ("SpatiaLite", lambda: spatialite(points, queries)),
        ]:
            try:
                for engine, figures in ask():
                    found.setdefault(engine, []).append(figures)
            except Exception as fault:  # noqa: BLE001: whatever keeps a peer away is told
                absent[name] = " ".join(str(fault).split())[:200]
    return len(points), found, absent


def told(all_figures, key):
    values = [figures[key] for figures in all_figures if key in figures]
    if not values:
        return "–"
    shown = (lambda x: f"{x:.2f}") if key == "build_s" else (lambda x: f"{x:,.0f}")
    return f"{shown(statistics.median(values))} ({shown(min(values))} to {shown(max(values))})"


def main():
    folder, rounds, table = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    count, found, absent = measured(folder, rounds)
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    today = datetime.date.today().isoformat()
    with open(table, "w", encoding="utf-8") as out:
        out.write(f"{count:,} points, {rounds} rounds, {today}, {os.cpu_count()} x {cpu}, load at the end {load}. ")
        out.write("Median and range; questions a second, asked by one thread.\n\n")
        out.write("| engine | build, s | memory, MB | nearest 10 | within 10 km | within 100 km |\n|---|--:|--:|--:|--:|--:|\n")
        for engine, figures in found.items():
            memory = next((f"{f['memory_mb']:.0f}" for f in figures if "memory_mb" in f), "–")
            cells = [told(figures, key) for key in ("build_s", "knn", "r10", "r100")]
            out.write(f"| {engine} | {cells[0]} | {memory} | {' | '.join(cells[1:])} |\n")
        for name, fault in absent.items():
            out.write(f"\nNot measured: {name}: {fault}\n")


main()
