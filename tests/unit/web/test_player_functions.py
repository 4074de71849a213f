from __future__ import annotations

import shutil
import subprocess

from tests.conftest import CHECKOUT, unavailable

FRONTEND = CHECKOUT / "frontend"


def test_what_the_player_computes_without_a_page_is_right(tmp_path):
    node, esbuild = shutil.which("node"), FRONTEND / "node_modules" / ".bin" / "esbuild"
    if node is None or not esbuild.exists():
        unavailable("node or esbuild is not there; run `make pages`")
    assert node is not None
    bundle = tmp_path / "player.test.mjs"
    wanted = [str(FRONTEND / "tests" / "player.test.ts"), "--bundle", "--platform=node", "--format=esm"]
    subprocess.run([str(esbuild), *wanted, f"--outfile={bundle}", "--log-level=warning"], check=True)

    ran = subprocess.run([node, "--test", str(bundle)], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
    assert "# fail 0" in ran.stdout
    assert int(ran.stdout.split("# pass ")[1].split()[0]) >= 18  # or the runner found no test
