import { z } from 'zod';
import { CONNECTOR_APPS } from '#domain/rules/microsoft/apps.ts';
import { isObject, type Json } from '../../../json-client.ts';
import { stamp } from '../../../last-stored.ts';
import type { SourceStream } from '../../../source.ts';
import { body } from '../../graph/body.ts';
import { GraphProblem } from '../../graph/problem.ts';
import type { SignedIn } from '../test-application.ts';

const DAY_MS = 86_400_000;
/** How far advanced hunting reaches back, in days. */
const BACK_DAYS = 30;
/** Microsoft says that events may appear hours late. */
const OVERLAP_MS = 6 * 3_600_000;
/** Rows per query; Microsoft's maximum is 100,000. */
const ROWS = 10_000;

/** Columns of the query: neither file names nor the raw event. */
const COLUMNS =
  'Timestamp, ReportId, ActionType, ActivityType, Application, AccountObjectId, AccountDisplayName, IPAddress, DeviceType, OSPlatform, AuditSource, OAuthAppId';

const placeSchema = z.object({
  /** Time up to which everything has been read. */
  to: z.string(),
  /** Keys of events in the last overlap, which will be returned again. */
  seen: z.array(z.string()),
});

/**
 * Events that Defender for Cloud Apps recorded about Claude and the connector: sessions and what was done in them. Read
 * with advanced hunting, whose columns are documented, unlike those of its own activities API.
 */
export const cloudAppEvents: SourceStream<SignedIn> = {
  id: 'cloud_app_events',
  title: 'Events of Claude in Defender for Cloud Apps',
  kinds: ['cloud_app_events'],
  keyKinds: ['reading'],
  scopes: ['ThreatHunting.Read.All'],
  everyMinutes: 4 * 60,
  ledger: null,
  async *read({ clock, place, client: { graph } }) {
    const before = placeSchema.safeParse(place).data ?? null;
    const end = clock();
    const since = before === null ? end.getTime() - BACK_DAYS * DAY_MS : Date.parse(before.to) - OVERLAP_MS;
    let from = new Date(Math.max(since, end.getTime() - BACK_DAYS * DAY_MS)).toISOString();
    const seen = new Set(before?.seen);
    const late: string[] = [];
    for (let number = 1; ; number += 1) {
      let answer: Json | null;
      try {
        answer = await graph.post(
          '/security/runHuntingQuery',
          body('huntingQuery', { Query: queryFor(from, end) }),
        );
      } catch (error) {
        // A tenant in which the product was never set up does not have this table.
        if (!(error instanceof GraphProblem) || error.status !== 400) throw error;
        yield {
          place,
          says: 'Microsoft has no table of cloud app events for this tenant: Defender for Cloud Apps is not licensed, or not set up.',
        };
        return;
      }
      const results: unknown = answer?.results;
      const rows = Array.isArray(results) && results.every(isObject) ? results : null;
      if (answer === null || rows === null) throw new GraphProblem('unreadable', { retry: true });
      const fresh = rows.filter((row) => !seen.has(keyOf(row)));
      for (const row of rows) {
        seen.add(keyOf(row));
        if (String(row.Timestamp) >= new Date(end.getTime() - OVERLAP_MS).toISOString())
          late.push(keyOf(row));
      }
      const last = String(rows.at(-1)?.Timestamp ?? end.toISOString());
      const more = rows.length >= ROWS && last > from;
      yield {
        files:
          fresh.length === 0
            ? []
            : [
                {
                  name: `microsoft-cloud-app-events-${stamp(end)}-${number}.json`,
                  bytes: Buffer.from(`${JSON.stringify({ ...answer, results: fresh }, null, 1)}\n`),
                },
              ],
        place: { to: more ? last : end.toISOString(), seen: more ? [...seen] : late },
      };
      if (!more) return;
      from = last;
    }
  },
};

function queryFor(from: string, to: Date): string {
  const apps = CONNECTOR_APPS.map(({ appId }) => `"${appId}"`).join(', ');
  return [
    'CloudAppEvents',
    `| where Timestamp between (datetime(${from}) .. datetime(${to.toISOString()}))`,
    `| where Application has "Claude" or Application has "Anthropic" or tostring(OAuthAppId) in~ (${apps})`,
    `| project ${COLUMNS}`,
    `| top ${ROWS} by Timestamp asc`,
  ].join('\n');
}

const keyOf = ({ ReportId, Timestamp, ActionType }: Json) => `${ReportId} ${Timestamp} ${ActionType}`;
// Guide: G5.4-00 G5.4-01 G6.4-01
