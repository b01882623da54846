import { z } from 'zod';
import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import { recordOf } from '#domain/forwarding/event.ts';
import { ocsfOf } from '#domain/forwarding/ocsf.ts';
import type { SinkField } from './sink.ts';

/** Settings shared by several systems, each with its form field. */

export const urlSetting = z
  .string()
  .trim()
  .max(500)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'Write an address that starts with https and contains no name or password.');

export const caSetting = z
  .string()
  .trim()
  .max(20_000)
  .refine(
    (text) => text === '' || /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/.test(text),
    'Paste the certificate as PEM, from -----BEGIN CERTIFICATE----- to its end.',
  )
  .default('');

export const caField: SinkField = {
  label: 'Certificate of its authority',
  help: 'Only if the system uses a certificate from your own authority. PEM; it is not a secret.',
  lines: true,
};

export const FORMATS = ['ocsf', 'bylaw'] as const;
export const formatSetting = z.enum(FORMATS).default('ocsf');
export type Format = z.infer<typeof formatSetting>;

export const formatField: SinkField = {
  label: 'Event format',
  choices: {
    ocsf: 'OCSF, the open schema that many systems know',
    bylaw: 'Bylaw’s own fields, one for one',
  },
};

/** Encodes an event in one of the formats. */
export function inFormat(event: ForwardedEvent, format: Format): Readonly<Record<string, unknown>> {
  return format === 'ocsf' ? ocsfOf(event) : recordOf(event);
}
