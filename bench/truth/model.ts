/**
 * Model of a case: the files of a client, and what is true of it. Nothing in this folder may import from src/sources or
 * src/domain: a benchmark that shares code with what it measures finds no errors in it.
 */

export type State =
  | 'fail'
  | 'cannot_read'
  | 'pending'
  | 'accepted'
  | 'policy_only'
  | 'not_licensed'
  | 'not_applicable'
  | 'pass';

/** Outcome of a file, as in the report. */
export type Outcome = 'taken' | 'replaced' | 'malformed' | 'not_placed' | 'document' | 'proof' | 'ignored';

/** Lists of people in the report, in addition to the verdicts. */
export type PeopleList =
  | 'leavers'
  | 'notOnRoster'
  | 'toConfirm'
  | 'withoutSeat'
  | 'guests'
  | 'shared'
  | 'service'
  | 'owners'
  | 'personalAccounts';

/** Something that is true of the client (`must`) or would be false to claim (`trap`). */
export type Statement = { readonly why: string } & (
  | { readonly kind: 'state'; readonly control: string; readonly among: readonly State[] }
  | { readonly kind: 'says'; readonly control: string; readonly text: RegExp }
  | { readonly kind: 'lists'; readonly list: PeopleList; readonly emails: readonly string[] }
  | { readonly kind: 'count'; readonly of: 'members' | 'staff'; readonly is: number | null }
  | { readonly kind: 'anywhere'; readonly text: RegExp }
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly among: readonly Outcome[];
      readonly says?: RegExp;
    }
  | { readonly kind: 'never'; readonly control: string; readonly states: readonly State[] }
  | { readonly kind: 'silent'; readonly control: string; readonly text: RegExp }
  | { readonly kind: 'nowhere'; readonly text: RegExp }
  | { readonly kind: 'unlisted'; readonly list: PeopleList; readonly email: string }
  | { readonly kind: 'notCalled'; readonly source: string; readonly text: RegExp }
  | { readonly kind: 'accounted'; readonly file: string }
);

export interface TruthCase {
  readonly name: string;
  /** Area of the case, by which results are grouped. */
  readonly area: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly profile: object;
  readonly asOf: string;
  readonly statements: readonly Statement[];
  /** Days on which files were saved, by name; the others were saved the day before `asOf`. */
  readonly saved: Readonly<Record<string, string>>;
}

/** Cases write control ids without their common prefix. */
const full = (control: string) => (control.startsWith('CLA-') ? control : `CLA-${control}`);

export const is = (control: string, among: State | readonly State[], why: string): Statement => ({
  kind: 'state',
  control: full(control),
  among: typeof among === 'string' ? [among] : among,
  why,
});
/** The control mentions something or someone in its reason, its question or its items. */
export const says = (control: string, text: RegExp | string, why: string): Statement => ({
  kind: 'says',
  control: full(control),
  text: pattern(text),
  why,
});
/** A state, and what the control mentions with it. */
export const reported = (
  control: string,
  among: State | readonly State[],
  why: string,
  ...texts: readonly (RegExp | string)[]
): Statement[] => [is(control, among, why), ...texts.map((text) => says(control, text, why))];
/** The one thing that must never happen: a pass without evidence. */
export const noPass = (control: string, why: string): Statement => ({
  kind: 'never',
  control: full(control),
  states: ['pass'],
  why,
});
/** Several controls that lack the same thing. */
export const noPasses = (why: string, controls: string | readonly string[]): Statement[] =>
  (typeof controls === 'string' ? controls.split(' ') : controls).map((control) => noPass(control, why));
export const never = (control: string, states: readonly State[], why: string): Statement => ({
  kind: 'never',
  control: full(control),
  states,
  why,
});
export const silent = (control: string, text: RegExp | string, why: string): Statement => ({
  kind: 'silent',
  control: full(control),
  text: pattern(text),
  why,
});
export const lists = (list: PeopleList, emails: readonly string[], why: string): Statement => ({
  kind: 'lists',
  list,
  emails,
  why,
});
export const unlisted = (list: PeopleList, email: string, why: string): Statement => ({
  kind: 'unlisted',
  list,
  email,
  why,
});
export const counts = (of: 'members' | 'staff', number: number | null, why: string): Statement => ({
  kind: 'count',
  of,
  is: number,
  why,
});
export const anywhere = (text: RegExp | string, why: string): Statement => ({
  kind: 'anywhere',
  text: pattern(text),
  why,
});
export const nowhere = (text: RegExp | string, why: string): Statement => ({
  kind: 'nowhere',
  text: pattern(text),
  why,
});
export const file = (
  name: string,
  among: Outcome | readonly Outcome[],
  why: string,
  text?: RegExp,
): Statement => ({
  kind: 'file',
  file: name,
  among: typeof among === 'string' ? [among] : among,
  ...(text ? { says: text } : {}),
  why,
});
/** A source that was present but unusable is not reported as absent. */
export const notCalledAbsent = (source: string, why: string): Statement => ({
  kind: 'notCalled',
  source,
  text: /not been provided|not given|no .* was given/i,
  why,
});

function pattern(text: RegExp | string): RegExp {
  return typeof text === 'string' ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i') : text;
}
