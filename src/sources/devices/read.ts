import { parseBinary } from 'plist';
import type { ParsedDeviceFile, ParsedSetting } from '#domain/devices/parsed-file.ts';
import type { DeviceFormat } from '#domain/model/device-settings.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { asPlist, firstLine, plistOf, textOf } from './forms.ts';
import { isIntuneAnswer, readIntune } from './intune.ts';
import { DeviceFileError } from './problem.ts';
import { readReg } from './reg.ts';

/** Parses a file of device settings in any supported format. Its name is used only if the content is ambiguous. */
export function readDeviceFile(name: string, bytes: Uint8Array): ParsedDeviceFile {
  if (bytes.byteLength === 0) throw new DeviceFileError('The file is empty.');
  if (starts(bytes, 'bplist00')) return ofPlist(asPlist(() => parseBinary(bytes)));
  if (bytes[0] === 0x30 && bytes[1] === 0x82)
    throw new DeviceFileError(
      'The profile is signed, so its settings cannot be read as they are. Take the unsigned one from your MDM, or remove the signature with: security cms -D -i FILE -o PLAIN',
    );
  const text = textOf(bytes).trimStart();
  if (/^(Windows Registry Editor Version 5\.00|REGEDIT4)/.test(text)) return readReg(text);
  if (text.startsWith('<')) return ofPlist(asPlist(() => plistOf(text)));
  if (text.startsWith('{')) return ofJson(name, jsonOf(text));
  throw new DeviceFileError(
    'This is not one of the files that can be checked: a registry file (.reg), a configuration profile or property list (.mobileconfig, .plist), managed-settings.json, managed-mcp.json, or an Intune profile as JSON.',
  );
}

function starts(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;
}

type Dict = { readonly [key: string]: unknown };
const isDict = (value: unknown): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const DOMAINS: Readonly<Record<string, ParsedDeviceFile['product']>> = {
  'com.anthropic.claudefordesktop': 'claude_desktop',
  'com.anthropic.claudecode': 'claude_code',
};

function ofPlist(value: unknown): ParsedDeviceFile {
  if (!isDict(value)) throw new DeviceFileError('The property list holds no settings by name.');
  const payloads = Array.isArray(value.PayloadContent) ? value.PayloadContent.filter(isDict) : null;
  if (payloads === null)
    return { format: 'mobileconfig', product: 'claude_desktop', ...settings(value, null) };
  const found = payloads.flatMap((payload) => claudePayloads(payload));
  const [first] = found;
  if (first === undefined)
    throw new DeviceFileError(
      'The profile holds no settings of Claude: none of its parts is for com.anthropic.claudefordesktop or com.anthropic.claudecode.',
    );
  const product = first.product;
  const same = found.filter((one) => one.product === product);
  const code = product === 'claude_code';
  return {
    // Settings of Claude Code have the names and types of its JSON in every format.
    format: code ? 'settings_json' : 'mobileconfig',
    product,
    settings: same.flatMap((one) => settings(one.values, code ? ['permissions', 'env'] : null).settings),
    remarks: [
      ...(value.PayloadScope === 'User'
        ? ['The profile is for users and not for the computer, so it applies only to people who get it.']
        : []),
      ...(value.PayloadRemovalDisallowed === true
        ? []
        : ['The user of the Mac can remove the profile, unless the MDM forbids it.']),
      ...(found.length > same.length
        ? ['It also holds settings of another Claude product; they are not checked here.']
        : []),
    ],
  };
}

/** A payload has the preference domain as its type, or contains domains (ManagedClient, from older tools). */
function claudePayloads(payload: Dict): { product: ParsedDeviceFile['product']; values: Dict }[] {
  const direct = ownValue(DOMAINS, String(payload.PayloadType));
  if (direct !== undefined) {
    const values = Object.fromEntries(Object.entries(payload).filter(([key]) => !key.startsWith('Payload')));
    return [{ product: direct, values }];
  }
  if (!isDict(payload.PayloadContent)) return [];
  return Object.entries(payload.PayloadContent).flatMap(([domain, content]) => {
    const product = ownValue(DOMAINS, domain);
    if (product === undefined || !isDict(content) || !Array.isArray(content.Forced)) return [];
    return content.Forced.filter(isDict)
      .map((one) => one.mcx_preference_settings)
      .filter(isDict)
      .map((values) => ({ product, values }));
  });
}

function ofJson(name: string, value: Dict): ParsedDeviceFile {
  if (isIntuneAnswer(value)) return readIntune(value);
  const mcp = isDict(value.mcpServers) && Object.keys(value).filter((key) => key !== '$schema').length === 1;
  if (mcp || /managed-mcp\.json$/i.test(name)) {
    if (!isDict(value.mcpServers))
      throw new DeviceFileError('managed-mcp.json has to hold “mcpServers” with the servers by name.');
    return { format: 'mcp_json', product: 'claude_code', ...settings(value, null) };
  }
  const desktop = Object.keys(value).some((key) => /^(is[A-Z]\w+Enabled|secureVm|inference|isDxt)/.test(key));
  const own = /(^|[\\/])settings(\.local)?\.json$/i.test(name);
  const format: DeviceFormat = 'settings_json';
  return {
    format,
    product: desktop ? 'claude_desktop' : 'claude_code',
    ...settings(value, desktop ? null : ['permissions', 'env']),
    ...(own ? { ownFile: true } : {}),
  };
}

/** Settings by name. Objects in `nested` are flattened, such as `permissions.deny`. */
function settings(
  value: Dict,
  nested: readonly string[] | null,
): { settings: ParsedSetting[]; remarks: readonly string[] } {
  const found = Object.entries(value).flatMap(([key, one]): ParsedSetting[] =>
    nested?.includes(key) && isDict(one)
      ? Object.entries(one).map(([below, inner]) => ({
          key: `${key}.${below}`,
          value: inner,
          stored: 'native',
        }))
      : [{ key, value: one, stored: 'native' }],
  );
  return { settings: found, remarks: [] };
}

function jsonOf(text: string): Dict {
  try {
    const value: unknown = JSON.parse(text);
    if (isDict(value)) return value;
  } catch (error) {
    throw new DeviceFileError(
      `The file is not valid JSON (${firstLine(error)}). Claude Code reports an error when it starts and ignores such a file.`,
    );
  }
  throw new DeviceFileError('The JSON holds no settings by name.');
}
