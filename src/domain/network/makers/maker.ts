import type { ForbiddenTools } from '../../ai-tools/forbidden.ts';
import type { TenantRestriction } from '../../model/network.ts';
import type { HeaderLine } from '../header.ts';

/** Input of the generators. */
export interface MakerInput {
  readonly restriction: TenantRestriction;
  readonly headers: readonly HeaderLine[];
  /** AI tools that the charter forbids. */
  readonly forbidden: ForbiddenTools;
  /** Lines for the top: the client, the charter and the time. Each is one line without control characters. */
  readonly about: readonly string[];
  /** Where test results are sent: the server's address, and the client's name in URLs. */
  readonly report: { readonly server: string; readonly client: string };
}

/** Text file generators by file id in the catalogue. */
export type Maker = Readonly<Record<string, (input: MakerInput) => string>>;

/** The lines about the file as comments, each preceded by `mark`. */
export function comments({ about }: MakerInput, mark = '#'): string {
  return about.map((line) => `${mark} ${line}\n`).join('');
}

/** Hosts with a leading dot, for systems where that includes all names below. */
export function dotted({ restriction }: MakerInput): readonly string[] {
  return topNames(restriction.hosts).map((host) => `.${host}`);
}

/** Hosts without those below another host in the list. */
export function topNames(hosts: readonly string[]): readonly string[] {
  return hosts.filter((host) => !hosts.some((other) => host.endsWith(`.${other}`)));
}
