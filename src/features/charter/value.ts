import { fold } from '#domain/charter/names.ts';
import { tooLarge } from '#domain/charter/size.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { refusalSentence } from '../input-words.ts';
import { unprocessable } from '../problems.ts';

/** Maximum size of a charter as YAML, in bytes; far more than one with every action of fifty connectors. */
export const MAX_CHARTER_TEXT = 256 * 1024;

/** Fields that Bylaw sets when a draft is approved; their values in a draft are ignored. */
export const SET_BY_BYLAW = ['version', 'inForceSince', 'approvedBy'] as const;

/** The part of a charter that a draft contains: everything except what Bylaw sets. */
export function draftValue(value: unknown): Charter {
  const { version: _v, inForceSince: _s, approvedBy: _a, ...rest } = charterSchema.parse(value);
  return rest;
}

/** Validates the content of a draft. Refuses what the schema does not allow and what exceeds the maximum size. */
export function wantedValue(value: unknown): Charter {
  const read = charterSchema.safeParse(value);
  const [issue] = read.error?.issues ?? [];
  if (issue !== undefined) throw unprocessable(`No charter can hold this. ${refusalSentence(issue)}`);
  const wanted = draftValue(value);
  const fault = tooLarge(wanted);
  if (fault !== null) throw unprocessable(fault);
  return wanted;
}

/** The version number stated in an imported charter, if it differs from Bylaw's own; otherwise null. */
export function statedNumber(version: number, value: unknown): number | null {
  const stated = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return typeof stated === 'number' && stated !== version ? stated : null;
}

/**
 * Faults that a schema cannot express, such as duplicates, one sentence each. A draft with any of them cannot be
 * approved.
 */
export function faultsOf(charter: Charter): readonly string[] {
  const connectors = charter.connectors ?? [];
  return [
    ...twins(connectors.map(({ name }) => name)).map(
      (name) => `${name} appears twice among the connectors. Keep one of the two.`,
    ),
    ...connectors.flatMap(({ name, actions }) =>
      twins(Object.keys(actions)).map(
        (action) => `${name} has the action ${action} twice, with different spellings. Keep one of the two.`,
      ),
    ),
  ];
}

function twins(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const twice = seen.has(fold(name));
    seen.add(fold(name));
    return twice;
  });
}
