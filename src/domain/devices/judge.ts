import type { DeviceFormat, DeviceKey, Weakness } from '../model/device-settings.ts';
import type { ParsedSetting } from './parsed-file.ts';
import { isOrganizationId } from './plan.ts';

/** A setting's value, independent of its storage; `wrong` describes the form it has instead. */
export type Understood =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly value: unknown; readonly wrong: string; readonly write: string };

/** Converts a stored value to the type that the vendor documents. */
export function understand(key: DeviceKey, found: ParsedSetting, format: DeviceFormat): Understood {
  const asText = format === 'reg' || format === 'mobileconfig' || format === 'intune';
  switch (key.type) {
    case 'boolean':
      return truth(found, asText);
    case 'integer':
      return whole(key, found, asText);
    case 'string':
    case 'choice':
      return chosen(key, found);
    case 'string_or_list': {
      const list = listOf(found, asText);
      return list.ok || typeof found.value !== 'string' ? list : organizations([found.value]);
    }
    case 'string_list':
    case 'object_list': {
      const list = listOf(found, asText);
      return list.ok && key.type === 'string_list' ? ofChoices(key, list) : list;
    }
    case 'object':
      return objectOf(found, asText);
  }
}

function truth({ value, stored }: ParsedSetting, asText: boolean): Understood {
  if (typeof value === 'boolean') return { ok: true, value };
  if (stored === 'dword' && (value === 0 || value === 1)) return { ok: true, value: value === 1 };
  if (asText && typeof value === 'string' && /^(true|false|0|1)$/i.test(value))
    return { ok: true, value: value === '1' || value.toLowerCase() === 'true' };
  if (asText && stored === 'native' && (value === 0 || value === 1)) return { ok: true, value: value === 1 };
  return {
    ok: false,
    value,
    wrong: `holds ${shown(value)} but can only be yes or no`,
    write: asText
      ? 'Write 1 or 0 (in the registry as DWORD), or true or false.'
      : 'Write true or false, without quotation marks.',
  };
}

function whole({ min, max }: DeviceKey, { value }: ParsedSetting, asText: boolean): Understood {
  const number = asText && typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  const fits =
    Number.isInteger(number) && (number as number) >= (min ?? 0) && (number as number) <= (max ?? 1e9);
  if (fits) return { ok: true, value: number };
  const range = max === undefined ? `from ${min ?? 0}` : `from ${min ?? 0} to ${max}`;
  return {
    ok: false,
    value,
    wrong: `holds ${shown(value)} and takes a whole number ${range}`,
    write: `Write a whole number ${range}.`,
  };
}

function chosen({ choices }: DeviceKey, { value }: ParsedSetting): Understood {
  if (typeof value === 'string' && (choices === undefined || choices.includes(value)))
    return { ok: true, value };
  return {
    ok: false,
    value,
    wrong: `holds ${shown(value)}`,
    write:
      choices === undefined
        ? 'Write a text.'
        : `Write one of ${choices.map((one) => `"${one}"`).join(', ')}.`,
  };
}

/**
 * Property lists and the registry store lists as JSON text; using their native list type is the most common mistake.
 */
function listOf({ value, stored }: ParsedSetting, asText: boolean): Understood {
  if (!asText)
    return Array.isArray(value)
      ? { ok: true, value }
      : {
          ok: false,
          value,
          wrong: `holds ${shown(value)} but takes a list`,
          write: 'Write a list in square brackets.',
        };
  if (Array.isArray(value) || stored === 'multi')
    return {
      ok: false,
      value,
      wrong: 'is a list of the system’s own kind, which the app does not read',
      write: `Write the list as text in JSON, for example ${JSON.stringify(Array.isArray(value) ? value : [])}.`,
    };
  const parsed = parsedJson(value);
  return Array.isArray(parsed)
    ? { ok: true, value: parsed }
    : {
        ok: false,
        value,
        wrong: `holds ${shown(value)} but takes a list`,
        write: 'Write the list as text in JSON, for example ["one","two"].',
      };
}

function objectOf({ value }: ParsedSetting, asText: boolean): Understood {
  const one = asText && typeof value === 'string' ? parsedJson(value) : value;
  if (typeof one === 'object' && one !== null && !Array.isArray(one) && !(asText && one === value))
    return { ok: true, value: one };
  return {
    ok: false,
    value,
    wrong:
      asText && one === value && typeof value === 'object'
        ? 'is a dictionary of the system’s own kind, which the app does not read'
        : `holds ${shown(value)} but takes names with values`,
    write: asText ? 'Write it as text in JSON.' : 'Write names with values in braces.',
  };
}

function ofChoices({ choices }: DeviceKey, list: Understood): Understood {
  const strange = (list.value as unknown[]).filter(
    (one) => typeof one !== 'string' || (choices !== undefined && !choices.includes(one)),
  );
  if (strange.length === 0) return list;
  return {
    ok: false,
    value: list.value,
    wrong: `lists ${strange.map(shown).join(', ')}, which the vendor does not document`,
    write: choices === undefined ? 'List texts only.' : `Possible are ${choices.join(', ')}.`,
  };
}

function organizations(list: readonly string[]): Understood {
  const strange = list.filter((one) => !isOrganizationId(one));
  return strange.length === 0
    ? { ok: true, value: list }
    : {
        ok: false,
        value: list,
        wrong: `holds ${strange.map(shown).join(', ')}, which is no id of an organization`,
        write: 'Write the ID: 36 characters with hyphens.',
      };
}

function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A value for a sentence: shortened, so that a secret never appears in full. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Whether a documented weakness applies to a value. `has` tells which other settings are present. */
export function applies({ when, other }: Weakness, value: unknown, has: (key: string) => boolean): boolean {
  if (other !== undefined && has(other)) return false;
  switch (when) {
    case 'always':
    case 'without':
      return true;
    case 'true':
      return value === true || value === '1' || value === 'true';
    case 'false':
      return value === false || value === '0' || value === 'false';
    case 'empty':
      return Array.isArray(value) && value.length === 0;
    case 'plain_http':
      return typeof value === 'string' && /^http:\/\//i.test(value);
    case 'secret':
      return hasSecret(value);
    case 'server_name':
      return (
        Array.isArray(value) &&
        value.some((one) => typeof one === 'object' && one !== null && 'serverName' in one)
      );
  }
}

const SECRET_NAME = /authorization|token|secret|password|api[-_]?key|bearer/i;

/** Whether a value contains a token or password; a reference to a variable (`${NAME}`) does not count. */
export function hasSecret(value: unknown, name = ''): boolean {
  if (typeof value === 'string') {
    if (value === '' || /\$\{?[A-Z_]+/.test(value)) return false;
    return (
      SECRET_NAME.test(name) ||
      /\b(authorization|bearer|x-api-key)\b[=: ]+\S{6,}/i.test(value) ||
      /\bsk-[A-Za-z0-9_-]{12,}/.test(value)
    );
  }
  if (Array.isArray(value)) return value.some((one) => hasSecret(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).some(([key, one]) => hasSecret(one, key));
  return false;
}
