import { KINDS, type Kind } from '../model/kinds.ts';
import type { Outcome } from '../model/verdict.ts';
import { count, dayWords, names, verb } from '../text/words.ts';
import type { Shared } from './context.ts';

/**
 * A pass with what it does not rest on: files that are newer than those that it rests on and could not be used, and files of
 * another Claude organization. What they say may be otherwise, and nobody should have to find that out elsewhere.
 */
export function withSetAside(outcome: Outcome, shared: Shared): Outcome {
  if (outcome.state !== 'pass') return outcome;
  const newest = new Map<Kind, { readonly day: string; readonly file: string }>();
  for (const { kind, observedOn, file } of outcome.evidence)
    if (isKind(kind) && observedOn >= (newest.get(kind)?.day ?? ''))
      newest.set(kind, { day: observedOn, file });
  const said = [...newest].flatMap(([kind, rests]) => [
    ...newerThan(kind, rests, shared),
    ...ofOthers(kind, shared),
  ]);
  if (said.length === 0) return outcome;
  return {
    ...outcome,
    params: { ...outcome.params, setAside: said.flatMap(({ files }) => files) },
    reason: [outcome.reason, ...said.map(({ text }) => text)].join(' '),
  };
}

interface Said {
  readonly files: readonly string[];
  readonly text: string;
}

function newerThan(
  kind: Kind,
  rests: { readonly day: string; readonly file: string },
  shared: Shared,
): Said[] {
  const { unusableFiles, today } = shared.input;
  const newer = (unusableFiles?.[kind] ?? []).filter(({ day = '' }) => day > rests.day && day <= today);
  return (['refused', 'not_placed'] as const).flatMap((is) => {
    const files = [...new Set(newer.filter((one) => one.is === is).map(({ file }) => file))];
    if (files.length === 0) return [];
    const could =
      is === 'refused'
        ? `${verb(files.length, 'is', 'are')} newer and ${verb(files.length, 'was', 'were')} refused`
        : `may be a newer ${KINDS[kind].label} and ${verb(files.length, 'was', 'were')} not recognized`;
    return [
      {
        files,
        text: `${names(files, 3)} ${could}, so this is based on ${rests.file} of ${dayWords(rests.day)}.`,
      },
    ];
  });
}

function ofOthers(kind: Kind, shared: Shared): Said[] {
  const files = shared.ofOtherOrganizations(kind);
  if (files.length === 0) return [];
  return [
    {
      files,
      text: `${count(files.length, 'file')} of another Claude organization ${verb(files.length, 'was', 'were')} not counted: ${names(files, 3)}.`,
    },
  ];
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}
