import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SOURCES } from '#sources/registry.ts';
import { databaseAddress } from './database-url.ts';
import { type IcapSettings, icapSettings, icapWarnings } from './icap-settings.ts';
import { isLoopback } from './loopback.ts';
import { type MetricsAccess, MIN_METRICS_TOKEN, metricsAccess } from './metrics-access.ts';
import { privateHostsOf } from './outbound.ts';
import { SettingProblem } from './setting-problem.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** The settings of this server, all from environment variables. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** Base URL of the console. */
  readonly origin: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** A warning about the connection to the database, as a sentence; null: none. */
  readonly databaseWarning: string | null;
  readonly keyFile: string;
  /** Keys from the environment, used instead of the key file; null: the file is used. Never logged. */
  readonly key: string | null;
  /** Addresses and networks of the reverse proxies whose `X-Forwarded-For` is trusted. */
  readonly trustProxy: readonly string[];
  readonly privateHosts: readonly string[];
  /** Folders below which files may be written for a SIEM. */
  readonly forwardFolders: readonly string[];
  /** File to which the heads of the audit log are appended, preferably on another machine; null: none. */
  readonly auditHeadsFile: string | null;
  /** DNS resolvers as `address` or `address:port`. */
  readonly resolvers: readonly string[];
  /** Limit in bytes for telemetry spooled to disk while the database is unavailable. */
  readonly spoolBytes: number;
  /** Who may read `/metrics`; null: nobody. */
  readonly metrics: MetricsAccess | null;
  /** Base URL to use instead of the vendor's own, by source. */
  readonly vendorUrls: Readonly<Record<string, string>>;
  /** Where the ICAP service for proxies listens; null: it is off. */
  readonly icap: IcapSettings | null;
  readonly logLevel: string;
}

/**
 * Reads BYLAW_HOST, BYLAW_PORT, BYLAW_ORIGIN, BYLAW_TRUST_PROXY, BYLAW_DATA, BYLAW_KEY, BYLAW_KEY_FILE, BYLAW_LOG,
 * BYLAW_ALLOW_PRIVATE_HOSTS, BYLAW_FORWARD_FOLDERS, BYLAW_AUDIT_HEADS_FILE,
 * BYLAW_RESOLVERS, BYLAW_SPOOL_MB, BYLAW_METRICS_TOKEN,
 * BYLAW_METRICS_FROM, BYLAW_ICAP_PORT and its like, BYLAW_ANTHROPIC_URL, BYLAW_MICROSOFT_URL, BYLAW_DATABASE_TLS and DATABASE_URL. Without any of them: this machine only, port 7700, the embedded database in
 * `.bylaw` beside the program.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): ServerSettings {
  const host = environment.BYLAW_HOST?.trim() || '127.0.0.1';
  const port = portOf(environment.BYLAW_PORT);
  const dataDir = resolve(environment.BYLAW_DATA?.trim() || join(REPOSITORY, '.bylaw'));
  const databaseUrl = environment.DATABASE_URL?.trim() || null;
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new SettingProblem(
      'DATABASE_URL does not start with postgres:// or postgresql://. Write the address of a PostgreSQL server, or leave it out for the embedded database.',
    );
  const database = databaseUrl === null ? null : databaseAddress(databaseUrl, environment.BYLAW_DATABASE_TLS);
  if (database !== null && 'problem' in database) throw new SettingProblem(database.problem);
  return {
    host,
    port,
    origin: originOf(environment.BYLAW_ORIGIN, host, port),
    dataDir,
    databaseUrl: database?.url ?? null,
    databaseWarning: database?.warning ?? null,
    keyFile: resolve(environment.BYLAW_KEY_FILE?.trim() || join(dataDir, 'secret.key')),
    key: environment.BYLAW_KEY?.trim() || null,
    trustProxy: proxiesOf(environment.BYLAW_TRUST_PROXY),
    privateHosts: privateHostsOf(environment.BYLAW_ALLOW_PRIVATE_HOSTS),
    forwardFolders: foldersOf(environment.BYLAW_FORWARD_FOLDERS),
    auditHeadsFile: headsFileOf(environment.BYLAW_AUDIT_HEADS_FILE),
    resolvers: resolversOf(environment.BYLAW_RESOLVERS),
    spoolBytes: spoolOf(environment.BYLAW_SPOOL_MB) * 1024 * 1024,
    metrics: metricsOf(environment.BYLAW_METRICS_TOKEN, environment.BYLAW_METRICS_FROM),
    vendorUrls: vendorUrlsOf(environment),
    icap: icapSettings(environment, networksOf),
    logLevel: levelOf(environment.BYLAW_LOG),
  };
}

/** Warnings for the operator about these settings, each one or two sentences. Shown at startup and under Settings. */
export function settingWarnings({
  host,
  origin,
  trustProxy,
  databaseWarning,
  icap,
}: ServerSettings): readonly string[] {
  const open = !isLoopback(host);
  const encrypted = origin.startsWith('https:');
  const warnings: string[] = [];
  if (open && !encrypted)
    warnings.push(
      `Others can reach this server at ${host} without encryption, so passwords can be read in transit. Put it behind a reverse proxy with https and set BYLAW_ORIGIN to its address.`,
    );
  if (open && encrypted)
    warnings.push(
      `This server listens at ${host} without its own encryption. Make sure that only the reverse proxy can reach it there, or set BYLAW_HOST to 127.0.0.1 if the proxy is on this machine.`,
    );
  if (!open && !encrypted && !isLoopback(new URL(origin).hostname.replace(/^\[|\]$/g, '')))
    warnings.push(
      `People open this server at ${origin} without encryption, so passwords can be read in transit. Have the reverse proxy serve https and set BYLAW_ORIGIN to that address.`,
    );
  if (encrypted && trustProxy.length === 0)
    warnings.push(
      'BYLAW_ORIGIN is https, so a reverse proxy is in front of this server, but BYLAW_TRUST_PROXY does not name its address. All visitors count as one network, so one visitor’s wrong passwords make the others wait.',
    );
  if (databaseWarning !== null) warnings.push(databaseWarning);
  warnings.push(...icapWarnings(icap));
  return warnings;
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function levelOf(text: string | undefined): string {
  const level = text?.trim() || 'warn';
  if (LEVELS.includes(level)) return level;
  throw new SettingProblem(`BYLAW_LOG is “${level}”. Write one of ${LEVELS.join(', ')}.`);
}

/** Parses the addresses and networks in a setting. */
function networksOf(text: string | undefined, problem: (one: string) => string): string[] {
  const named = (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
  for (const one of named) {
    const [address = '', bits, more] = one.split('/');
    const family = isIP(address);
    const max = family === 4 ? 32 : 128;
    const network = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= max && Number(bits) > 0);
    if (family === 0 || !network || more !== undefined) throw new SettingProblem(problem(one));
  }
  return named;
}

function proxiesOf(text: string | undefined): string[] {
  return networksOf(
    text,
    (one) =>
      `BYLAW_TRUST_PROXY names “${one}”, which is not an address. Write the reverse proxy’s own address, for example 127.0.0.1 or 10.0.0.0/24, several with commas between.`,
  );
}

function metricsOf(token: string | undefined, from: string | undefined): MetricsAccess | null {
  const secret = token?.trim() || null;
  if (secret !== null && secret.length < MIN_METRICS_TOKEN)
    throw new SettingProblem(
      `BYLAW_METRICS_TOKEN has fewer than ${MIN_METRICS_TOKEN} characters. Write a long random one, for example from: openssl rand -hex 32`,
    );
  const networks = networksOf(
    from,
    (one) =>
      `BYLAW_METRICS_FROM names “${one}”, which is not an address. Write where Prometheus asks from, for example 127.0.0.1 or 10.0.0.0/24, several with commas between.`,
  );
  return metricsAccess(secret, networks);
}

function foldersOf(text: string | undefined): readonly string[] {
  const named = (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const wrong = named.find((one) => !isAbsolute(one));
  if (wrong !== undefined)
    throw new SettingProblem(
      `BYLAW_FORWARD_FOLDERS names “${wrong}”, which is not a full path. Write folders from the root, for example /var/log/bylaw, several with commas between.`,
    );
  return named;
}

function headsFileOf(text: string | undefined): string | null {
  const file = text?.trim() ?? '';
  if (file === '') return null;
  if (!isAbsolute(file))
    throw new SettingProblem(
      `BYLAW_AUDIT_HEADS_FILE is “${file}”, which is not a full path. Write a file from the root, for example /mnt/auditor/bylaw-heads.jsonl, best on a share that this machine can only add to.`,
    );
  return file;
}

/** Two public resolvers, which are reachable from anywhere and not part of any client's network. */
const PUBLIC_RESOLVERS = ['1.1.1.1', '8.8.8.8'];

function resolversOf(text: string | undefined): readonly string[] {
  const named = (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
  for (const one of named) {
    const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(one) ?? [];
    const known = isIP(one) !== 0 || isIP(v4 ?? '') === 4 || isIP(v6 ?? '') === 6;
    if (!known || Number(port ?? 53) > 65_535 || Number(port ?? 53) === 0)
      throw new SettingProblem(
        `BYLAW_RESOLVERS names “${one}”, which is not an address. Write addresses of DNS resolvers, for example 1.1.1.1 or 127.0.0.1:5353, several with commas between.`,
      );
  }
  return named.length > 0 ? named : PUBLIC_RESOLVERS;
}

function vendorUrlsOf(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const sources = SOURCES.flatMap(({ id, live }) => {
    if (live === null) return [];
    const url = insteadOf(environment, `BYLAW_${id.toUpperCase()}_URL`, live.hosts({}).join(' and '));
    return url === null ? [] : [[id, url]];
  });
  const microsoft = insteadOf(
    environment,
    'BYLAW_MICROSOFT_URL',
    'login.microsoftonline.com and graph.microsoft.com',
  );
  return {
    ...Object.fromEntries(sources),
    ...(microsoft === null ? {} : { microsoft_mail: microsoft }),
  };
}

function insteadOf(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  hosts: string,
): string | null {
  const wanted = environment[name]?.trim();
  if (!wanted) return null;
  if (URL.canParse(wanted) && /^https?:\/\/[^/?#@]+\/?$/.test(wanted)) return new URL(wanted).origin;
  throw new SettingProblem(
    `${name} is “${wanted}”. Write the address of what replaces ${hosts}, with nothing after the host, or leave it out.`,
  );
}

function spoolOf(text: string | undefined): number {
  const megabytes = Number(text?.trim() || 256);
  if (Number.isInteger(megabytes) && megabytes >= 0 && megabytes <= 1_000_000) return megabytes;
  throw new SettingProblem(
    `BYLAW_SPOOL_MB is “${text}”. Write how many megabytes of telemetry may wait on the disk while the database is away, for example 256.`,
  );
}

function portOf(text: string | undefined): number {
  const port = Number(text?.trim() || 7700);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new SettingProblem(`BYLAW_PORT is “${text}”, which is not a port. Write a number from 1 to 65535.`);
}

function originOf(text: string | undefined, host: string, port: number): string {
  const wanted = text?.trim();
  // `localhost` rather than the loopback address, because browsers allow no passkeys at an IP address and every link
  // that Bylaw makes uses this origin. It does not resolve to any other address of this machine.
  if (!wanted) {
    const named = ['127.0.0.1', '::1'].includes(host);
    return `http://${named ? 'localhost' : isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  }
  try {
    const url = new URL(wanted);
    if ((url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/') return url.origin;
  } catch {
    // Reported below with the same message as any other malformed address.
  }
  throw new SettingProblem(
    `BYLAW_ORIGIN is “${wanted}”. Write the address that people open, for example https://bylaw.yourorg.org, with nothing after the host.`,
  );
}
