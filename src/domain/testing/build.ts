import { contextFor, EvaluationState } from '../decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '../decide/fresh-days.ts';
import type { DecisionInput } from '../decide/input.ts';
import type { Attestation } from '../model/attestation.ts';
import type { Catalogue, Control } from '../model/catalogue.ts';
import { type Charter, charterSchema } from '../model/charter.ts';
import { type Journal, knownJournalSchema } from '../model/journal.ts';
import { KINDS, type Kind, type Rows } from '../model/kinds.ts';
import { type Profile, profileSchema } from '../model/profile.ts';
import type { DocumentOf, Reading, Readings } from '../model/reading.ts';
import type { Outcome } from '../model/verdict.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';
import { BLANKS, TODAY } from './blank-rows.ts';
import { EMPTY_CATALOGUE } from './empty-catalogue.ts';

/** Builders for tests of rules and decisions: small, explicit input, and everything else unknown. */

export { TODAY } from './blank-rows.ts';

export interface Given {
  readonly today?: string;
  readonly profile?: Partial<Profile>;
  readonly charter?: Record<string, unknown>;
  /** Newest first, including the one in force. */
  readonly charterVersions?: readonly {
    readonly storedOn: string;
    readonly value: Record<string, unknown>;
  }[];
  readonly journal?: Record<string, unknown>;
  readonly attestations?: readonly (Partial<Attestation> & {
    control: string;
    holds: boolean;
    seen: string;
  })[];
  readonly readings?: Readings;
  readonly accountSteps?: readonly AccountStep[];
  readonly catalogue?: Partial<Catalogue>;
  /** Why a given document cannot be used. */
  readonly unusable?: NonNullable<DecisionInput['unusable']>;
  readonly unusableFiles?: NonNullable<DecisionInput['unusableFiles']>;
  readonly typed?: true;
}

function fromEnterprise(readings: Readings): boolean {
  return (Object.keys(readings) as Kind[]).some((kind) => KINDS[kind].onlyOn !== undefined);
}

/** A complete decision input in which only what `given` states is known. */
export function given(parts: Given = {}): DecisionInput {
  const today = parts.today ?? TODAY;
  return {
    catalogue: { ...EMPTY_CATALOGUE, ...parts.catalogue },
    profile: {
      ...profileSchema.parse({
        name: 'Alder Society',
        domains: ['alder.example.org'],
        // Readings that exist only on Enterprise imply Enterprise.
        claudePlan: fromEnterprise(parts.readings ?? {}) ? 'enterprise' : 'team',
        timezone: 'America/New_York',
      }),
      ...parts.profile,
    },
    charter: parts.charter ? written<Charter>('charter.yaml', charterSchema.parse(parts.charter)) : null,
    ...(parts.charterVersions === undefined
      ? {}
      : {
          charterVersions: parts.charterVersions.map(({ storedOn, value }) => ({
            storedOn,
            value: charterSchema.parse(value),
          })),
        }),
    journal: parts.journal ? written<Journal>('journal.yaml', knownJournalSchema.parse(parts.journal)) : null,
    attestations: (parts.attestations ?? []).map((a, index) => ({
      by: 'Dana Whitlock',
      source: 'attestations.yaml',
      row: index + 2,
      fileFound: null,
      ...a,
    })),
    readings: parts.readings ?? {},
    ...(parts.accountSteps === undefined ? {} : { accountSteps: parts.accountSteps }),
    ...(parts.unusable === undefined ? {} : { unusable: parts.unusable }),
    ...(parts.unusableFiles === undefined ? {} : { unusableFiles: parts.unusableFiles }),
    ...(parts.typed === undefined ? {} : { typed: parts.typed }),
    now: `${today}T23:59:59Z`,
    today,
  };
}

/** One reading; fields left out of `rows` become unknown. */
export function reading<K extends Kind>(
  kind: K,
  rows: readonly (Partial<Rows[K]> & object)[],
  options: Partial<Reading<K>> = {},
): Reading<K> {
  const file = options.file ?? `${kind}.csv`;
  return {
    kind,
    file,
    sha256: options.sha256 ?? `${file}:${JSON.stringify(rows)}`,
    provenance: 'import',
    observedOn: TODAY,
    dateFrom: 'saved',
    complete: true,
    mappedByHand: false,
    ...options,
    rows: rows.map((row, index) => ({ ...BLANKS[kind], file, row: index + 2, ...row }) as Rows[K]),
  };
}

/** Runs one rule as `decide` would, without a full catalogue. */
export function runRule<P>(
  rule: { decide(context: ReturnType<typeof contextFor>, params: P): Outcome },
  params: P,
  parts: Given = {},
  options: { control?: Partial<Control>; freshDays?: number; fromParts?: readonly Kind[] } = {},
): Outcome {
  const control: Control = {
    id: 'CLA-ACC-01',
    version: 1,
    title: 'A control under test',
    action: 'Mend it',
    board: { wrong: 'It is broken' },
    area: 'accounts',
    severity: 'high',
    concerns: 'it_admin',
    why: 'It is under test.',
    guide: [],
    needs: [],
    checks: [{ rule: 'under-test', reads: [], with: {} }],
    remediation: { minutes: 5, who: 'IT', steps: [{ do: 'Nothing' }] },
    facts: [],
    sources: [],
    ...options.control,
  };
  const whole = new EvaluationState(given(parts));
  const shared = options.fromParts === undefined ? whole : whole.fromParts(options.fromParts);
  return rule.decide(contextFor(shared, control, options.freshDays ?? DEFAULT_FRESH_DAYS), params);
}

function written<T>(file: string, value: T): DocumentOf<T> {
  return { value, file, sha256: file, lines: {} };
}
