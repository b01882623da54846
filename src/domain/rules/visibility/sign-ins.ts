import { z } from 'zod';
import type { SignInRow } from '../../model/kinds.ts';
import { clockWords, inNormalHours, type LocalTime, localTime } from '../../model/local-time.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { type LastDay, lastDays, openLastDays } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { MOVED_REMEDY } from '../../people/staff.ts';
import { ask } from '../../text/message.ts';
import { timeWords } from '../../text/moments.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { CONNECTOR_APPS } from '../microsoft/apps.ts';
import { askSignIns, mayBeToClaude, partOfSignIns } from '../microsoft/sign-ins-mfa.ts';
import { reviewsOf } from '../operations/review-done.ts';
import { absent, because } from '../outcome.ts';

interface SignIn {
  readonly row: SignInRow;
  readonly local: LocalTime;
  /** null: neither property of the device is known, so only the hour can be evaluated. */
  readonly faults: readonly string[] | null;
}

const ASK_APP = ask(
  'charter',
  'entra.ssoAppId',
  'State the appId of the Claude sign-in app under “entra.ssoAppId” in the charter, and save the sign-ins of the last 30 days.',
  'with_sign_ins',
);

const ASK_IDS = ask(
  'source',
  'sign_ins',
  'Save the sign-ins again with appId and appDisplayName.',
  'with_apps',
);

/** Guide 5.4: sign-ins outside normal hours or from an unmanaged device are reviewed. */
export const signInsLookedAt = defineRule({
  name: 'sign-ins-looked-at',
  signed: () => ['reviews'],
  about:
    'Finds successful sign-ins to Claude outside the normal hours of the profile (client time zone, weekdays, holidays) or from a device that is not managed or not compliant, and those of people after their last day of work. Every finding needs a review of user access in the journal on a later day. Sign-ins from 160.79.104.0/21 are the connector, not a person.',
  failsFromPart: ['sign_ins'],
  params: z.strictObject({
    /** Days, up to its end, that the file has to cover. */
    days: z.number().int().min(1).default(30),
  }),
  decide(context, { days }) {
    const { profile, journal, charter } = context;
    const signIns = context.read('sign_ins');
    if (!signIns.ok) return absent(signIns).cannotRead(signIns.howToGet);
    const hours = profile.normalHours;
    const hoursUnknown = () =>
      because(
        'visibility.sign_ins.hours_not_stated',
        'The profile does not state normal hours, so sign-ins at odd hours cannot be identified.',
      ).cannotRead(
        ask('profile', 'normalHours', 'State “normalHours” in the profile: start, end and days.'),
        signIns.evidence,
      );
    const isNormal = (local: LocalTime) => !hours || inNormalHours(local, hours, profile.holidays);
    const sso = charter.ok ? charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
    const apps = new Set<string>([...CONNECTOR_APPS.map(({ appId }) => appId), ...(sso ? [sso] : [])]);
    const past = signIns.rows.filter(
      (row) => row.interactive !== false && row.at <= context.now && (row.errorCode ?? 0) === 0,
    );
    const claude = past.filter((row) => isClaude(row, apps));
    const connector = claude.filter(isTraffic);
    const mine = claude.filter((row) => !isTraffic(row));
    const maybe = mayBeToClaude(signIns.rows, sso);
    const nameless = past.filter((row) => maybe(row) && !isClaude(row, apps) && !isTraffic(row));
    const ended = lastDays(context);
    const read = (rows: readonly SignInRow[]): SignIn[] =>
      rows.flatMap((row) => {
        const local = localTime(row.at, profile.timezone);
        return local ? [{ row, local, faults: faultsOf(row, local, isNormal, ended) }] : [];
      });
    const hasLeft = ({ faults }: SignIn) => faults?.includes(AFTER_LEAVING) === true;
    // Sign-ins after leaving are findings at any hour; everything else depends on the hours.
    if (!hours && !read(mine).some(hasLeft)) return hoursUnknown();
    if (mine.length === 0) {
      return because(
        'visibility.sign_ins.no_sign_in',
        `The file holds no sign-in of a person to Claude among ${count(past.length, 'successful sign-in')}. ${sso ? 'Sign-ins may not go through Entra.' : 'The charter does not name the Claude sign-in app.'}`,
      ).cannotRead(
        sso
          ? ask(
              'source',
              'sign_ins',
              'Save the sign-ins of the last 30 days to the Claude applications.',
              'to_claude',
            )
          : ASK_APP,
        signIns.evidence,
      );
    }
    const judged = read(mine);
    const findings = judged
      .filter((entry) => (hours ? entry.faults !== null && entry.faults.length > 0 : hasLeft(entry)))
      .sort((a, b) => (a.row.at < b.row.at ? -1 : 1));
    const items = findings.map(({ row, local, faults }): Item => {
      const when = `${dayWords(local.day)}, ${clockWords(local)}`;
      const what = (faults ?? []).join(' and ');
      return {
        key: `${(row.upn ?? 'unknown').toLowerCase()}/${row.at.toLowerCase()}`,
        label: row.upn ?? 'A person whose name the file does not give',
        detail: `${when}: ${what}.`,
        evidence: [
          signIns.cite(row, `${when}: ${what}`),
          ...(faults?.includes(AFTER_LEAVING) ? (ended.get(address(row.upn ?? ''))?.evidence ?? []) : []),
        ],
      };
    });
    const silent = judged.filter(({ faults }) => faults === null);
    const aside =
      connector.length > 0
        ? ` ${count(connector.length, 'sign-in')} from Anthropic’s range ${verb(connector.length, 'is', 'are')} the connector and not counted.`
        : '';
    const unnamed =
      nameless.length > 0
        ? ` ${count(nameless.length, 'sign-in')} whose application is not known ${verb(nameless.length, 'is', 'are')} not counted.`
        : '';
    const counted = `${count(judged.length, 'sign-in')} to Claude ${verb(judged.length, 'was', 'were')} read.${aside}${unnamed}`;
    const newest = findings.at(-1);
    const gone = items.filter((_, n) => findings[n]?.faults?.includes(AFTER_LEAVING));
    const odd = items.filter((one) => !gone.includes(one));
    const who = [
      { found: gone, what: AFTER_LEAVING },
      { found: odd, what: 'outside normal hours or from an unmanaged device' },
    ]
      .flatMap(({ found, what }) =>
        found.length === 0
          ? []
          : [`${count(found.length, 'sign-in')} ${what}: ${names([...new Set(found.map((i) => i.label))])}`],
      )
      .join('; ');
    if (newest) {
      if (!journal.ok || !journal.value.reviews) {
        return because(
          'visibility.sign_ins.not_reviewed',
          `${who}. No review is recorded since, so they have not been looked at yet. ${counted}`,
        ).fail([...signIns.evidence, ...items.flatMap((i) => i.evidence)], items);
      }
      const review = reviewsOf(journal.value, ['monthly', 'quarterly'], context.today, 'user_access').at(-1);
      if (!review || review.review.on <= newest.local.day) {
        const last = review
          ? `The last review was on ${dayWords(review.review.on)}`
          : 'The journal lists no review';
        return because(
          'visibility.sign_ins.since_review',
          `${who}, the newest on ${dayWords(newest.local.day)}. ${last}, so they have not been looked at yet. ${counted}`,
        ).fail([...signIns.evidence, ...items.flatMap((i) => i.evidence)], items);
      }
    }
    if (!hours) return hoursUnknown();
    // Anyone can use a name: only the id in the charter shows that sign-ins of people to Claude are included.
    const own = sso === undefined ? [] : mine.filter(({ appId }) => appId?.toLowerCase() === sso);
    if (own.length === 0) {
      const connectorOnly = mine.every(toConnector);
      return because(
        connectorOnly ? 'visibility.sign_ins.connector_only' : 'visibility.sign_ins.by_name_only',
        `The file holds sign-ins to ${connectorOnly ? 'the Microsoft 365 connector' : 'applications that are named like Claude'} and none that is known to be to Claude itself. ${sso ? 'These may not go through Entra.' : 'The charter does not name the Claude sign-in app.'}`,
      ).cannotRead(
        sso === undefined ? ASK_APP : mine.some(({ appId }) => appId === null) ? ASK_IDS : askSignIns(days),
        signIns.evidence,
      );
    }
    const open = openLastDays(context);
    const afterOpen = judged.filter(({ row, local }) => {
      const ends = row.upn === null ? undefined : open.get(address(row.upn));
      return ends !== undefined && local.day > ends.day;
    });
    if (afterOpen.length > 0) {
      const whose = [...new Set(afterOpen.map(({ row }) => row.upn ?? ''))];
      return because(
        'visibility.sign_ins.may_have_moved',
        `${count(afterOpen.length, 'sign-in')} of ${names(whose)} ${verb(afterOpen.length, 'is', 'are')} after the last day of work that the roster states, and whether ${whose.length === 1 ? 'this person' : 'these people'} moved to another employer of yours is not known. ${counted}`,
      ).cannotRead(MOVED_REMEDY, [
        ...signIns.evidence,
        ...whose.flatMap((upn) => open.get(address(upn))?.evidence ?? []),
      ]);
    }
    if (silent.length > 0) {
      return because(
        'visibility.sign_ins.device_unknown',
        `For ${silent.length} of ${count(judged.length, 'sign-in')} the file does not say whether the device is managed or compliant.`,
      ).cannotRead(
        ask('source', 'sign_ins', 'Save the sign-ins again with deviceDetail, every page.', 'with_devices'),
        signIns.evidence,
      );
    }
    const doubtful = read(nameless).filter(({ faults }) => faults === null || faults.length > 0);
    if (doubtful.length > 0) {
      return because(
        'visibility.sign_ins.app_unknown',
        `For ${count(doubtful.length, 'sign-in')} outside normal hours or from a device that is not known to be managed the file does not say to which application, so ${doubtful.length === 1 ? 'it' : 'they'} may have been to Claude. ${counted}`,
      ).cannotRead(ASK_IDS, [
        ...signIns.evidence,
        ...doubtful.slice(0, 20).map(({ row }) => signIns.cite(row, 'application not known')),
      ]);
    }
    const part = partOfSignIns(context, signIns, own, days);
    if (part !== null)
      return because('visibility.sign_ins.part_of_sign_ins', `${counted} ${part}`).cannotRead(
        askSignIns(days),
        signIns.evidence,
      );
    if (newest && journal.ok) {
      const review = reviewsOf(journal.value, ['monthly', 'quarterly'], context.today, 'user_access').at(-1);
      if (review) {
        return because(
          'visibility.sign_ins.reviewed',
          `${who}. All are older than the review of ${dayWords(review.review.on)} by ${review.review.by}. ${counted}`,
        ).pass(
          [...signIns.evidence, journal.cite(review.path, `review of ${dayWords(review.review.on)}`)],
          items,
        );
      }
    }
    return because(
      'visibility.sign_ins.normal',
      `${counted} All were in normal hours (${timeWords(hours.start)} to ${timeWords(hours.end)}, ${profile.timezone}) and from managed devices.`,
    ).pass(signIns.evidence);
  },
});

/** The account of a person who has left was used. */
const AFTER_LEAVING = 'after the last day of work';

function faultsOf(
  row: SignInRow,
  local: LocalTime,
  normal: (local: LocalTime) => boolean,
  ended: ReadonlyMap<string, LastDay>,
): readonly string[] | null {
  const faults: string[] = [];
  const lastDay = row.upn === null ? undefined : ended.get(address(row.upn));
  if (lastDay !== undefined && local.day > lastDay.day) faults.push(AFTER_LEAVING);
  if (!normal(local)) faults.push('outside normal hours');
  if (row.managedDevice === false) faults.push('device not managed');
  if (row.compliantDevice === false) faults.push('device not compliant');
  if (faults.length === 0 && row.managedDevice === null && row.compliantDevice === null) return null;
  return faults;
}

function isClaude(row: SignInRow, apps: ReadonlySet<string>): boolean {
  return (
    (row.appId !== null && apps.has(row.appId.toLowerCase())) ||
    (row.appName !== null && /\b(claude|anthropic)\b/i.test(row.appName))
  );
}

/** Whether a sign-in was to the Microsoft 365 connector, by id or, if there is none, by name. */
function toConnector({ appId, appName }: SignInRow): boolean {
  return CONNECTOR_APPS.some((app) =>
    appId === null
      ? app.name.toLowerCase() === appName?.trim().toLowerCase()
      : app.appId === appId.toLowerCase(),
  );
}

function isTraffic({ ip }: SignInRow): boolean {
  return ip !== null && fromAnthropic(ip);
}

/** 160.79.104.0/21, the range from which the connector calls Microsoft 365. */
function fromAnthropic(ip: string): boolean {
  const parts = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(ip.trim());
  if (!parts) return false;
  const third = Number(parts[3]);
  return parts[1] === '160' && parts[2] === '79' && third >= 104 && third <= 111;
}
// Guide: G5.4-01 G5.4-04 G5.5-03
