"""The layers of a function, merged in their order into one folder: what /opt is on Lambda."""

import hashlib
import shutil
import tempfile
import threading
from pathlib import Path

MERGING = threading.Lock()


def merged_layers(function_version) -> Path | None:
    """Where they are, or will be. By content: functions with the same layers share one folder."""
    layers = function_version.config.layers
    if not layers:
        return None
    content = "\n".join(layer.code.code_sha256 for layer in layers)
    return Path(tempfile.gettempdir(), "layers", hashlib.sha256(content.encode()).hexdigest()[:16])


def merge_layers(function_version) -> None:
    target = merged_layers(function_version)
    with MERGING:
        if target is None or target.exists():
            return
        target.parent.mkdir(exist_ok=True)
        merged = Path(tempfile.mkdtemp(dir=target.parent))
        for layer in function_version.config.layers:
            layer.code.prepare_for_execution()
            shutil.copytree(layer.code.get_unzipped_code_location(), merged, symlinks=True, dirs_exist_ok=True)
        merged.rename(target)
