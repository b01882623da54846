import { entitlements } from '../capabilities/entitle.ts';
import { effectiveCharter } from '../charter/effective.ts';
import { saysSince, versionOn } from '../charter/since.ts';
import type { Attestation } from '../model/attestation.ts';
import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Journal } from '../model/journal.ts';
import type { Kind } from '../model/kinds.ts';
import type { DocumentOf, Reading } from '../model/reading.ts';
import type { CheckContext, Current, Entitlement, Events, Page } from '../model/rule.ts';
import { reconcile } from '../people/reconcile.ts';
import { hasRole, isAddressOf, type Signer, signerOn } from '../people/signer.ts';
import { signerWithoutRoster } from '../people/signer-without-roster.ts';
import type { Reconciliation } from '../people/types.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';
import { saysNotSeen } from '../text/denials.ts';
import { dayWords } from '../text/words.ts';
import { countedCharter, countedJournal, doubtOf, type Judge, type Uncounted } from './counted.ts';
import { CurrentReadings } from './current-readings.ts';
import { DEFAULT_FRESH_DAYS, windowOf } from './fresh-days.ts';
import { hidesAny, withoutHiddenRows } from './hidden-rows.ts';
import type { DecisionInput } from './input.ts';
import { nameOf, onlyChosen } from './only-chosen.ts';
import { page } from './page.ts';

/** A document with its valid signatures, and the ones that were rejected. */
interface Signed<T> {
  readonly page: Page<T>;
  readonly uncounted: readonly Uncounted[];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** More people than any roster lists; never shown. */
const FAR_MORE_STAFF = Number.MAX_SAFE_INTEGER;

/** State shared by all controls of one decision: each reading, reconciliation and entitlement is computed once. */
export class EvaluationState {
  readonly input: DecisionInput;
  readonly charterAhead: CheckContext['charterAhead'];
  readonly accountSteps: readonly AccountStep[];
  readonly #fromParts = new Map<string, EvaluationState>();
  readonly #countingOnly = new Map<string, EvaluationState>();
  #withoutHidden: EvaluationState | undefined;
  #withFarMoreStaff: EvaluationState | undefined;
  readonly #readings: CurrentReadings;
  /*
   * Lazy, because checking signatures looks up each signer among all people, and a plan needs at most the charter.
   * Approvals in the charter are checked against the charter as written, all others against the charter without its
   * rejected approvals.
   */
  readonly #charter = once(() => this.#countedCharter());
  readonly #journal = once(() => this.#countedJournal());
  readonly #attestations = once(() => {
    const refused = this.input.unusable?.attestations;
    return byControl(this.input, ({ by, seen, note }) =>
      refused === undefined
        ? note !== undefined && saysNotSeen(note)
          ? `${by} recorded on ${dayWords(seen)} that it is as required, and noted “${note}”.`
          : doubtOf(by, seen, 'statement', this.#judge(this.charter))
        : `${refused} It may state otherwise.`,
    );
  });
  #people: Reconciliation | undefined;
  readonly #capability: (id: string) => Entitlement;

  constructor(given: DecisionInput, parts: readonly Kind[] = []) {
    const input = withCharterInForce(given);
    this.input = input;
    this.#readings = new CurrentReadings(input, parts);
    if (input.charter !== given.charter) this.charterAhead = page('charter', given.charter, input.today);
    this.#capability = entitlements(this);
    this.accountSteps = (input.accountSteps ?? []).filter(({ day }) => day <= input.today);
  }

  get charter(): CheckContext['charter'] {
    return this.#charter().page;
  }

  /** The charter as given, without approvals that were rejected. */
  get countedCharter(): DocumentOf<Charter> | null {
    return this.#charter().written;
  }

  get journal(): CheckContext['journal'] {
    return this.#journal().page;
  }

  /** Rejected signatures in charter and journal, with the reason. */
  get uncounted(): readonly Uncounted[] {
    return [...this.#charter().uncounted, ...this.#journal().uncounted];
  }

  /** Attestations by control, newest first; those dated after the day of the decision are left out. */
  get attestations(): ReadonlyMap<string, readonly Attestation[]> {
    return this.#attestations();
  }

  read<K extends Kind>(kind: K, freshDays: number): Current<K> {
    return this.#readings.read(kind, freshDays);
  }

  history<K extends Kind>(kind: K): readonly Reading<K>[] {
    return this.#readings.history(kind);
  }

  events(freshDays: number): Events {
    return this.#readings.events(freshDays);
  }

  /** Files of a kind that are ignored because they are only about Claude organizations that are not the client's. */
  ofOtherOrganizations(kind: Kind): readonly string[] {
    return this.#readings.ofOtherOrganizations(kind);
  }

  /** The same facts, except that incomplete readings of these kinds are used as they are. */
  fromParts(kinds: readonly Kind[]): EvaluationState {
    const key = kinds.join(' ');
    const made = this.#fromParts.get(key) ?? new EvaluationState(this.input, kinds);
    this.#fromParts.set(key, made);
    return made;
  }

  /**
   * The same facts with only the `chosen` files out of `among`, as if it were known which of several files of one day
   * is right. Several chosen files of one kind are combined as parts of one list.
   */
  countingOnly(chosen: readonly Reading[], among: readonly Reading[]): EvaluationState {
    const key = chosen.map(nameOf).join(' ');
    const made = this.#countingOnly.get(key) ?? new EvaluationState(onlyChosen(this.input, chosen, among));
    this.#countingOnly.set(key, made);
    return made;
  }

  /** The same facts without the rows that a workbook hides; `this` if none are hidden. */
  withoutHidden(): EvaluationState {
    this.#withoutHidden ??= hidesAny(this.input.readings)
      ? new EvaluationState({ ...this.input, readings: withoutHiddenRows(this.input.readings) })
      : this;
    return this.#withoutHidden;
  }

  /** The same facts, except that the profile states far more people than any roster lists. */
  withFarMoreStaff(): EvaluationState {
    const { profile } = this.input;
    this.#withFarMoreStaff ??= new EvaluationState({
      ...this.input,
      profile: { ...profile, staffCount: FAR_MORE_STAFF },
    });
    return this.#withFarMoreStaff;
  }

  people(): Reconciliation {
    this.#people ??= reconcile({
      members: this.read('members', DEFAULT_FRESH_DAYS),
      roster: this.read('roster', DEFAULT_FRESH_DAYS),
      users: this.read('entra_users', DEFAULT_FRESH_DAYS),
      domains: this.input.profile.domains,
      charter: this.charter,
      today: this.input.today,
      mailboxes: this.input.catalogue.mailboxes,
    });
    return this.#people;
  }

  capability(id: string): Entitlement {
    return this.#capability(id);
  }

  #countedCharter(): Signed<Charter> & { readonly written: DocumentOf<Charter> | null } {
    const { input } = this;
    const asWritten = page('charter', input.charter, input.today);
    const { written, uncounted } =
      input.charter === null || input.charterCounted
        ? { written: input.charter, uncounted: [] }
        : countedCharter(input.charter, this.#judge(asWritten));
    // Treat the permission as Blocked for every rule once the exception from its invariant has ended.
    const counts = written && { ...written, value: effectiveCharter(written.value, input.today) };
    const ahead = this.charterAhead !== undefined;
    return { written, page: page('charter', counts, input.today, input.unusable?.charter, ahead), uncounted };
  }

  #countedJournal(): Signed<Journal> {
    const { input } = this;
    const { written, uncounted } =
      input.journal === null
        ? { written: null, uncounted: [] }
        : countedJournal(input.journal, this.#judge(this.charter));
    return { page: page('journal', written, input.today, input.unusable?.journal), uncounted };
  }

  #judge(charter: Page<Charter>): Judge {
    return {
      typed: this.input.typed === true,
      claudeSince: this.input.catalogue.policyTemplate.claude_since?.day,
      signer: (signature, day) => this.#signer(signature, day, charter),
      hasRole: (signature) => hasRole(signature, charter.ok ? charter.value : null),
    };
  }

  /** What roster, members and charter say about a signer as of a day. */
  signer(signature: string, day: string): Signer {
    return this.#signer(signature, day, this.charter);
  }

  #signer(signature: string, day: string, charter: Page<Charter>): Signer {
    const roster = this.read('roster', DEFAULT_FRESH_DAYS);
    const members = this.read('members', DEFAULT_FRESH_DAYS);
    const lists = { members: members.ok ? members.rows : [], charter: charter.ok ? charter.value : null };
    const signer = roster.ok
      ? signerOn(signature, { ...lists, roster: roster.rows }, day)
      : signerWithoutRoster(signature, day, { ...lists, roster, history: this.history('roster') });
    if (signer.is === 'left' && signer.lastDay === null && roster.ok)
      return { ...signer, shownOn: roster.observedOn };
    if (signer.is === 'left' || signer.is === 'not_yet' || signer.is === 'disputed') return signer;
    // A roster made before their last day cannot contain a departure that the journal records since.
    const rows = roster.ok ? roster.rows : [];
    const lastDay = (this.input.journal?.value.offboardings ?? [])
      .filter(({ email, lastDay }) => lastDay < day && isAddressOf(email, signature, rows))
      .map(({ lastDay }) => lastDay)
      .sort()
      .at(-1);
    return lastDay !== undefined && !(roster.ok && roster.observedOn > lastDay)
      ? { is: 'left', lastDay }
      : signer;
  }
}

/** A charter that takes effect on a later day is not used yet, and neither are its exceptions. */
function withCharterInForce(input: DecisionInput): DecisionInput {
  const from = input.charter?.value.inForceSince;
  if (from === undefined || from <= input.today) return input;
  const why = `The charter is in force from ${dayWords(from)} on, so it says nothing about ${dayWords(input.today)}.`;
  return { ...input, charter: null, unusable: { ...input.unusable, charter: why } };
}

/** The context in which one check of one control runs. */
export function contextFor(shared: EvaluationState, control: Control, freshDays: number): CheckContext {
  const { input } = shared;
  return {
    today: input.today,
    now: input.now,
    profile: input.profile,
    catalogue: input.catalogue,
    control,
    charter: shared.charter,
    charterSince: (path) =>
      input.charter === null ? undefined : saysSince(input.charter.value, input.charterVersions ?? [], path),
    charterOn: (day) => versionOn(input.charterVersions ?? [], day),
    ...(shared.charterAhead === undefined ? {} : { charterAhead: shared.charterAhead }),
    journal: shared.journal,
    attestations: shared.attestations.get(control.id) ?? NONE,
    statementsOn: (id) => shared.attestations.get(id) ?? NONE,
    ...(input.unusable?.attestations === undefined
      ? {}
      : { attestationsUnusable: input.unusable.attestations }),
    accountSteps: shared.accountSteps,
    recording: input.recording ?? null,
    citeAttestation: (a) => ({
      kind: 'attestations',
      file: a.source,
      row: a.row,
      observedOn: a.seen,
      says: `${a.by} saw that it ${a.holds ? 'holds' : 'does not hold'}${a.note ? `: ${a.note}` : ''}`,
    }),
    read: (kind, days) => shared.read(kind, days ?? windowOf(kind, freshDays)),
    events: (days) => shared.events(days ?? freshDays),
    history: (kind) => shared.history(kind),
    people: () => shared.people(),
    signer: (signature, day) => shared.signer(signature, day),
    capability: (id) => shared.capability(id),
    typed: shared.input.typed === true,
    approvedByOffice: () =>
      shared.uncounted.some(({ key, unnamed }) => key === 'approvedBy' && unnamed === true),
  };
}

const NONE: readonly Attestation[] = [];

function byControl(
  input: DecisionInput,
  doubtOf: (attestation: Attestation) => string | null,
): ReadonlyMap<string, readonly Attestation[]> {
  const map = new Map<string, Attestation[]>();
  for (const attestation of input.attestations) {
    if (attestation.seen > input.today) continue;
    const list = map.get(attestation.control) ?? [];
    const doubt = attestation.holds ? doubtOf(attestation) : null;
    list.push(doubt === null ? attestation : { ...attestation, doubt });
    map.set(attestation.control, list);
  }
  for (const list of map.values()) {
    // Of two attestations of the same day, a failing one takes precedence.
    list.sort((a, b) => (a.seen > b.seen ? -1 : a.seen < b.seen ? 1 : Number(a.holds) - Number(b.holds)));
  }
  return map;
}
