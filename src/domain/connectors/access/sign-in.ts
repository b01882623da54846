import type { Catalogue } from '../../model/catalogue.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { CheckContext } from '../../model/rule.ts';
import { coveredThrough, detailText } from '../../rules/connectors/events.ts';
import { matchConnector } from '../../rules/connectors/match.ts';
import { dayWords } from '../../text/words.ts';
import { fileKey } from '../places.ts';
import type { MatrixConnector } from '../row.ts';
import { type Gate, gate, unknownGate } from './gate.ts';
import { microsoftSignIn } from './microsoft-sign-in.ts';
import { entriesOf, signsInAsThemselves } from './rights.ts';
import type { Subject } from './subject.ts';

type Named = Pick<MatrixConnector, 'id' | 'name' | 'kind' | 'ams' | 'charter'>;

/** The second gate: whether a person linked a system to Claude with their own sign-in. Built once for all people. */
export function signInOf(context: CheckContext): (connector: Named, subject: Subject) => Gate {
  const { catalogue } = context;
  let microsoft: ((subject: Subject) => Gate) | null = null;
  const log = linksOf(context);
  return (connector, subject) => {
    const entries = entriesOf(connector.id, catalogue);
    const reported = log?.of(connector, subject) ?? null;
    if (entries.length > 0 && entries.every(({ id }) => id.startsWith('microsoft365_'))) {
      microsoft ??= microsoftSignIn(context);
      return both(microsoft(subject), reported);
    }
    if (reported !== null) return reported;
    const own = signsInAsThemselves(connector, entries);
    const open = own
      ? ''
      : ' Nor does any file show whether its server asks people to sign in at all; one that does not is open to everyone who may use it in Claude.';
    return unknownGate(
      `Nothing that was read shows whether they linked ${connector.name}. ${log === null ? noLog(context) : `The log of ${dayWords(log.from)} to ${dayWords(log.to)} holds no link for them, which says nothing about the time before.`}${open}`,
      `Ask them to look in Claude under Settings > Connectors${own ? `, or look up in ${connector.name} which applications they connected` : ''}.`,
    );
  };
}

function noLog(context: CheckContext): string {
  if (context.profile.claudePlan !== 'enterprise')
    return 'On this Claude plan no file shows who linked what.';
  const events = context.events();
  return events.ok ? '' : events.why;
}

/** A link shown by either source counts. After unlinking in Claude there is no link, even if the consent remains. */
function both(microsoft: Gate, reported: Gate | null): Gate {
  if (reported === null) return microsoft;
  if (reported.state === 'open') return reported;
  if (microsoft.state === 'open' && reported.state === 'closed')
    return { ...reported, words: `${reported.words} Their consent in Entra is still there.` };
  if (microsoft.state !== 'unknown') return microsoft;
  return reported.state === 'closed'
    ? reported
    : { ...microsoft, words: `${microsoft.words} ${reported.words}` };
}

interface Log {
  readonly from: string;
  readonly to: string;
  of(connector: Named, subject: Subject): Gate | null;
}

/** Enterprise only: the newest link or unlink event of each person and server. */
function linksOf(context: CheckContext): Log | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const zone = context.profile.timezone;
  const newest = new Map<string, Map<string, ActivityRow>>();
  for (const row of events.rows) {
    if (row.type !== 'integration_user_connected' && row.type !== 'integration_user_disconnected') continue;
    const server = detailText(row, 'mcp_server_name') ?? detailText(row, 'integration_type');
    const email = row.actorEmail?.trim().toLowerCase();
    if (server === null || !email) continue;
    const own = newest.get(email) ?? new Map<string, ActivityRow>();
    newest.set(email, own);
    // Rows are in chronological order, so the last one wins.
    own.set(server.toLowerCase(), row);
  }
  return {
    from: events.from,
    to: events.to,
    of: (connector, subject) => {
      const rows = [...subject.addresses].flatMap((address) =>
        [...(newest.get(address) ?? [])].flatMap(([server, row]) =>
          isOf(server, connector.id, context.catalogue) ? [row] : [],
        ),
      );
      const day = (row: ActivityRow) => dayOf(row.at, zone);
      const linked = rows.filter((row) => row.type === 'integration_user_connected').at(-1);
      if (linked)
        return gate(
          'open',
          `They linked ${connector.name} on ${dayWords(day(linked))}, and no later event undoes it in the log to ${dayWords(events.to)}.`,
          [events.cite(linked, `linked by ${subject.name}`)],
        );
      const [unlinked] = rows.sort((a, b) => (a.at < b.at ? 1 : -1));
      if (unlinked === undefined) return null;
      const evidence = [events.cite(unlinked, `unlinked by ${subject.name}`)];
      const through = coveredThrough(context, day(unlinked));
      return through === null
        ? unknownGate(
            `They unlinked ${connector.name} on ${dayWords(day(unlinked))}; the log does not cover the days after.`,
            'Export the audit log again, so that it reaches to today.',
            evidence,
          )
        : gate(
            'closed',
            `They unlinked ${connector.name} on ${dayWords(day(unlinked))}, and did not link it again through ${dayWords(through)}.`,
            evidence,
          );
    },
  };
}

function isOf(server: string, id: string, catalogue: Pick<Catalogue, 'connectors'>): boolean {
  const place = matchConnector(server, catalogue);
  if (fileKey(place.key) === id) return true;
  const entries = entriesOf(id, catalogue);
  return place.entries.some((entry) => entries.includes(entry));
}
// Guide: G3.1-02
