import pytest

from archive import make_keyring, stop_agent


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """The GnuPG folder that signs, one that nobody trusts, and the keyring of the first."""
    folder = tmp_path_factory.mktemp("keys")
    keyring = make_keyring(folder / "ours", "archive")
    make_keyring(folder / "foreign", "stranger")
    yield folder / "ours", folder / "foreign", keyring
    stop_agent(folder / "ours")
    stop_agent(folder / "foreign")
