import { readJsonForm } from '#domain/network/check/json-forms.ts';
import type { ParsedConfig } from '#domain/network/check/parsed-config.ts';
import { readTextForm } from '#domain/network/check/text-forms.ts';
import { BROWSER_POLICY } from '#domain/network/makers/browser.ts';
import { asPlist, plistOf, textOf } from './forms.ts';
import { DeviceFileError } from './problem.ts';

const NONE = `This is not one of the configurations that can be checked: a browser policy with ${BROWSER_POLICY} (JSON, .reg or .mobileconfig), squid.conf, haproxy.cfg, an Envoy configuration, a script or modify_headers line of mitmproxy, lines of FortiGate, a Cloudflare rule as JSON, a header action profile of Zscaler as JSON, a Terraform file of Zscaler or Palo Alto, or a Bicep or ARM file of Azure Firewall.`;

/** Parses a gateway's or browser's configuration in any supported format. Throws a DeviceFileError. */
export function readNetworkConfig(bytes: Uint8Array): ParsedConfig {
  if (bytes.byteLength === 0) throw new DeviceFileError('The file is empty.');
  const text = textOf(bytes)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^(?:Windows Registry Editor|REGEDIT4)/.test(text)) return ofRules(regValue(text));
  if (text.startsWith('<')) return ofRules(inside(asPlist(() => plistOf(text))));
  if (text.startsWith('{') || text.startsWith('[')) {
    const value = jsonOf(text);
    const found = readJsonForm(value) ?? ofIntune(value);
    if (found !== null) return found;
    // Envoy and Azure also use JSON.
    return readTextForm(text) ?? refuse();
  }
  return readTextForm(text) ?? refuse();
}

function refuse(why = NONE): never {
  throw new DeviceFileError(why);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(
      `The file starts like JSON but is not valid JSON (${error instanceof Error ? error.message : 'not readable'}).`,
    );
  }
}

/** Rules of the browser policy, as text or parsed; anything else is rejected. */
function ofRules(rules: unknown): ParsedConfig {
  if (rules === null || rules === undefined) return refuse(`The file does not set ${BROWSER_POLICY}.`);
  return readJsonForm({ [BROWSER_POLICY]: rules }) ?? refuse();
}

function regValue(text: string): string | null {
  const found = new RegExp(`^"${BROWSER_POLICY}"="((?:[^"\\\\]|\\\\.)*)"`, 'm').exec(text);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? null;
}

/** Finds the policy anywhere in a profile, since payloads can be nested. */
function inside(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 8) return null;
  if (!Array.isArray(value) && BROWSER_POLICY in value)
    return (value as Record<string, unknown>)[BROWSER_POLICY];
  for (const one of Object.values(value)) {
    const found = inside(one, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** An Intune profile contains the rules as text in a setting's data. */
function ofIntune(value: unknown): ParsedConfig | null {
  const settings = (value as { omaSettings?: unknown }).omaSettings;
  if (!Array.isArray(settings)) return null;
  for (const one of settings as { omaUri?: unknown; value?: unknown }[]) {
    if (!String(one.omaUri ?? '').endsWith(`/${BROWSER_POLICY}`)) continue;
    const data = /value="([^"]*)"/.exec(String(one.value ?? ''))?.[1];
    if (data !== undefined)
      return ofRules(
        data
          .replace(/&quot;/g, '"')
          .replace(/&apos;/g, "'")
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&amp;/g, '&'),
      );
  }
  return null;
}
