import { oneLine } from './one-line.ts';

/** A setting of a program, for registry and preference files. */
export interface PolicySetting {
  readonly name: string;
  readonly label: string;
  readonly says: string;
  readonly value: boolean | number | string;
  /** For a number, if the vendor gives bounds. */
  readonly min?: number;
  readonly max?: number;
}

/**
 * A file for the Windows registry editor, version 5: UTF-16 with a byte order mark and CRLF, because the editor
 * assumes the computer's code page for anything else. `key` is below HKEY_LOCAL_MACHINE.
 */
export function regFile(
  key: string,
  settings: readonly PolicySetting[],
  about: readonly string[],
): Uint8Array {
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    ...about.map((line) => `; ${oneLine(line)}`),
    '',
    `[HKEY_LOCAL_MACHINE\\${key}]`,
    ...settings.map(({ name, value }) => `"${escaped(name)}"=${dataOf(value)}`),
    '',
  ];
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le');
}

function dataOf(value: PolicySetting['value']): string {
  if (typeof value === 'boolean') return `dword:${value ? '00000001' : '00000000'}`;
  if (typeof value === 'number') return `dword:${value.toString(16).padStart(8, '0')}`;
  return /\p{Cc}/u.test(value) ? hexText(value) : `"${escaped(value)}"`;
}

function escaped(text: string): string {
  return text.replace(/[\\"]/g, (character) => `\\${character}`);
}

/** REG_SZ as bytes: a line break within quotes would end the value. */
function hexText(text: string): string {
  const bytes = Buffer.from(`${text}\0`, 'utf16le');
  return `hex(1):${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}
