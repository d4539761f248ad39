"""What the surroundings may decide. Each field is described in docs/running.md, and a test keeps it so."""

import os
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)


class Environment(BaseSettings):
    """Read from environment variables; a bad value is refused at the start with the name of the variable."""

    model_config = SettingsConfigDict(case_sensitive=True, extra="ignore")

    HAETAE_SECRETS: str = Field(
        default="",
        description="folder with a file for each variable that must stand in no environment, named like it",
    )
    HAETAE_HOME: Path = Field(
        default=Path("var"),
        description="folder of the embedded database, signed heads and, unless told otherwise, keys",
    )
    HAETAE_KEYS: str = Field(
        default="", description="folder of the key files, for the key service alone; empty: HAETAE_HOME/keys"
    )
    HAETAE_KEY_SERVICE: str = Field(
        default="",
        description="path of the key service's socket; empty: the key files are read by whoever needs them",
    )
    HAETAE_KEY_SERVICE_USERS: str = Field(
        default="", description="other system users who may ask the key service, with commas"
    )
    HAETAE_KEY_OPENINGS: int = Field(
        default=120, ge=1, description="cases that the custodian's key opens for one process within a minute"
    )
    DATABASE_URL: str = Field(
        default="", description="PostgreSQL as the application role; empty: the embedded server is used"
    )
    DATABASE_OWNER_URL: str = Field(
        default="", description="PostgreSQL as the owner of the tables; needed only by `haetae setup`"
    )
    HAETAE_APPLICATION_ROLE: str = Field(
        default="haetae_app",
        pattern=r"^[a-z_][a-z0-9_]{0,62}$",
        description="name of the application's database role",
    )
    HAETAE_HOSTS: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="host names under which the pages answer, with commas",
    )
    HAETAE_SIDES: str = Field(
        default="portal,console,operator,api",
        pattern=r"^(portal|console|operator|api)(,(portal|console|operator|api))*$",
        description="the sides that this process serves, with commas: portal, console, operator, api",
    )
    HAETAE_SECOND_STEP: str = Field(
        default="required",
        pattern=r"^(required|not_yet)$",
        description="`not_yet`: officials see cases without a passkey or codes; for demonstrations alone",
    )
    HAETAE_PUBLIC_ORIGIN: str = Field(default="", description="https origin of the pages in production")
    HAETAE_WEB_PORT: int = Field(
        default=8700, ge=0, le=65535, description="port of the pages; 0 takes a free one"
    )
    HAETAE_DRAIN_S: float = Field(
        default=5.0,
        ge=0,
        le=300,
        description="how long pages that were told to stop go on answering, so that nobody is sent to them any more",
    )
    HAETAE_ACCESS_LOG: str = Field(
        default="off",
        pattern=r"^(on|off)$",
        description="`on`: one line for each answer, with the name of its route, its status and its duration",
    )
    HAETAE_METRICS_TOKEN_FILE: str = Field(
        default="", description="file with the token that `haetae metrics` asks for; empty: loopback alone"
    )
    HAETAE_SANDBOX_PORT: int = Field(
        default=8701,
        ge=0,
        le=65535,
        description="port of the sandbox platform in `haetae run`; 0 takes a free one",
    )
    HAETAE_JURISDICTION: str = Field(default="kr", description="which jurisdiction pack holds")
    HAETAE_BODY_LIMIT_BYTES: int = Field(
        default=1_048_576, ge=1024, description="the largest request body that is read from anybody"
    )
    HAETAE_UPLOAD_LIMIT_BYTES: int = Field(
        default=52_428_800,
        ge=1024,
        le=52_428_800,
        description="the largest picture that a platform may ask about before it publishes",
    )
    HAETAE_LIMITS: str = Field(
        default="",
        description="limits that differ from the table in docs/running.md, as reports=72000,sign_in=none",
    )
    HAETAE_CLIENT_ADDRESS_HEADER: str = Field(
        default="",
        pattern=r"^([A-Za-z][A-Za-z0-9-]{0,63})?$",
        description="header in which your proxy says where a request comes from; empty: no limit for a source holds",
    )
    HAETAE_CLIENT_ADDRESS_HOPS: int = Field(
        default=1,
        ge=1,
        le=9,
        description="which entry of that header counts, from its end: 1 is what the nearest proxy wrote",
    )
    HAETAE_SECOND_LOOKS: float = Field(
        default=0.02,
        ge=0.001,
        le=1,
        description="share of what was decided that another person judges again; at least one a week of each kind",
    )
    HAETAE_STORM_REPORTS: int = Field(
        default=100,
        ge=20,
        description="reports in an hour about one host of which a storm has at least so many",
    )
    HAETAE_MODELS: str = Field(
        default="", description="folders of models that come before our own, separated as in PATH"
    )
    HAETAE_MODEL_HUB: str = Field(
        default="https://huggingface.co",
        description="hub from which `haetae models get` fetches when somebody calls it; no server ever does",
    )
    HAETAE_RESEARCH_MODELS: str = Field(
        default="",
        pattern=r"^(accepted)?$",
        description="`accepted`: models whose training data are for research only may be used",
    )
    HAETAE_MODEL_PROGRAMS: str = Field(
        default="",
        pattern=r"^(accepted)?$",
        description="`accepted`: programs in folders of models may be run, each in a process of its own",
    )

    HAETAE_MAIL: str = Field(
        default="", description="the server that takes notices to people; empty: nobody is ever written to"
    )
    HAETAE_MAIL_PASSWORD_FILE: str = Field(
        default="", description="file with the password of the user in HAETAE_MAIL; read by workers alone"
    )
    HAETAE_MAIL_SENDER: str = Field(default="", description="the address from which notices come")
    HAETAE_MAIL_NAME: str = Field(
        default="",
        max_length=40,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="the name beside it, which must betray nothing; empty: the word for information",
    )

    HAETAE_EVIDENCE: str = Field(
        default="",
        description="folder of locked evidence, outside the database; empty: HAETAE_HOME/evidence",
    )
    HAETAE_TIMESTAMP_URL: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="authority of time stamps (RFC 3161), asked by workers alone; empty: nothing is time-stamped",
    )
    HAETAE_TIMESTAMP_ROOTS: str = Field(
        default="", description="PEM file with the root certificates that its stamps must lead to"
    )

    HAETAE_FONTS: Path = Field(
        default=Path("/usr/share/fonts/opentype/noto"),
        description="folder with Noto Sans CJK, in which Korean letters are set; without it they are HTML alone",
    )
    HAETAE_AGENCY_NAME_KO: str = Field(
        default="", max_length=160, description="Korean name of the agency in whose name operators are asked"
    )
    HAETAE_AGENCY_NAME_EN: str = Field(
        default="", max_length=160, description="its English name, with which it also signs"
    )
    HAETAE_AGENCY_MAILBOX: str = Field(
        default="", description="where its people read what operators write; without it no notice goes out"
    )
    HAETAE_OPERATORS_ORIGIN: str = Field(
        default="",
        pattern=r"^(https?://[^/\s]+)?$",
        description="origin at which operators answer; empty: HAETAE_PUBLIC_ORIGIN",
    )

    @field_validator("HAETAE_SECRETS")
    @classmethod
    def _is_a_folder(cls, told: str) -> str:
        if told and not Path(told).is_dir():
            raise ValueError(
                f"{told} is no folder; name the one with the files of secrets, or leave it empty"
            )
        return told

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - named by the library
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """A variable that is set wins over a file of the same name. A folder that is not there is refused above."""
        folder = os.environ.get("HAETAE_SECRETS", "")
        if not folder or not Path(folder).is_dir():
            return init_settings, env_settings
        return init_settings, env_settings, SecretsSettingsSource(settings_cls, secrets_dir=folder)

    @property
    def keys_folder(self) -> Path:
        """Where the key files lie, for whoever may read them."""
        return Path(self.HAETAE_KEYS or self.HAETAE_HOME / "keys").resolve()

    @property
    def evidence_folder(self) -> Path:
        """Where locked evidence lies."""
        return Path(self.HAETAE_EVIDENCE or self.HAETAE_HOME / "evidence").resolve()
