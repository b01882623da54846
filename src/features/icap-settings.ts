import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { isLoopback } from './loopback.ts';
import { SettingProblem } from './setting-problem.ts';

/** Address on which the server listens for proxies (ICAP), and which proxies may connect. */
export interface IcapSettings {
  readonly host: string;
  readonly port: number;
  /** Addresses and networks of the proxies. */
  readonly from: readonly string[];
  /** Certificate and key as PEM; null: unencrypted. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads BYLAW_ICAP_PORT, BYLAW_ICAP_HOST, BYLAW_ICAP_FROM, BYLAW_ICAP_CERT and BYLAW_ICAP_KEY_FILE. Returns null
 * without a port: ICAP is off.
 *
 * @param networksOf parses addresses and networks, and reports those that are invalid
 */
export function icapSettings(
  environment: Environment,
  networksOf: (text: string | undefined, problem: (one: string) => string) => readonly string[],
): IcapSettings | null {
  const text = environment.BYLAW_ICAP_PORT?.trim() ?? '';
  if (text === '') return null;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SettingProblem(
      `BYLAW_ICAP_PORT is “${text}”, which is not a port. Write a number from 1 to 65535, usually 1344.`,
    );
  const host = environment.BYLAW_ICAP_HOST?.trim() || '127.0.0.1';
  const named = networksOf(
    environment.BYLAW_ICAP_FROM,
    (one) =>
      `BYLAW_ICAP_FROM names “${one}”, which is not an address. Write the addresses of the proxies, for example 10.0.0.7 or 10.0.0.0/24, several with commas between.`,
  );
  if (named.length === 0 && !isLoopback(host))
    throw new SettingProblem(
      `BYLAW_ICAP_HOST is ${host}, so others than this machine reach the check. Name the addresses of the proxies in BYLAW_ICAP_FROM, for example 10.0.0.7.`,
    );
  return { host, port, from: named.length === 0 ? ['127.0.0.0/8', '::1'] : named, tls: tlsOf(environment) };
}

function tlsOf({ BYLAW_ICAP_CERT, BYLAW_ICAP_KEY_FILE }: Environment): IcapSettings['tls'] {
  const [cert, key] = [BYLAW_ICAP_CERT?.trim() ?? '', BYLAW_ICAP_KEY_FILE?.trim() ?? ''];
  if (cert === '' && key === '') return null;
  if (cert === '' || key === '')
    throw new SettingProblem(
      'Only one of BYLAW_ICAP_CERT and BYLAW_ICAP_KEY_FILE is set. Name a file with the certificate and one with its key, or neither.',
    );
  return { cert: fileOf('BYLAW_ICAP_CERT', cert), key: fileOf('BYLAW_ICAP_KEY_FILE', key) };
}

function fileOf(name: string, path: string): string {
  if (isAbsolute(path))
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // Reported below, together with paths that are not absolute.
    }
  throw new SettingProblem(`${name} is “${path}”, which cannot be read. Enter the full path of a PEM file.`);
}

/** Warnings about unsafe settings, each as a sentence. */
export function icapWarnings(icap: IcapSettings | null): readonly string[] {
  return icap === null || icap.tls !== null || isLoopback(icap.host)
    ? []
    : [
        `Proxies send what people write to ${icap.host}:${icap.port} without encryption (BYLAW_ICAP_PORT). Set BYLAW_ICAP_CERT and BYLAW_ICAP_KEY_FILE, or keep that network to the proxy and this server.`,
      ];
}
