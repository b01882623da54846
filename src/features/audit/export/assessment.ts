import { createHash } from 'node:crypto';
import type { Control } from '#domain/model/catalogue.ts';
import { STATE_WORDS, type State, type Verdict } from '#domain/model/verdict.ts';
import { version } from '../../version.ts';

/** Edition of NIST's OSCAL that the results are written in. */
const OSCAL = '1.0.6';

/** Namespace of what OSCAL has no word for: the state of a verdict as Bylaw has it. */
const NAMESPACE = 'https://bylaw.dev/ns/oscal';

/** Entries of evidence that are named of one control. */
const MAX_EVIDENCE = 20;

export interface Assessed {
  readonly client: { readonly id: string; readonly name: string };
  readonly controls: readonly Control[];
  readonly verdicts: readonly { readonly verdict: Verdict; readonly since: Date }[];
  readonly at: Date;
}

/**
 * The verdicts of a client as assessment results in NIST's OSCAL. Only a pass is `satisfied`; whatever cannot be read,
 * is not licensed or rests on a policy alone is `not-satisfied` for another reason, with its state beside it. What does
 * not apply is named as excluded. The same verdicts at the same moment give the same text.
 */
export function assessmentText(assessed: Assessed): string {
  const { client, controls, verdicts, at } = assessed;
  const byControl = new Map(verdicts.map((one) => [one.verdict.control, one]));
  const id = (...parts: readonly string[]) => uuidOf(client.id, at.toISOString(), ...parts);
  const decided = controls.flatMap((control) => {
    const found = byControl.get(control.id);
    return found === undefined ? [] : [{ control, ...found }];
  });
  const reviewed = decided.filter(({ verdict }) => verdict.state !== 'not_applicable');
  const excluded = controls.filter(({ id: control }) => !reviewed.some((one) => one.control.id === control));
  const when = at.toISOString();
  return `${JSON.stringify(
    {
      'assessment-results': {
        uuid: id('results'),
        metadata: {
          title: `Claude governance of ${client.name}`,
          'last-modified': when,
          version: when.slice(0, 10),
          'oscal-version': OSCAL,
          parties: [{ uuid: id('party'), type: 'organization', name: client.name }],
        },
        'import-ap': { href: `#${id('plan')}` },
        results: [
          {
            uuid: id('result'),
            title: 'Controls as decided from what was read',
            description: `The verdict of each control on ${when.slice(0, 10)}. A control that cannot be read is not satisfied.`,
            start: when,
            end: when,
            'reviewed-controls': {
              'control-selections': [
                {
                  ...some(
                    'include-controls',
                    reviewed.map(({ control }) => ({ 'control-id': control.id })),
                  ),
                  ...some(
                    'exclude-controls',
                    excluded.map((control) => ({ 'control-id': control.id })),
                  ),
                },
              ],
            },
            ...some(
              'observations',
              reviewed.map(({ control, verdict }) => observation(id, control, verdict, when)),
            ),
            ...some(
              'findings',
              reviewed.map(({ control, verdict }) => finding(id, control, verdict)),
            ),
          },
        ],
        'back-matter': {
          resources: [
            {
              uuid: id('plan'),
              title: `Catalogue of controls of Bylaw ${version}`,
              description: 'The controls, their checks and the rows of the guide that they come from.',
            },
          ],
        },
      },
    },
    null,
    2,
  )}\n`;
}

type Id = (...parts: readonly string[]) => string;

/** OSCAL has no empty lists: a list without an entry is left out. */
function some(name: string, list: readonly unknown[]): Record<string, unknown> {
  return list.length === 0 ? {} : { [name]: list };
}

function observation(id: Id, control: Control, verdict: Verdict, when: string) {
  const stated = verdict.evidence.some(({ kind }) => kind === 'attestations');
  const read = verdict.evidence.some(({ kind }) => kind !== 'attestations');
  return {
    uuid: id('observation', control.id),
    title: control.title,
    description: line(verdict.reason),
    methods: [...(read || !stated ? ['EXAMINE'] : []), ...(stated ? ['INTERVIEW'] : [])],
    ...some(
      'relevant-evidence',
      verdict.evidence.slice(0, MAX_EVIDENCE).map((one) => ({
        description: line(
          `${one.file}${one.row == null ? '' : `, row ${one.row}`}, of ${one.observedOn}: ${one.says}`,
        ),
      })),
    ),
    collected: when,
    ...(verdict.evidence.length > MAX_EVIDENCE
      ? { remarks: `${verdict.evidence.length - MAX_EVIDENCE} more entries are in Bylaw.` }
      : {}),
  };
}

function finding(id: Id, control: Control, verdict: Verdict) {
  const { state } = verdict;
  return {
    uuid: id('finding', control.id),
    title: control.title,
    description: line(verdict.reason),
    target: {
      type: 'objective-id',
      'target-id': control.id,
      props: [{ name: 'state', ns: NAMESPACE, value: state }],
      status: {
        state: state === 'pass' ? 'satisfied' : 'not-satisfied',
        reason: REASONS[state] ?? 'other',
        remarks: STATE_WORDS[state],
      },
    },
    'related-observations': [{ 'observation-uuid': id('observation', control.id) }],
  };
}

const REASONS: Partial<Record<State, 'pass' | 'fail'>> = { pass: 'pass', fail: 'fail' };

/** OSCAL refuses an empty text, and one that begins or ends with a blank. */
function line(text: string): string {
  return text.trim() === '' ? 'Not stated' : text.trim();
}

/** A UUID of version 5's form that is the same for the same parts. */
function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
