import { daysBetween } from '../model/day.ts';
import { KINDS, type Kind } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Current, Events, Read } from '../model/rule.ts';
import { shownWhole } from '../people/whole.ts';
import { currentReading, OF_EACH, readTogether } from './current.ts';
import { notCutShort, type RemovedEntries } from './cut-short.ts';
import { removedFrom } from './departed-evidence.ts';
import { DEFAULT_FRESH_DAYS } from './fresh-days.ts';
import type { DecisionInput } from './input.ts';
import { withReturnsOpen } from './listed-again.ts';
import { datedByLog } from './log-days.ts';
import { membersOfSeveral, ofAccountOwner, seatsOfLeavers } from './members-of-several.ts';
import { mergeEvents } from './merge-events.ts';
import { notAnotherList } from './other-list.ts';
import { isOfOthers, ofOurs } from './own-people.ts';
import { type SubjectOf, subjectOf } from './reading-subject.ts';
import {
  ofEveryOrganization,
  ofThisOrganization,
  ofThisPlan,
  organizationsNamed,
  withoutOtherOrganizations,
} from './which-organization.ts';
import { assignmentsShownWhole, grantsShownWhole } from './whole-grants.ts';
import { principalsShownWhole } from './whole-principals.ts';
import { usersShownWhole } from './whole-users.ts';

/** Determines which readings of a client are current on the day of a decision, once per kind. */
export class CurrentReadings {
  readonly input: DecisionInput;
  readonly #parts: ReadonlySet<Kind>;
  readonly #current = new Map<string, unknown>();
  readonly #events = new Map<number, Events>();
  readonly #merged = new Map<string, Events>();
  readonly #readings = new Map<Kind, readonly Reading[]>();
  readonly #spoken = new Map<Reading, Reading>();

  /** @param parts kinds for which an incomplete reading is used if there is no complete one */
  constructor(input: DecisionInput, parts: readonly Kind[]) {
    this.input = input;
    this.#parts = new Set(parts);
  }

  read<K extends Kind>(kind: K, freshDays: number): Current<K> {
    const key = `${kind} ${freshDays}`;
    const memo = this.#current.get(key) as Current<K> | undefined;
    if (memo) return memo;
    const found = this.#found(kind, freshDays);
    const { domains } = this.input.profile;
    const ours = (read: Current<K>) =>
      this.#listed(kind, this.#ours(kind, ofOurs(kind, read, domains), freshDays));
    const given = this.#besideOthers(kind, ours(found), freshDays, ours);
    const whole = this.#whole(kind, this.#uncut(kind, given, freshDays), freshDays);
    const part = !whole.ok && this.#parts.has(kind) ? whole.part : undefined;
    const own = part === undefined ? whole : ours(part);
    const current: Current<K> = part !== undefined && own.ok ? { ...own, inPart: true } : own;
    this.#current.set(key, current);
    return current;
  }

  /**
   * If the newest list is another organization's, falls back to our previous list as an incomplete reading: whose file
   * the newest is has to be asked, but failures that our earlier list shows remain.
   */
  #besideOthers<K extends Kind>(
    kind: K,
    given: Current<K>,
    freshDays: number,
    ours: (read: Current<K>) => Current<K>,
  ): Current<K> {
    if (given.ok || given.code !== 'other_organization' || KINDS[kind].shape === 'log') return given;
    const { today, profile } = this.input;
    const own = this.readings(kind)
      .filter((one) => !isOfOthers(one, profile.domains))
      .map((one) => this.#speaking(one, today));
    const earlier = ours(currentReading(kind, own, today, freshDays));
    return earlier.ok ? { ...given, part: earlier } : given;
  }

  /** Keeps only what belongs to the client's plan and Claude organization. */
  #ours<K extends Kind>(kind: K, found: Current<K>, freshDays: number): Current<K> {
    const { profile, charter } = this.input;
    const own = charter?.value.claudeOrganization;
    const given = ofThisOrganization(kind, ofThisPlan(kind, found, profile.claudePlan), own);
    if (kind !== 'api_keys' || !given.ok || own === undefined) return given;
    // The API keys are part of the settings answer, and only the settings name their organization.
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
    if (!OF_EACH.has(kind)) return currentReading(kind, readings, today, freshDays, unusable);
    const things = kind === 'api_keys' ? this.#organizationOf() : subjectOf;
    return currentReading(kind, readings, today, freshDays, unusable, things, this.#organizations(freshDays));
  }

  /** Claude organizations whose settings were read in the window; ours if the settings belong to none of them. */
  #organizations(freshDays: number): ReadonlySet<string> {
    const { today, charter } = this.input;
    const fresh = this.readings('settings').filter(
      ({ observedOn }) => observedOn <= today && daysBetween(observedOn, today) <= freshDays,
    );
    const found = new Set(fresh.flatMap((one) => [...(subjectOf(one) ?? [])]));
    const own = charter?.value.claudeOrganization;
    const ids = fresh.flatMap(({ rows }) => [...organizationsNamed('settings', rows)]);
    return own !== undefined && ids.length > 0 && !ids.includes(own) ? found.add(own) : found;
  }

  /** The organization of a list of API keys: that of the settings in the same file. */
  #organizationOf(): SubjectOf {
    const settings = new Map(this.readings('settings').map((one) => [one.sha256, subjectOf(one)]));
    return ({ sha256 }) => settings.get(sha256) ?? null;
  }

  #listed<K extends Kind>(kind: K, given: Current<K>): Current<K> {
    if (kind !== 'roster') return given;
    return withReturnsOpen(given as Current<'roster'>, this.history('roster')) as Current<K>;
  }

  #uncut<K extends Kind>(kind: K, given: Current<K>, freshDays: number): Current<K> {
    const history = this.history(kind);
    const gone = () =>
      removedFrom(kind, {
        journal: this.input.journal?.value ?? null,
        roster: () => this.read('roster', DEFAULT_FRESH_DAYS),
        events: () => this.events(DEFAULT_FRESH_DAYS),
        today: this.input.today,
      });
    const { today, profile } = this.input;
    const several = this.#leaversOfSeveral(kind, given, gone);
    const uncut = notCutShort(kind, several, history, gone);
    return notAnotherList(
      kind,
      uncut,
      history,
      gone,
      profile.domains,
      (day) => daysBetween(day, today) <= freshDays,
    );
  }

  /** Of members of several organizations on one day, none of which is known to be ours: the seats of people who have left. */
  #leaversOfSeveral<K extends Kind>(kind: K, given: Current<K>, gone: () => RemovedEntries): Current<K> {
    if (kind !== 'members' || given.ok || membersOfSeveral(given.rivals ?? []) === null) return given;
    const rivals = (given.rivals ?? []) as readonly Reading[] as readonly Reading<'members'>[];
    const seats = seatsOfLeavers(rivals, gone().keys, this.input.profile.domains);
    const [first] = seats;
    if (first === undefined) return given;
    return { ...given, part: readTogether(seats, first.observedOn) as Read<'members'> as Read<K> };
  }

  /** Keeps only readings that cover everyone, and every organization that they should cover. */
  #whole<K extends Kind>(kind: K, given: Current<K>, freshDays: number): Current<K> {
    if (kind === 'activities' || kind === 'audit_log')
      return ofEveryOrganization(kind, given, this.read('settings', freshDays));
    if (kind === 'permission_grants')
      return grantsShownWhole(
        given as Current<'permission_grants'>,
        this.#applications(freshDays),
      ) as Current<K>;
    if (kind === 'app_assignments')
      return assignmentsShownWhole(
        given as Current<'app_assignments'>,
        this.#applications(freshDays),
      ) as Current<K>;
    if (kind === 'service_principals')
      return principalsShownWhole(given as Current<'service_principals'>, {
        grants: this.read('permission_grants', freshDays),
        assignments: this.read('app_assignments', freshDays),
        signIns: this.read('sign_ins', freshDays),
      }) as Current<K>;
    if (kind === 'entra_users')
      return usersShownWhole(given as Current<'entra_users'>, {
        roles: this.read('entra_roles', freshDays),
        assignments: this.read('app_assignments', freshDays),
      }) as Current<K>;
    if (kind !== 'members') return given;
    return shownWhole(given as Current<'members'>, {
      usage: this.read('usage', freshDays),
      memberships: this.read('domain_memberships', freshDays),
      roster: this.read('roster', freshDays),
      users: this.read('entra_users', freshDays),
      firstInvitation: this.input.journal?.value.firstInvitation ?? null,
      today: this.input.today,
    }) as Current<K>;
  }

  /**
   * Enterprise applications as read; whether the list is complete is judged by the applications that grants and
   * assignments name.
   */
  #applications(freshDays: number) {
    const found = this.#found('service_principals', freshDays);
    return {
      principals: found.ok ? found.rows : (found.part?.rows ?? []),
      signIn: this.input.charter?.value.entra?.ssoAppId,
    };
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
    // Cached, because most windows contain the same files, and sorting a year of events for each would be slow.
    const files = [feed, log].flatMap((one) => (one.ok ? one.readings.map((reading) => reading.sha256) : []));
    const key = [...files, ...[feed, log].map((one) => one.ok || one.code)].join(' ');
    const events =
      (files.length > 0 ? this.#merged.get(key) : undefined) ??
      mergeEvents(feed, log, this.input.now, this.#ourOrganizations(freshDays));
    this.#merged.set(key, events);
    this.#events.set(freshDays, events);
    return events;
  }

  /** Claude organizations whose events belong to the client; null: the charter does not name any. */
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
    const made = datedByLog(reading, today);
    this.#spoken.set(reading, made);
    return made;
  }

  /** Files of a kind that are ignored because they are only about Claude organizations that are not the client's. */
  ofOtherOrganizations(kind: Kind): readonly string[] {
    const ours = new Set(this.readings(kind));
    return (this.input.readings[kind] ?? []).filter((one) => !ours.has(one)).map(({ file }) => file);
  }

  /** The client's Claude organizations: those that the charter names, otherwise those whose settings were read. */
  #known(): ReadonlySet<string> {
    const own = this.input.charter?.value.claudeOrganization;
    if (own !== undefined) return new Set([own.toLowerCase()]);
    const settings = (this.input.readings.settings ?? []) as readonly Reading<'settings'>[];
    return new Set(settings.flatMap(({ rows }) => [...organizationsNamed('settings', rows)]));
  }

  private readings<K extends Kind>(kind: K): readonly Reading<K>[] {
    const known = this.#readings.get(kind) as readonly Reading<K>[] | undefined;
    if (known) return known;
    const given = (this.input.readings[kind] ?? []) as readonly Reading<K>[];
    const ours = ofAccountOwner(
      withoutOtherOrganizations(kind, given, this.#known()),
      this.input.charter?.value.accountOwner,
      this.input.profile.domains,
    );
    this.#readings.set(kind, ours);
    return ours;
  }
}
