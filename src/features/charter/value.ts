import { fold } from '#domain/charter/names.ts';
import { tooLarge } from '#domain/charter/size.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { refusalSentence } from '../input-words.ts';
import { unprocessable } from '../problems.ts';

/** Bytes of a charter as YAML: far more than one with every action of fifty connectors has. */
export const MAX_CHARTER_TEXT = 256 * 1024;

/** What Bylaw sets itself when a draft is approved; a draft's text has no say in it. */
export const SET_BY_BYLAW = ['version', 'inForceSince', 'approvedBy'] as const;

/** What a draft holds of a charter: all but what Bylaw sets. */
export function draftValue(value: unknown): Charter {
  const { version: _v, inForceSince: _s, approvedBy: _a, ...rest } = charterSchema.parse(value);
  return rest;
}

/** What a draft is to hold. Refused where no charter can hold it, or it is larger than one can be. */
export function wantedValue(value: unknown): Charter {
  const read = charterSchema.safeParse(value);
  const [issue] = read.error?.issues ?? [];
  if (issue !== undefined) throw unprocessable(`No charter can hold this. ${refusalSentence(issue)}`);
  const wanted = draftValue(value);
  const fault = tooLarge(wanted);
  if (fault !== null) throw unprocessable(fault);
  return wanted;
}

/** The number that an imported charter gives itself, where it is not the one that Bylaw counts; null: it is, or none. */
export function statedNumber(version: number, value: unknown): number | null {
  const stated = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return typeof stated === 'number' && stated !== version ? stated : null;
}

/** What a schema cannot say: things that stand twice, one sentence each. Nothing is approved with one of them. */
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
