import type { ParsedDeviceFile, ParsedSetting } from '#domain/devices/parsed-file.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { DeviceFileError } from './problem.ts';

const HIVES: Readonly<Record<string, 'machine' | 'user'>> = {
  HKEY_LOCAL_MACHINE: 'machine',
  HKLM: 'machine',
  HKEY_CURRENT_USER: 'user',
  HKCU: 'user',
};
const SECTION = /^\[(?<minus>-?)(?<hive>[^\\\]]+)\\(?<path>[^\]]+)\]$/;
const VALUE = /^"(?<name>(?:[^"\\]|\\.)*)"\s*=\s*(?<data>.*)$/;
const DESKTOP = /^software\\policies\\claude$/i;
const CODE = /^software\\policies\\claudecode$/i;

/** A registry file: values below Claude's policy keys, with hive and type. Other keys are only counted. */
export function readReg(text: string): ParsedDeviceFile {
  const desktop: ParsedSetting[] = [];
  const code: ParsedSetting[] = [];
  let into: ParsedSetting[] | null = null;
  let hive: 'machine' | 'user' = 'machine';
  let sections = 0;
  for (const line of joined(text)) {
    const section = SECTION.exec(line)?.groups;
    if (section !== undefined) {
      sections += 1;
      const path = section.path ?? '';
      hive = ownValue(HIVES, (section.hive ?? '').toUpperCase()) ?? 'machine';
      into = section.minus === '-' ? null : DESKTOP.test(path) ? desktop : CODE.test(path) ? code : null;
      continue;
    }
    const value = VALUE.exec(line)?.groups;
    if (value !== undefined && into !== null)
      into.push({ key: unescaped(value.name ?? ''), hive, ...dataOf(value.data ?? '') });
  }
  if (desktop.length === 0 && code.length === 0)
    throw new DeviceFileError(
      `The registry file sets nothing below SOFTWARE\\Policies\\Claude or SOFTWARE\\Policies\\ClaudeCode (${sections} other ${sections === 1 ? 'key' : 'keys'}). Export that key.`,
    );
  if (desktop.length > 0)
    return {
      format: 'reg',
      product: 'claude_desktop',
      settings: desktop,
      remarks:
        code.length > 0
          ? ['It also holds settings of another Claude product; they are not checked here.']
          : [],
    };
  // The value is JSON with the same names and types as the settings file.
  return { format: 'settings_json', product: 'claude_code', ...codeSettings(code) };
}

/** Claude Code has all its settings as JSON in one value. */
function codeSettings(found: readonly ParsedSetting[]): Pick<ParsedDeviceFile, 'settings' | 'remarks'> {
  const whole = found.find(({ key }) => key.toLowerCase() === 'settings');
  const hive = whole?.hive ?? 'machine';
  let value: unknown;
  try {
    value = JSON.parse(String(whole?.value ?? ''));
  } catch {
    throw new DeviceFileError(
      'Below SOFTWARE\\Policies\\ClaudeCode the value “Settings” has to hold the settings as JSON, and it does not.',
    );
  }
  const settings = Object.entries(value as Record<string, unknown>).flatMap(([key, one]): ParsedSetting[] =>
    (key === 'permissions' || key === 'env') && typeof one === 'object' && one !== null
      ? Object.entries(one).map(([below, inner]) => ({
          key: `${key}.${below}`,
          value: inner,
          stored: 'native',
          hive,
        }))
      : [{ key, value: one, stored: 'native', hive }],
  );
  return { settings, remarks: [] };
}

/** Lines without comments, with continuation lines (backslash) joined. */
function joined(text: string): string[] {
  return text
    .replace(/\\\r?\n\s*/g, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith(';'));
}

function dataOf(data: string): Pick<ParsedSetting, 'value' | 'stored' | 'removed'> {
  if (data === '-') return { value: null, stored: 'other', removed: true };
  const dword = /^dword:([0-9a-f]{1,8})$/i.exec(data)?.[1];
  if (dword !== undefined) return { value: Number.parseInt(dword, 16), stored: 'dword' };
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(data)?.[1];
  if (quoted !== undefined) return { value: unescaped(quoted), stored: 'text' };
  const hex = /^hex(?:\(([0-9a-f]+)\))?:([0-9a-f,\s]*)$/i.exec(data);
  if (hex === null) return { value: data, stored: 'other' };
  const bytes = Buffer.from((hex[2] ?? '').replace(/[^0-9a-f]/gi, ''), 'hex');
  const words = bytes.toString('utf16le').replace(/(?<!\0)\0+$/, '');
  if (hex[1] === '1' || hex[1] === '2') return { value: words, stored: 'text' };
  if (hex[1] === '7') return { value: words.split('\0'), stored: 'multi' };
  if (hex[1] === '4' && bytes.length === 4) return { value: bytes.readUInt32LE(), stored: 'dword' };
  return { value: data, stored: 'other' };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
