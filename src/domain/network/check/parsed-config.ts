/** Supported configuration formats, by the program that uses them. */
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
 * What a configuration does with the client's header: set replaces it · add sends ours in addition · absent keeps the
 * client's if there is one · unknown: the vendor does not say.
 */
export type HeaderAct = 'set' | 'add' | 'absent' | 'unknown';

export interface ParsedHeader {
  readonly name: string;
  readonly value: string;
  readonly act: HeaderAct;
  /** Line in the file, from 1; null if the format has no lines. */
  readonly line: number | null;
}

/** Flaws that are specific to a format. */
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

/** What a configuration says about the header, independent of format. */
export interface ParsedConfig {
  readonly form: ConfigForm;
  readonly headers: readonly ParsedHeader[];
  /** Names of client headers that are removed; a name may be a regular expression between slashes. */
  readonly removed: readonly string[];
  /** Hosts that the rule is limited to, as written; null: no limit, or none that is visible. */
  readonly hosts: readonly string[] | null;
  readonly flaws: readonly {
    readonly code: FormFlaw;
    readonly found: string;
    readonly line: number | null;
  }[];
}
