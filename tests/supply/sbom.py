"""`make sbom`: what is in the product, as CycloneDX 1.6 (JSON). The same lock gives the same bytes."""

import json
import sys
import uuid
from pathlib import Path
from typing import Any

from haetae import __name__ as product
from tests.supply.locks import PRODUCT, ROOT, Pinned, licence_of, read_lock

_OURS = uuid.UUID("5b0f6a3e-0c0f-4c8e-9f53-0f6d1d1d2a70")


def bill(pinned: list[Pinned], *, version: str) -> dict[str, Any]:
    """One component for each package, with the hash of every file that may be installed as it."""
    components = [_component(one) for one in sorted(pinned, key=lambda one: (one.name, one.version))]
    content = json.dumps(components, sort_keys=True)
    root = {"type": "application", "bom-ref": "haetae", "name": product, "version": version}
    licensed = {"licenses": [{"license": {"id": "Apache-2.0"}}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_OURS, content)}",
        "version": 1,
        "metadata": {"component": root | licensed},
        "components": components,
        "dependencies": [{"ref": "haetae", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _component(one: Pinned) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "purl": one.purl,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
        "licenses": [{"expression": licence_of(one.name)}],
    }
    if one.marker:
        found["properties"] = [{"name": "haetae:only-where", "value": one.marker}]
    return found


def product_version() -> str:
    import tomllib

    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return version


def main() -> None:
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    made = bill(read_lock(PRODUCT), version=product_version())
    out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(made['components'])} packages, each with its hashes and its licence: {out}")


if __name__ == "__main__":
    main()
