import { attestationsSchema } from '#domain/model/attestation.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { journalSchema } from '#domain/model/journal.ts';
import type { DocumentKind } from '#domain/model/kinds.ts';
import { profileSchema } from '#domain/model/profile.ts';
import type { Content } from '../file-kind.ts';
import { closest, keysOf } from './schema.ts';

const KEYS: Readonly<Record<DocumentKind, readonly string[]>> = {
  profile: keysOf(profileSchema),
  charter: keysOf(charterSchema),
  journal: keysOf(journalSchema),
  attestations: keysOf(attestationsSchema),
};
const KINDS = Object.keys(KEYS) as DocumentKind[];

/**
 * Recognizes a document by its top-level keys, otherwise by the first line of its template. The name decides only if
 * the keys do not: few or misspelled ones, or none.
 */
export function recognizeDocument(content: Content, name: string): DocumentKind | null {
  if (content.form !== 'yaml' && content.form !== 'json') return null;
  const named = namedKind(name);
  if (content.value === null || content.value === undefined) {
    return content.form === 'yaml' && onlyComments(content.text)
      ? (templateKind(content.text) ?? named)
      : null;
  }
  // A bare list under the name of a document lacks the key above it, which its check reports.
  if (Array.isArray(content.value)) return content.form === 'yaml' ? named : null;
  if (typeof content.value !== 'object') return null;
  const written = Object.keys(content.value);
  if (written.length === 0) return content.form === 'yaml' ? (templateKind(content.text) ?? named) : null;

  const scores = KINDS.map((kind) => ({
    kind,
    hits: written.filter((key) => KEYS[kind].includes(key)).length,
  }));
  const best = scores.reduce((a, b) => (b.hits > a.hits || (b.hits === a.hits && b.kind === named) ? b : a));
  const share = best.hits / written.length;
  if (best.hits >= 2 && share >= 0.5) return best.kind;
  if (
    best.hits >= 1 &&
    share >= 0.5 &&
    (content.form === 'yaml' || best.kind === named || best.kind === 'attestations')
  )
    return best.kind;
  if (content.form !== 'yaml') return null;
  // With misspelled keys, report them instead of ignoring the file.
  const hinted = templateKind(content.text) ?? named;
  const resembling = (kind: DocumentKind): number =>
    written.filter((key) => KEYS[kind].includes(key) || closest(key, KEYS[kind]) !== null).length;
  return hinted !== null && resembling(hinted) > 0 ? hinted : null;
}

function namedKind(name: string): DocumentKind | null {
  const words = (name.toLowerCase().split(/[\\/]/).at(-1) ?? '').split(/[^a-z]+/);
  const has = (...any: string[]): boolean => any.some((word) => words.includes(word));
  if (has('charter')) return 'charter';
  if (has('journal')) return 'journal';
  if (has('attestations', 'attestation')) return 'attestations';
  return has('client', 'profile') ? 'profile' : null;
}

function templateKind(text: string): DocumentKind | null {
  const kind = /^# Bylaw (profile|charter|journal|attestations)\b/m.exec(text.slice(0, 2000))?.[1];
  return KINDS.find((known) => known === kind) ?? null;
}

function onlyComments(text: string): boolean {
  return text.split(/\r\n|\n|\r/).every((line) => /^\s*(#|---\s*$|$)/.test(line));
}
