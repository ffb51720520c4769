"""What every peer script needs: CPU seconds of a block, and one JSON line at the end."""
import importlib.metadata
import json
import resource
import time


class Meter:
    """CPU and wall time of a block."""

    def __enter__(self):
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *_):
        self.cpu = time.process_time() - self._cpu
        self.wall = time.perf_counter() - self._wall


def report(task, meter, check, distribution=None, **members):
    """Prints the result; `check` must be what our own command prints for the same work."""
    version = importlib.metadata.version(distribution) if distribution else None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(dict(task=task, wall_s=meter.wall, cpu_s=meter.cpu, peak_rss_mb=round(peak, 1),
                          check=check, version=version, **members)))
