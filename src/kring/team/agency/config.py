"""What the servers are told: their configuration, who may do what, and how the system starts them."""

from __future__ import annotations

from kring.team import keys, shared_folder
from kring.team import observer_rights as rights
from kring.team.agency.installation import SCOPES, Installation, Node, OperatorKeys, StudyKeys
from kring.team.codes import ROLES
from kring.team.entry import tokens
from kring.team.entry.passes import READER
from kring.team.entry.tokens import Scope
from kring.team.names import Names, inbox_of, may_hear, may_publish, pool_of

SERVER, ACCOUNTS, STORE_KEY, CERTIFICATE, KEY, PID = (
    "server.conf", "accounts.conf", "store-key.conf", "certificate.pem", "key.pem", "server.pid",
)  # fmt: skip
ROUTES_CERTIFICATE, ROUTES_KEY, ROUTES_AUTHORITY = "routes.pem", "routes-key.pem", "routes-authority.pem"
WRITTEN = "# Written by `kring server init`; what is changed here is lost at the next.\n"


def server(one: Installation, node: Node) -> str:
    """Return the configuration of a server; its working folder is the one that this lies in."""
    return "".join((WRITTEN, _itself(node), _clients(node), _web(node), _cluster(one, node)))


def _itself(node: Node) -> str:
    return f"""server_name: "{node.name}"
http: "127.0.0.1:{node.monitor_port}"
pid_file: "{PID}"
log_file: "server.log"
logfile_size_limit: 16MB
logfile_max_num: 4
include "./{ACCOUNTS}"
include "./{STORE_KEY}"
max_payload: {shared_folder.MOST_BYTES}
max_pending: {4 * shared_folder.MOST_BYTES}
ping_interval: "5s"
ping_max: 2
lame_duck_duration: "30s"
jetstream {{
  store_dir: "data"
  sync_interval: always
  cipher: chachapoly
  key: $store_key
}}
"""


def _clients(node: Node) -> str:
    return f"""port: {node.port}
tls {{
  cert_file: "{CERTIFICATE}"
  key_file: "{KEY}"
  handshake_first: true
  timeout: 5
}}
"""


def _web(node: Node) -> str:
    if not node.web_port:
        return ""
    return f"""websocket {{
  port: {node.web_port}
  tls {{ cert_file: "{CERTIFICATE}", key_file: "{KEY}" }}
}}
"""


def _cluster(one: Installation, node: Node) -> str:
    others = [each for each in one.nodes if each != node]
    if not others:
        return ""
    routes = ", ".join(f'"tls://{_place(each.host)}:{each.cluster_port}"' for each in others)
    return f"""cluster {{
  name: kring
  port: {node.cluster_port}
  routes: [{routes}]
  no_advertise: true
  tls {{
    cert_file: "{ROUTES_CERTIFICATE}"
    key_file: "{ROUTES_KEY}"
    ca_file: "{ROUTES_AUTHORITY}"
    verify: true
    timeout: 5
  }}
}}
"""


def store_key(own: OperatorKeys) -> str:
    """Return what a server locks its disk with."""
    return f'{WRITTEN}store_key: "{own.store}"\n'


def accounts(one: Installation, own: OperatorKeys, studies: dict[str, StudyKeys], at_s: int) -> str:
    """Return who vouches for whom, for all servers alike."""
    operator, system = tokens.public_of(own.operator), tokens.public_of(own.system)
    listed = {system: tokens.signed(own.operator, tokens.system_account(system, operator, own.made_s))}
    for name, its_keys in studies.items():
        public = tokens.public_of(its_keys.account)
        listed[public] = tokens.signed(own.operator, _account(one, name, its_keys, operator, at_s))
    preload = "".join(f"  {public}: {token}\n" for public, token in listed.items())
    return (
        f"{WRITTEN}operator: {tokens.signed(own.operator, tokens.operator(operator, system, own.made_s))}\n"
        f"system_account: {system}\nresolver: MEMORY\nresolver_preload: {{\n{preload}}}\n"
    )


FOREVER_S = 4_102_444_800
"""The year 2100: a key that was withdrawn never comes back."""


def _account(one: Installation, study: str, its_keys: StudyKeys, operator: str, at_s: int) -> dict[str, object]:
    plan = one.studies[study]
    scopes = [_scope(study, name, tokens.public_of(its_keys.scopes[name])) for name in SCOPES]
    withdrawn = dict.fromkeys(plan.withdrawn, FOREVER_S)
    public = tokens.public_of(its_keys.account)
    return tokens.account(study, public, operator, at_s, plan.quotas, scopes, withdrawn)


def _scope(study: str, name: str, key: str) -> Scope:
    """Return what a key lets people in for: in a role, for the session that they are named after in what it signs."""
    of_session = Names("{{name()}}")
    pool = pool_of(study)
    if name == keys.HOST:
        asks = ["$JS.API.STREAM.CREATE.*", "$JS.API.STREAM.INFO.*", f"$JS.API.STREAM.UPDATE.{pool}"]
        every = "*"  # who makes sessions feeds the observers of each of them
        hears = [f"{inbox_of(keys.HOST)}.>", *rights.feeder_may_hear(every)]
        return Scope(key, name, [*asks, *rights.feeder_may_publish(every)], hears)
    if name == READER:
        get = f"$JS.API.DIRECT.GET.{pool}"
        return Scope(key, name, [f"$JS.API.STREAM.INFO.{pool}", get, f"{get}.>"], [f"{inbox_of(READER)}.>"])
    role = next(each for each in ROLES if each == name)
    return Scope(key, name, may_publish(of_session, role), may_hear(of_session, role))


def _place(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def unit(program: str) -> str:
    """Return an example of how systemd starts a server, from its folder in /srv/kring."""
    return f"""# An example: copy it to /etc/systemd/system/kring-server@.service, and the folder of the server to
# /srv/kring/NAME (owner kring, mode 0700). Then: systemctl enable --now kring-server@NAME
[Unit]
Description=Server of kring sessions (%i)
After=network-online.target time-sync.target
Wants=network-online.target

[Service]
User=kring
WorkingDirectory=/srv/kring/%i
ExecStart={program} -c {SERVER}
ExecReload=/bin/kill -HUP $MAINPID
ExecStop=/bin/kill -USR2 $MAINPID
KillMode=process
TimeoutStopSec=90
Restart=always
RestartSec=1
LimitNOFILE=65536
UMask=0077
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=/srv/kring/%i
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
"""
