/** Forms of configuration that are read, by the program that takes them. */
export const CONFIG_FORMS = [
  'browser_policy',
  'squid',
  'haproxy',
  'envoy',
  'mitmproxy',
  'fortigate',
  'cloudflare',
  'zscaler',
  'palo_alto',
  'azure_firewall',
] as const;
export type ConfigForm = (typeof CONFIG_FORMS)[number];

/**
 * What a configuration does with a header of the client: set replaces it · add sends ours beside it · absent leaves the
 * client's where there is one · unknown: the vendor does not say.
 */
export type HeaderAct = 'set' | 'add' | 'absent' | 'unknown';

export interface FoundHeader {
  readonly name: string;
  readonly value: string;
  readonly act: HeaderAct;
  /** Line in the file, from 1; null where the form has none. */
  readonly line: number | null;
}

/** A flaw that only this form can have, by its code. */
export const FORM_FLAWS = [
  'bad_pattern',
  'goes_by_host',
  'host_not_compared',
  'no_websocket',
  'websocket_case',
  'not_decrypted',
  'wrong_action',
  'http2_unsure',
  'http2_unread',
  'passed_on',
] as const;
export type FormFlaw = (typeof FORM_FLAWS)[number];

/** What a configuration says of the header, in whatever form it is written. */
export interface FoundConfig {
  readonly form: ConfigForm;
  readonly headers: readonly FoundHeader[];
  /** Names of headers of the client that are removed; a name may be a regular expression between slashes. */
  readonly removed: readonly string[];
  /** Hosts that the rule speaks of, as they are written; null: it does not limit itself, or not where it can be seen. */
  readonly hosts: readonly string[] | null;
  readonly flaws: readonly {
    readonly code: FormFlaw;
    readonly found: string;
    readonly line: number | null;
  }[];
}
