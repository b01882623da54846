import { isKind, KINDS, type Kind } from '../model/kinds.ts';
import type { Outcome } from '../model/verdict.ts';
import { because } from '../rules/outcome.ts';
import { ask } from '../text/message.ts';
import { count, dayWords, names, verb } from '../text/words.ts';
import type { EvaluationState } from './context.ts';

/**
 * Adds to a pass what it does not take into account: unusable files at least as new as its readings, and files of
 * other Claude organizations. They may say otherwise, and nobody should have to discover that elsewhere. As long as
 * the charter does not say which organization is ours, files of two organizations prevent a pass.
 */
export function withSetAside(outcome: Outcome, shared: EvaluationState): Outcome {
  if (outcome.state !== 'pass') return outcome;
  const newest = new Map<Kind, { readonly day: string; readonly file: string }>();
  for (const { kind, observedOn, file } of outcome.evidence)
    if (isKind(kind) && observedOn >= (newest.get(kind)?.day ?? ''))
      newest.set(kind, { day: observedOn, file });
  const others = [...newest.keys()].flatMap((kind) => ofOthers(kind, shared));
  // For members, the account owner shows whose list it is.
  const open = others.filter(({ kind }) => kind !== 'members');
  if (open.length > 0 && shared.input.charter?.value.claudeOrganization === undefined)
    return ofWhom(outcome, open);
  const said = [...[...newest].flatMap(([kind, rests]) => newerThan(kind, rests, shared)), ...others];
  if (said.length === 0) return outcome;
  return {
    ...outcome,
    params: { ...outcome.params, setAside: said.flatMap(({ files }) => files) },
    reason: [outcome.reason, ...said.map(({ text }) => text)].join(' '),
  };
}

/**
 * Turns a fail because of something missing from all lists into a question, if an unusable file may be a further list
 * of that kind.
 */
export function withFurtherLists(outcome: Outcome, kinds: readonly Kind[], shared: EvaluationState): Outcome {
  if (outcome.state !== 'fail') return outcome;
  const { unusableFiles, today } = shared.input;
  for (const kind of kinds) {
    const open = (unusableFiles?.[kind] ?? []).filter(({ day = '' }) => day <= today);
    const files = [...new Set(open.map(({ file }) => file))];
    const [first] = files;
    if (first === undefined) continue;
    const { label } = KINDS[kind];
    return because(
      'decide.set_aside.further_list',
      `${outcome.reason} But ${names(files, 3)} may be a further ${label} and ${verb(files.length, 'was', 'were')} not used, so what is missing may be there.`,
      { files },
    ).cannotRead(
      ask(
        'source',
        kind,
        `Say what ${names(files, 3)} ${verb(files.length, 'is', 'are')}: in the console under Imports, or with --map ${kind}=${first} for the ${label}. Remove what is not part of it.`,
        ['further_list', ...files],
      ),
      outcome.evidence,
      outcome.items,
    );
  }
  return outcome;
}

interface PeopleNotInList {
  readonly kind: Kind;
  readonly files: readonly string[];
  readonly text: string;
}

function newerThan(
  kind: Kind,
  rests: { readonly day: string; readonly file: string },
  shared: EvaluationState,
): PeopleNotInList[] {
  const { unusableFiles, today } = shared.input;
  const stored = storedAt(kind, rests, shared);
  const open = (unusableFiles?.[kind] ?? []).filter(
    ({ day = '', at, ofAnotherTime }) =>
      !ofAnotherTime &&
      day <= today &&
      (day > rests.day || (day === rests.day && (at === undefined || stored === null || at >= stored))),
  );
  return (['refused', 'not_placed'] as const).flatMap((is) => {
    const said = open.filter((one) => one.is === is);
    const files = [...new Set(said.map(({ file }) => file))];
    if (files.length === 0) return [];
    const newer = said.every(({ day = '' }) => day > rests.day);
    const could =
      is === 'refused'
        ? `${verb(files.length, 'is', 'are')} ${newer ? 'newer' : 'no older'} and ${verb(files.length, 'was', 'were')} refused`
        : `may be ${newer ? 'a newer version of the' : 'the current'} ${KINDS[kind].label} and ${verb(files.length, 'was', 'were')} not recognized`;
    return [
      {
        kind,
        files,
        text: `${names(files, 3)} ${could}, so this is based on ${rests.file} of ${dayWords(rests.day)}.`,
      },
    ];
  });
}

/**
 * When the file behind a pass was last stored; null: a folder does not know. Files of the same import are not
 * considered earlier.
 */
function storedAt(
  kind: Kind,
  { day, file }: { readonly day: string; readonly file: string },
  shared: EvaluationState,
): string | null {
  const times = shared
    .history(kind)
    .filter((one) => one.observedOn === day && one.file === file)
    .flatMap(({ storedAt: at }) => at ?? []);
  return times.sort().at(-1) ?? null;
}

function ofOthers(kind: Kind, shared: EvaluationState): PeopleNotInList[] {
  const files = shared.ofOtherOrganizations(kind);
  if (files.length === 0) return [];
  return [
    {
      kind,
      files,
      text: `${count(files.length, 'file')} of another Claude organization ${verb(files.length, 'was', 'were')} not counted: ${names(files, 3)}.`,
    },
  ];
}

/** The ignored organization may be a chapter of ours that is configured worse: nobody has said which is ours. */
function ofWhom({ reason, evidence, items }: Outcome, others: readonly PeopleNotInList[]): Outcome {
  const files = [...new Set(others.flatMap((one) => one.files))];
  return because(
    'decide.set_aside.organization_not_told',
    `${reason} But ${names(files, 3)} ${verb(files.length, 'is', 'are')} of a different Claude organization from the one whose settings were read, and no one has stated which is ours.`,
    { files },
  ).cannotRead(
    ask(
      'charter',
      'claudeOrganization',
      'State the id of our Claude organization under `claudeOrganization` in the charter (Claude: Organization settings > Organization).',
    ),
    evidence,
    items,
  );
}
