"""What a function's process is given: its command line, and the variables that LocalStack leaves to the container."""

import os
from pathlib import Path

NODE = os.environ["STACKYARD_NODE"]
BOOTSTRAP = Path(__file__).with_name("bootstrap.mjs")


def command(memory_size: int) -> list[str]:
    """V8's limits as in Lambda's own start of Node: a tenth of the memory is for young objects."""
    young = memory_size // 10
    return [NODE, f"--max-semi-space-size={max(1, young // 2)}", f"--max-old-space-size={memory_size - young}", str(BOOTSTRAP)]


def variables(given: dict[str, object], runtime: str, code: Path, layers: Path | None, temporary: Path) -> dict[str, str]:
    """The function's own, in `given`, are kept, but for what is reserved, and other here than in a container."""
    modules = [f"{layers}/nodejs/node24/node_modules", f"{layers}/nodejs/node_modules"] if layers else []
    unless_given = {
        "PATH": os.pathsep.join([f"{layers}/bin"] * bool(layers) + [os.environ["PATH"]]),
        "LANG": "en_US.UTF-8",
        "HOME": str(temporary),
        "NODE_PATH": os.pathsep.join([*modules, str(code)]),
    }
    reserved = {"AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}", "LAMBDA_TASK_ROOT": str(code), "TMPDIR": str(temporary)}
    return {**unless_given, **{name: str(value) for name, value in given.items()}, **reserved}
