import { entitlements } from '../capabilities/entitle.ts';
import { effectiveCharter } from '../charter/effective.ts';
import { saysSince } from '../charter/since.ts';
import type { Attestation } from '../model/attestation.ts';
import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Journal } from '../model/journal.ts';
import type { Kind } from '../model/kinds.ts';
import type { DocumentOf, Reading } from '../model/reading.ts';
import type { CheckContext, Current, Entitlement, Events, Page } from '../model/rule.ts';
import { reconcile } from '../people/reconcile.ts';
import { hasRole, isAddressOf, type Signer, signerOn } from '../people/signer.ts';
import type { Reconciliation } from '../people/types.ts';
import { shownWhole } from '../people/whole.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';
import { dayWords } from '../text/words.ts';
import { countedCharter, countedJournal, doubtOf, type Judge, type Uncounted } from './counted.ts';
import { currentReading } from './current.ts';
import { notCutShort } from './cut-short.ts';
import { goneFrom } from './gone.ts';
import type { DecisionInput } from './input.ts';
import { speakingFor } from './log-days.ts';
import { mergeEvents } from './merge-events.ts';
import { page } from './page.ts';
import { type Things, thingOf } from './things.ts';
import {
  ofEveryOrganization,
  ofThisOrganization,
  ofThisPlan,
  organizationsNamed,
  withoutOtherOrganizations,
} from './which-organization.ts';
import { principalsShownWhole } from './whole-principals.ts';
import { ofOurs } from './whose.ts';

/** Days for which a reading counts when a check names no window. */
export const DEFAULT_FRESH_DAYS = 30;

/**
 * Days for which a kind counts in a check. Who holds a seat and who works here changes weekly, and the lists of people
 * are made once per decision, so these kinds count for no longer than the default, whatever else the check reads.
 */
export function windowOf(kind: string, freshDays: number): number {
  const people = kind === 'members' || kind === 'roster' || kind === 'entra_users';
  return people ? Math.min(freshDays, DEFAULT_FRESH_DAYS) : freshDays;
}

/** A page with the signatures that count, and what is said of the others. */
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

/** What all controls of one decision share: each reading, reconciliation and entitlement is worked out once. */
export class Shared {
  readonly input: DecisionInput;
  readonly charterAhead: CheckContext['charterAhead'];
  readonly accountSteps: readonly AccountStep[];
  readonly #current = new Map<string, unknown>();
  readonly #events = new Map<number, Events>();
  readonly #merged = new Map<string, Events>();
  readonly #parts: ReadonlySet<Kind>;
  readonly #fromParts = new Map<string, Shared>();
  readonly #readings = new Map<Kind, readonly Reading[]>();
  readonly #spoken = new Map<Reading, Reading>();
  /*
   * Each signature is looked up among all people, which waits until somebody asks: a plan needs the charter at most.
   * The approvals of the charter are looked up in what it says itself, all others in what counts of it.
   */
  readonly #charter = once(() => this.#countedCharter());
  readonly #journal = once(() => this.#countedJournal());
  readonly #attestations = once(() => {
    const refused = this.input.unusable?.attestations;
    return byControl(this.input, ({ by, seen }) =>
      refused === undefined
        ? doubtOf(by, seen, 'statement', this.#judge(this.charter))
        : `${refused} It may state otherwise.`,
    );
  });
  #people: Reconciliation | undefined;
  readonly #capability: (id: string) => Entitlement;

  constructor(given: DecisionInput, parts: readonly Kind[] = []) {
    const input = withCharterInForce(given);
    this.input = input;
    this.#parts = new Set(parts);
    if (input.charter !== given.charter) this.charterAhead = page('charter', given.charter, input.today);
    this.#capability = entitlements(this);
    this.accountSteps = (input.accountSteps ?? []).filter(({ day }) => day <= input.today);
  }

  get charter(): CheckContext['charter'] {
    return this.#charter().page;
  }

  /** The charter as it was given, without the approvals that do not count. */
  get countedCharter(): DocumentOf<Charter> | null {
    return this.#charter().written;
  }

  get journal(): CheckContext['journal'] {
    return this.#journal().page;
  }

  /** Signatures in charter and journal that do not count, with why. */
  get uncounted(): readonly Uncounted[] {
    return [...this.#charter().uncounted, ...this.#journal().uncounted];
  }

  /** Attestations by control, newest first, none dated after the day of the decision. */
  get attestations(): ReadonlyMap<string, readonly Attestation[]> {
    return this.#attestations();
  }

  read<K extends Kind>(kind: K, freshDays: number): Current<K> {
    const key = `${kind} ${freshDays}`;
    const memo = this.#current.get(key) as Current<K> | undefined;
    if (memo) return memo;
    const found = this.#found(kind, freshDays);
    const { domains } = this.input.profile;
    const ours = (read: Current<K>) => this.#ours(kind, ofOurs(kind, read, domains), freshDays);
    const whole = this.#whole(kind, this.#uncut(kind, ours(found)), freshDays);
    const part = !whole.ok && this.#parts.has(kind) ? whole.part : undefined;
    const current = part === undefined ? whole : ours(part);
    this.#current.set(key, current);
    return current;
  }

  /** The same facts, with what was read of these kinds counting although it is only a part. */
  fromParts(kinds: readonly Kind[]): Shared {
    const key = kinds.join(' ');
    const made = this.#fromParts.get(key) ?? new Shared(this.input, kinds);
    this.#fromParts.set(key, made);
    return made;
  }

  /** What is of the client's plan and Claude organization. */
  #ours<K extends Kind>(kind: K, found: Current<K>, freshDays: number): Current<K> {
    const { profile, charter } = this.input;
    const own = charter?.value.claudeOrganization;
    const given = ofThisOrganization(kind, ofThisPlan(kind, found, profile.claudePlan), own);
    if (kind !== 'api_keys' || !given.ok || own === undefined) return given;
    // The keys are in the answer with the settings, which alone says whose it is.
    const settings = ofThisOrganization('settings', this.#found('settings', freshDays), own);
    const others = settings.ok ? [] : this.readings('settings').map(({ sha256 }) => sha256);
    return !settings.ok && given.readings.every(({ sha256 }) => others.includes(sha256))
      ? { ok: false, code: settings.code, why: settings.why, howToGet: settings.howToGet }
      : given;
  }

  #found<K extends Kind>(kind: K, freshDays: number): Current<K> {
    const unusable = this.input.unusableFiles?.[kind] ?? [];
    const { today } = this.input;
    const readings = this.readings(kind).map((one) => this.#speaking(one, today));
    const things = kind === 'api_keys' ? this.#organizationOf() : thingOf;
    return currentReading(kind, readings, today, freshDays, unusable, things);
  }

  /** Of a list of API keys the organization whose settings are in the same file. */
  #organizationOf(): Things {
    const settings = new Map(this.readings('settings').map((one) => [one.sha256, thingOf(one)]));
    return ({ sha256 }) => settings.get(sha256) ?? null;
  }

  #uncut<K extends Kind>(kind: K, given: Current<K>): Current<K> {
    return notCutShort(kind, given, this.history(kind), () =>
      goneFrom(kind, {
        journal: this.input.journal?.value ?? null,
        roster: () => this.read('roster', DEFAULT_FRESH_DAYS),
        events: () => this.events(DEFAULT_FRESH_DAYS),
        today: this.input.today,
      }),
    );
  }

  /** What is of everyone and of every organization that it has to speak of. */
  #whole<K extends Kind>(kind: K, given: Current<K>, freshDays: number): Current<K> {
    if (kind === 'activities' || kind === 'audit_log')
      return ofEveryOrganization(kind, given, this.read('settings', freshDays));
    if (kind === 'service_principals')
      return principalsShownWhole(given as Current<'service_principals'>, {
        grants: this.read('permission_grants', freshDays),
        assignments: this.read('app_assignments', freshDays),
      }) as Current<K>;
    if (kind !== 'members') return given;
    return shownWhole(given as Current<'members'>, {
      usage: this.read('usage', freshDays),
      memberships: this.read('domain_memberships', freshDays),
      roster: this.read('roster', freshDays),
      firstInvitation: this.input.journal?.value.firstInvitation ?? null,
      today: this.input.today,
    }) as Current<K>;
  }

  history<K extends Kind>(kind: K): readonly Reading<K>[] {
    return this.readings(kind)
      .filter((reading) => reading.observedOn <= this.input.today)
      .sort((a, b) => (a.observedOn < b.observedOn ? -1 : a.observedOn > b.observedOn ? 1 : 0));
  }

  events(freshDays: number): Events {
    const memo = this.#events.get(freshDays);
    if (memo) return memo;
    const feed = this.read('activities', freshDays);
    const log = this.read('audit_log', freshDays);
    // Most windows hold the same files, and a log of a year is too long to be sorted for each of them.
    const files = [feed, log].flatMap((one) => (one.ok ? one.readings.map((reading) => reading.sha256) : []));
    const key = [...files, ...[feed, log].map((one) => one.ok || one.code)].join(' ');
    const events =
      (files.length > 0 ? this.#merged.get(key) : undefined) ??
      mergeEvents(feed, log, this.input.now, this.#ourOrganizations(freshDays));
    this.#merged.set(key, events);
    this.#events.set(freshDays, events);
    return events;
  }

  /** The Claude organizations whose events are ours; null: the charter does not name ours. */
  #ourOrganizations(freshDays: number): ReadonlySet<string> | null {
    const own = this.input.charter?.value.claudeOrganization;
    if (own === undefined) return null;
    const settings = this.read('settings', freshDays);
    const others = settings.ok ? organizationsNamed('settings', settings.rows) : [];
    return new Set([own.toLowerCase(), ...others]);
  }

  #speaking<K extends Kind>(reading: Reading<K>, today: string): Reading<K> {
    const known = this.#spoken.get(reading) as Reading<K> | undefined;
    if (known) return known;
    const made = speakingFor(reading, today);
    this.#spoken.set(reading, made);
    return made;
  }

  /** Files of a kind that are left aside, since they speak of other Claude organizations alone than the client's. */
  ofOtherOrganizations(kind: Kind): readonly string[] {
    const ours = new Set(this.readings(kind));
    return (this.input.readings[kind] ?? []).filter((one) => !ours.has(one)).map(({ file }) => file);
  }

  people(): Reconciliation {
    this.#people ??= reconcile({
      members: this.read('members', DEFAULT_FRESH_DAYS),
      roster: this.read('roster', DEFAULT_FRESH_DAYS),
      users: this.read('entra_users', DEFAULT_FRESH_DAYS),
      domains: this.input.profile.domains,
      charter: this.charter,
      today: this.input.today,
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
    // A cell whose exception from an invariant has ended counts as blocked, for every rule alike.
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
      signer: (signature, day) => this.#signer(signature, day, charter),
      hasRole: (signature) => hasRole(signature, charter.ok ? charter.value : null),
    };
  }

  /** What roster, members and charter tell of someone who signed, as of a day. */
  signer(signature: string, day: string): Signer {
    return this.#signer(signature, day, this.charter);
  }

  #signer(signature: string, day: string, charter: Page<Charter>): Signer {
    const roster = this.read('roster', DEFAULT_FRESH_DAYS);
    const members = this.read('members', DEFAULT_FRESH_DAYS);
    const lists = {
      roster: roster.ok ? roster.rows : null,
      members: members.ok ? members.rows : [],
      charter: charter.ok ? charter.value : null,
    };
    const signer = signerOn(signature, lists, day);
    if (signer.is === 'left' || signer.is === 'not_yet') return signer;
    // A roster of before the last day cannot know what the journal says of someone since.
    const lastDay = (this.input.journal?.value.offboardings ?? [])
      .filter(({ email, lastDay }) => lastDay < day && isAddressOf(email, signature, lists.roster ?? []))
      .map(({ lastDay }) => lastDay)
      .sort()
      .at(-1);
    return lastDay !== undefined && !(roster.ok && roster.observedOn > lastDay)
      ? { is: 'left', lastDay }
      : signer;
  }

  private readings<K extends Kind>(kind: K): readonly Reading<K>[] {
    const known = this.#readings.get(kind) as readonly Reading<K>[] | undefined;
    if (known) return known;
    const given = (this.input.readings[kind] ?? []) as readonly Reading<K>[];
    const ours = withoutOtherOrganizations(kind, given, this.input.charter?.value.claudeOrganization);
    this.#readings.set(kind, ours);
    return ours;
  }
}

/** A charter that is to be in force from a later day decides nothing yet, and neither do its exceptions. */
function withCharterInForce(input: DecisionInput): DecisionInput {
  const from = input.charter?.value.inForceSince;
  if (from === undefined || from <= input.today) return input;
  const why = `The charter is in force from ${dayWords(from)} on, and so says nothing of ${dayWords(input.today)}.`;
  return { ...input, charter: null, unusable: { ...input.unusable, charter: why } };
}

/** The view that one check of one control has. */
export function contextFor(shared: Shared, control: Control, freshDays: number): CheckContext {
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
    // Of two statements of one day the failing one comes first.
    list.sort((a, b) => (a.seen > b.seen ? -1 : a.seen < b.seen ? 1 : Number(a.holds) - Number(b.holds)));
  }
  return map;
}
