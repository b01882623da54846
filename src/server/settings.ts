import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { privateHostsOf } from '#features/outbound.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** How this server was told to run, all of it from the environment. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** The address that people open. */
  readonly origin: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly keyFile: string;
  readonly privateHosts: readonly string[];
  readonly logLevel: string;
}

/** A setting that cannot be used, as one sentence with its name. */
export class SettingProblem extends Error {
  override readonly name = 'SettingProblem';
}

/**
 * Reads BYLAW_HOST, BYLAW_PORT, BYLAW_ORIGIN, BYLAW_DATA, BYLAW_KEY_FILE, BYLAW_LOG, BYLAW_ALLOW_PRIVATE_HOSTS and DATABASE_URL. Without any of
 * them: this machine only, port 7700, the embedded database in `.bylaw` beside the program.
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
  return {
    host,
    port,
    origin: originOf(environment.BYLAW_ORIGIN, host, port),
    dataDir,
    databaseUrl,
    keyFile: resolve(environment.BYLAW_KEY_FILE?.trim() || join(dataDir, 'secret.key')),
    privateHosts: privateHostsOf(environment.BYLAW_ALLOW_PRIVATE_HOSTS),
    logLevel: environment.BYLAW_LOG?.trim() || 'warn',
  };
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 7700);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new SettingProblem(`BYLAW_PORT is "${text}", which is no port. Write a number from 1 to 65535.`);
}

function originOf(text: string | undefined, host: string, port: number): string {
  const wanted = text?.trim();
  if (!wanted) return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  try {
    const url = new URL(wanted);
    if ((url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/') return url.origin;
  } catch {
    // Said below, the same for every form that is no address.
  }
  throw new SettingProblem(
    `BYLAW_ORIGIN is "${wanted}". Write the address that people open, for example https://bylaw.yourorg.org, with nothing after the host.`,
  );
}
