import type { Control } from '../model/catalogue.ts';
import type { Evidence } from '../model/reading.ts';
import type { Outcome } from '../model/verdict.ts';
import { namesMailbox, namesOffice } from '../people/names.ts';
import { shortOfStaff } from '../people/short-roster.ts';
import { isOnRoster } from '../people/signer.ts';
import { because } from '../rules/outcome.ts';
import { ask } from '../text/message.ts';
import { count, names, verb } from '../text/words.ts';
import type { EvaluationState } from './context.ts';
import type { SignedKey } from './counted.ts';
import { DEFAULT_FRESH_DAYS } from './fresh-days.ts';

const WHOLE_ROSTER = ask(
  'source',
  'roster',
  'Import the roster of all departments, or correct the number of staff in the profile.',
  'all_departments',
);

/** A person whom a rule looked up, and the day. */
export interface Looked {
  readonly signature: string;
  readonly day: string;
}

/**
 * Turns a pass into a question if it depends on people and no current roster shows that they worked here on that day:
 * a roster might show that they had left. A roster that lists far fewer people than the profile counts shows nothing
 * about those whom it does not mention. People whom a rule looked up are always asked about; signers only if the
 * document is a typed file.
 */
export function withUncheckedSigners(
  outcome: Outcome,
  control: Control,
  shared: EvaluationState,
  { keys, looked }: { readonly keys: readonly SignedKey[]; readonly looked: readonly Looked[] },
): Outcome {
  const roster = shared.read('roster', DEFAULT_FRESH_DAYS);
  if (outcome.state !== 'pass') return outcome;
  const short = roster.ok ? shortOfStaff(roster.rows, shared.input.profile, shared.input.today) : null;
  if (roster.ok && short === null) return outcome;
  const members = shared.read('members', DEFAULT_FRESH_DAYS);
  const isOpen = ({ signature, day }: Looked) =>
    roster.ok
      ? !isOnRoster(signature, { roster: roster.rows, members: members.ok ? members.rows : [] })
      : shared.signer(signature, day).is === 'no_list';
  const signed = shared.input.typed === true ? signaturesOf(outcome.evidence, control, shared, keys) : [];
  const open = [...looked, ...signed].filter(
    (one) => isOpen(one) && !namesOffice(one.signature) && !namesMailbox(one.signature),
  );
  const people = [...new Map(open.map(({ signature }) => [signature.toLowerCase(), signature])).values()];
  if (people.length === 0) return outcome;
  const now = open.every(({ day }) => day === shared.input.today);
  const works = now ? verb(people.length, 'works', 'work') : 'worked';
  const why = roster.ok
    ? `The roster lists ${count(short ?? 0, 'person', 'people')} who ${verb(short ?? 0, 'works', 'work')} here and the profile counts ${shared.input.profile.staffCount}, so it may not list everyone.`
    : roster.why;
  return because(
    'decide.signers_unchecked',
    `${outcome.reason} But whether ${names(people, 3)} ${works} here${now ? '' : ' on that day'} is not known. ${why}`,
    { of: outcome.code, people },
  ).cannotRead(roster.ok ? WHOLE_ROSTER : roster.howToGet, outcome.evidence, outcome.items);
}

/** Signers of the journal, charter and attestation entries that an outcome cites. */
function signaturesOf(
  evidence: readonly Evidence[],
  control: Control,
  shared: EvaluationState,
  keys: readonly SignedKey[],
): Looked[] {
  const cites = ({ kind, file, row }: Evidence) =>
    evidence.some((one) => one.kind === kind && one.file === file && one.row === row);
  const found: Looked[] = [];
  const { charter, journal } = shared;
  for (const key of keys) {
    if (key === 'approvedBy') {
      const { approvedBy = [], inForceSince } = charter.ok ? charter.value : {};
      if (inForceSince !== undefined)
        found.push(...approvedBy.map((signature) => ({ signature, day: inForceSince })));
      continue;
    }
    const entries = journal.ok ? journal.value[key] : undefined;
    if (!journal.ok || entries === undefined) continue;
    const list: readonly Signature[] = Array.isArray(entries) ? entries : [entries as Signature];
    for (const [place, { on, by, approvedBy }] of list.entries()) {
      const signature = approvedBy ?? by;
      if (
        signature !== undefined &&
        cites(journal.cite(Array.isArray(entries) ? `${key}.${place}` : key, ''))
      )
        found.push({ signature, day: on });
    }
  }
  for (const { by, seen, source, row } of shared.attestations.get(control.id) ?? [])
    if (cites({ kind: 'attestations', file: source, row, observedOn: seen, says: '' }))
      found.push({ signature: by, day: seen });
  return found;
}

interface Signature {
  readonly on: string;
  readonly by?: string;
  readonly approvedBy?: string;
}
