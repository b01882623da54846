import type { ForbiddenTools } from '../../ai-tools/forbidden.ts';
import type { TenantRestriction } from '../../model/network.ts';
import type { HeaderLine } from '../header.ts';

/** What files are made of. */
export interface MakerInput {
  readonly restriction: TenantRestriction;
  readonly headers: readonly HeaderLine[];
  /** AI tools that the charter forbids. */
  readonly forbidden: ForbiddenTools;
  /** Lines for the top: whose it is, from which charter, made when. Each is one line without control characters. */
  readonly about: readonly string[];
  /** Where the result of a test goes: address of the server, and the client's name in addresses. */
  readonly report: { readonly server: string; readonly client: string };
}

/** Files of text by their id in the catalogue. */
export type Maker = Readonly<Record<string, (input: MakerInput) => string>>;

/** The lines about the file as comments, each after `mark`. */
export function comments({ about }: MakerInput, mark = '#'): string {
  return about.map((line) => `${mark} ${line}\n`).join('');
}

/** A list of hosts with the names below each of them, for systems that write that with a dot before the name. */
export function dotted({ restriction }: MakerInput): readonly string[] {
  return topNames(restriction.hosts).map((host) => `.${host}`);
}

/** Hosts without those that lie below another of them. */
export function topNames(hosts: readonly string[]): readonly string[] {
  return hosts.filter((host) => !hosts.some((other) => host.endsWith(`.${other}`)));
}
