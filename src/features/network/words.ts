import type { ConfigFault } from '#domain/network/check/judge.ts';
import type { ConfigForm } from '#domain/network/check/parsed-config.ts';
import type { PlannedWay } from '#domain/network/plan.ts';
import { count } from '#domain/text/words.ts';
import type { LEVELS } from './schemas.ts';

export const ASK_ORGANIZATION =
  'Enter the ID of the Claude organization in the charter. An Owner finds it in Claude under Organization settings > Organization, at the bottom of the page.';

export const FORM_WORDS: Readonly<Record<ConfigForm, string>> = {
  browser_policy: 'Browser policy',
  squid: 'Squid',
  haproxy: 'HAProxy',
  envoy: 'Envoy',
  mitmproxy: 'mitmproxy',
  fortigate: 'FortiGate',
  cloudflare: 'Cloudflare Gateway rule',
  zscaler: 'Zscaler',
  palo_alto: 'Palo Alto (Terraform)',
  azure_firewall: 'Azure Firewall (Bicep or ARM)',
};

/** Why a file cannot be generated, as a sentence that says what to do. */
export function lackWords(lack: NonNullable<PlannedWay['lack']>): string {
  switch (lack.why) {
    case 'no_allowlist':
      return 'The charter does not describe how managed devices get past the block. Describe it first; otherwise staff will turn to their phones.';
    case 'no_forbidden':
      return 'The charter does not forbid any AI tool whose hosts Bylaw knows. Decide on tools on the Shadow AI page first.';
    case 'none':
      return ASK_ORGANIZATION;
    case 'too_many':
      return `Claude accepts at most ${count(lack.limit, 'organization')}. Allow fewer.`;
    case 'too_long':
      return lack.limit === 0
        ? 'A single value in this product cannot hold an organization ID. Choose another way.'
        : `This product can name at most ${count(lack.limit, 'organization')}. Allow fewer, or choose another way.`;
  }
}

type Level = (typeof LEVELS)[number];
interface Words {
  readonly level: Level;
  readonly says: (found: string) => string;
  readonly do: string;
}

/** What each finding means and what to do about it. */
export const FINDING_WORDS: Readonly<Record<ConfigFault, Words>> = {
  no_header: {
    level: 'fault',
    says: (found) => `The header ${found} is not set anywhere, so Claude refuses no one.`,
    do: 'Set it for every request to Claude.',
  },
  wrong_name: {
    level: 'fault',
    says: (found) => `Claude does not know a header called “${found}”.`,
    do: 'Copy the name from the list of headers on this page.',
  },
  placeholder: {
    level: 'fault',
    says: (found) => `The value “${found}” still has a placeholder in it.`,
    do: 'Replace it with the organization’s ID.',
  },
  blank: {
    level: 'fault',
    says: () => 'The value contains a space. Claude takes IDs separated by commas without spaces.',
    do: 'Remove the blanks.',
  },
  not_an_id: {
    level: 'fault',
    says: (found) =>
      found === '' ? 'The value has an empty entry.' : `“${found}” is not the ID of an organization.`,
    do: 'Use ids of 36 characters with dashes, separated by commas.',
  },
  other_organization: {
    level: 'fault',
    says: (found) => `The organization ${found} is allowed, but the charter does not name it.`,
    do: 'Remove it, or add it in the charter under other organizations that are allowed.',
  },
  organization_missing: {
    level: 'fault',
    says: (found) => `The organization ${found} is not in the value, so its own people are refused.`,
    do: 'Add the ID.',
  },
  organization_unknown: {
    level: 'unknown',
    says: () => 'The charter does not state the organization’s ID, so the IDs cannot be compared.',
    do: 'Enter it in the charter.',
  },
  sent_twice: {
    level: 'fault',
    says: (found) =>
      `${found} is added to what the client sends. When both are there Claude answers with an error, and a program can cause that at will.`,
    do: 'Replace the header, or remove the client’s first.',
  },
  client_wins: {
    level: 'fault',
    says: (found) =>
      `${found} is set only where the client sends none, so a program that sends its own chooses the organization.`,
    do: 'Replace the header on every request.',
  },
  act_unknown: {
    level: 'unknown',
    says: (found) =>
      `Whether this product replaces a ${found} that the client sends is not documented on the pages that were read.`,
    do: 'Try it from a managed device with a value of your own in the header.',
  },
  host_missing: {
    level: 'fault',
    says: (found) => `The rule does not cover ${found}, so personal accounts work there.`,
    do: 'Add the host.',
  },
  hosts_unknown: {
    level: 'unknown',
    says: () => 'This file does not show which hosts the rule covers.',
    do: 'Check whether it covers all four hosts on this page.',
  },
  continuation_missing: {
    level: 'fault',
    says: (found) =>
      `The first header announces ${found}, and it is not there. Claude answers with an error.`,
    do: 'Set every header that is announced, or lower the number after “;n=”.',
  },
  continuation_left_over: {
    level: 'fault',
    says: (found) =>
      `${found} is set and the first header does not announce it. Claude answers with an error.`,
    do: 'Remove it, or announce it by “;n=” in the first header.',
  },
  continuations_open: {
    level: 'weak',
    says: (found) =>
      `A client can send ${found} and the headers after it. That locks the client out of Claude rather than letting it in.`,
    do: 'Remove the numbered headers that clients send.',
  },
  too_many: {
    level: 'fault',
    says: (found) => `The header names ${found} organizations, more than Claude takes.`,
    do: 'Name 500 at most.',
  },
  too_long: {
    level: 'fault',
    says: (found) =>
      `${found} is longer than the browser takes, so the browser ignores it without any notice.`,
    do: 'Divide the IDs over numbered headers.',
  },
  bad_pattern: {
    level: 'fault',
    says: (found) => `“${found}” is not a pattern that browsers accept. They ignore it without any notice.`,
    do: 'Write the plain name; it covers its subdomains.',
  },
  goes_by_host: {
    level: 'fault',
    says: () =>
      'The header is added according to the Host inside the session. A program that names another host there bypasses it.',
    do: 'Use a list of the type ssl::server_name for request_header_add.',
  },
  host_not_compared: {
    level: 'weak',
    says: () =>
      'The host of the session and the host inside it are not compared, so a request can ask for another one.',
    do: 'Refuse requests in a session with Claude that ask for another host.',
  },
  no_websocket: {
    level: 'weak',
    says: () => 'WebSocket is blocked, and parts of claude.ai need it.',
    do: 'Add: http_upgrade_request_protocols websocket allow.',
  },
  websocket_case: {
    level: 'fault',
    says: (found) => `“${found}” is case-sensitive, and browsers send “websocket”, so the line does nothing.`,
    do: 'Write websocket in lowercase.',
  },
  not_decrypted: {
    level: 'fault',
    says: () => 'Nothing is decrypted, so no header can be added to requests over TLS.',
    do: 'Decrypt Claude’s hosts: in Squid with ssl_bump, in Azure Firewall with terminateTLS.',
  },
  wrong_action: {
    level: 'fault',
    says: (found) => `The action of the rule is “${found}”. Only rules with the action allow set headers.`,
    do: 'Change the action to allow.',
  },
  http2_unsure: {
    level: 'unknown',
    says: () =>
      'Browsers speak HTTP/2 with Claude, and nothing in this file shows that the header is set there, too. PAN-OS 9.1 and older set it in HTTP/1.1 only; Fortinet does not say.',
    do: 'Keep Claude’s hosts on HTTP/1.1 (PAN-OS: Strip ALPN in the decryption profile; FortiOS: set supported-alpn http1-1 in the inspection profile), or run the test under Proof in a browser.',
  },
  http2_unread: {
    level: 'fault',
    says: (found) =>
      `“${found}” offers HTTP/2, and this part of the configuration does not read it. No header is set there.`,
    do: 'HAProxy: mode http. Envoy: codec_type AUTO. Or offer http/1.1 only.',
  },
  passed_on: {
    level: 'fault',
    says: (found) =>
      `“${found}” is in a section of mode tcp, which passes on what it does not read. No header is set there.`,
    do: 'Write mode http into the section or the defaults. Without a mode, HAProxy uses tcp.',
  },
};
