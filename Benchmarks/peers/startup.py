"""Starts a command again and again: CPU seconds of the children, and the shortest time until one had ended."""
import argparse
import os
import resource
import time

from meter import Meter, report

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--rounds", type=int, default=40)
options.add_argument("command", nargs="+", help="a program's path and its arguments, behind --")
chosen = options.parse_args()


def child_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
codes, walls, before = set(), [], child_seconds()
with Meter() as meter:
    for _ in range(chosen.rounds):
        begun = time.perf_counter()
        child = os.posix_spawn(chosen.command[0], chosen.command, os.environ, file_actions=silent)
        codes.add(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        walls.append(time.perf_counter() - begun)
meter.cpu = child_seconds() - before
report("startup", meter, f"exit code {sorted(codes)}", rounds=chosen.rounds, shortest_ms=round(min(walls) * 1e3, 2))
