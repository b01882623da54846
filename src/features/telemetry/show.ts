import { z } from 'zod';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { type ContentPeriod, contentPeriodAt } from '#domain/charter/content-kept.ts';
import { isOfConsole, TOKEN_PLACEHOLDER, telemetryHeader } from '#domain/devices/plan.ts';
import { addDays } from '#domain/model/day.ts';
import { SILENT_DAYS } from '#domain/visibility/status.ts';
import { EMITTERS, type Emitter } from '#sources/otlp/emitter.ts';
import { SIGNALS } from '#sources/otlp/record.ts';
import { claudeCodeSettings } from '#sources/otlp/setup.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import {
  firstIntakes,
  intakeSince,
  lastIntake,
  newestTelemetry,
  organizationsSeen,
  peopleInTelemetry,
  refusalsSince,
} from '#store/telemetry/intake.ts';
import { ingestTokens } from '#store/telemetry/tokens.ts';
import { charterOf, contentNow } from '../charter/index.ts';
import type { HandlerContext, ServerConfig, Services } from '../context.ts';
import { present } from '../shared/moment.ts';
import { organizationsRead, ownOrganizations } from './client.ts';
import { hourOf } from './count.ts';
import { REFUSALS, writeRefusals } from './refusals.ts';
import type { telemetrySchema } from './schemas.ts';
import { stateOf } from './tokens.ts';
import { EMITTER_TITLES, REASONS, recognizedAs } from './words.ts';

type TelemetryView = z.infer<typeof telemetrySchema>;

const HOUR = 3_600_000;
const DAY_HOURS = 24;
const NEWEST = 8;
/** Period in days over which people are counted. */
const PEOPLE_DAYS = 30;

/** Contents of the page: how to send telemetry, and what was received. */
export async function showTelemetry(context: HandlerContext): Promise<TelemetryView> {
  const { services, client, now, read } = context;
  await writeRefusals(services);
  const tokens = await services.store.read('system', (tx) => ingestTokens(tx, client.id));
  const { messages, ...shown } = await read(async (tx) => {
    const charter = charterOf(await newestCharter(tx, client.id));
    const own = await ownOrganizations(tx, client.id, charter);
    const emitters = await emittersOf(tx, client.id, now);
    return {
      messages: sendsMessages(await contentNow(tx, client.id, now), now),
      charterEndpoint:
        charter.telemetry === undefined
          ? null
          : {
              value: charter.telemetry.endpoint,
              isThisConsole: isOfConsole(charter.telemetry.endpoint, services.config.origin),
            },
      organizations: {
        own: charter.claudeOrganization ?? null,
        read: (await organizationsRead(tx, client.id)).map(({ id, name }) => ({ id, name })),
        seen: (await organizationsSeen(tx, client.id)).map((one) => ({
          organization: one.organization,
          own: own === null ? null : own.has(one.organization.toLowerCase()),
          events: one.events,
          firstAt: one.first_at.toISOString(),
          lastAt: one.last_at.toISOString(),
        })),
      },
      emitters,
      absent: absentOf(emitters, await planOf(tx, client.id)),
      people: await peopleInTelemetry(
        tx,
        client.id,
        addDays(present(now, client.timezone).today, -PEOPLE_DAYS),
      ),
      refusals: await refusalsOf(tx, client.id, now),
      newest: (await newestTelemetry(tx, client.id, NEWEST)).map(seenView),
    };
  });
  return {
    ...setUp(services.config, services.catalogue, messages),
    tokens: tokens.filter((token) => stateOf(token, now) === 'active').length,
    ...shown,
  };
}

/** Whether the charter currently allows messages of Claude Code to be kept, so that it has to send them. */
function sendsMessages(periods: readonly ContentPeriod[] | null, now: Date): boolean {
  const period = contentPeriodAt(periods ?? [], now.toISOString());
  return period?.sources.has('claude_code') === true && period.of.has('messages');
}

function setUp(
  { origin }: ServerConfig,
  { telemetry }: Services['catalogue'],
  messages: boolean,
): Pick<TelemetryView, 'endpoint' | 'settings'> {
  return {
    endpoint: {
      base: origin,
      logs: `${origin}/v1/logs`,
      metrics: `${origin}/v1/metrics`,
      traces: `${origin}/v1/traces`,
      warnings: warningsOf(origin),
    },
    settings: {
      cowork: {
        endpoint: origin,
        protocol: 'http/protobuf',
        headers: telemetryHeader(TOKEN_PLACEHOLDER),
        where:
          'In Claude: Organization settings > Cowork, as an Owner. It takes effect with the next session.',
      },
      officeAgents: {
        endpoint: origin,
        headers: telemetryHeader(TOKEN_PLACEHOLDER),
        where: 'In Claude: Organization settings > Office agents, on Enterprise only.',
      },
      claudeCode: {
        json: JSON.stringify(claudeCodeSettings(origin, TOKEN_PLACEHOLDER, { messages }), null, 2),
        where:
          'In Claude: Admin settings > Claude Code > Managed settings; or managed-settings.json on devices. Keep what is already there and add this.',
      },
      gateways: telemetry.gateways.gateways.map(({ id, title, means, setup, lacks, sources }) => ({
        id,
        title,
        means,
        where: setup.where,
        lines: filledIn(setup.lines, origin),
        lacks: lacks ?? null,
        read: sources.map(({ title: name, url, read }) => ({ title: name, url, read })),
      })),
      placeholder: TOKEN_PLACEHOLDER,
    },
  };
}

/** A gateway's configuration with the address of this console and a placeholder for the token. */
function filledIn(lines: string, origin: string): string {
  const { host, port, protocol, hostname } = new URL(origin);
  const withPort = port === '' ? `${hostname}:${protocol === 'https:' ? 443 : 80}` : host;
  return lines
    .replaceAll('{endpoint}', origin)
    .replaceAll('{host}', withPort)
    .replaceAll('{token}', TOKEN_PLACEHOLDER)
    .trimEnd();
}

function warningsOf(origin: string): string[] {
  const { hostname, protocol } = new URL(origin);
  if (hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname))
    return [
      'This console listens only on this machine, so no other device can send to it. Put it behind a host name with https and set BYLAW_ORIGIN to it.',
    ];
  if (protocol !== 'https:')
    return [
      'The address has no https, so the token and what is sent can be read in transit. Put a reverse proxy with https in front of it, and set BYLAW_ORIGIN to its address.',
    ];
  return [];
}

async function emittersOf(tx: Tx, clientId: string, now: Date): Promise<TelemetryView['emitters']> {
  const start = new Date(hourOf(now).getTime() - (DAY_HOURS - 1) * HOUR);
  const rows = await intakeSince(tx, clientId, start);
  const firsts = await firstIntakes(tx, clientId);
  const silent = now.getTime() - SILENT_DAYS * DAY_HOURS * HOUR;
  return (await lastIntake(tx, clientId)).map((last) => {
    const mine = rows.filter(({ emitter }) => emitter === last.emitter);
    const sum = (of: (row: (typeof rows)[number]) => number) => mine.reduce((all, row) => all + of(row), 0);
    const emitter = emitterNamed(last.emitter);
    return {
      emitter,
      title: EMITTER_TITLES[emitter],
      service: last.service,
      version: last.version,
      firstReceivedAt: (firsts.get(last.emitter) ?? last.hour).toISOString(),
      lastReceivedAt: last.last_received_at.toISOString(),
      stopped: last.last_received_at.getTime() < silent,
      lastEventAt: last.last_at.toISOString(),
      lastType: last.last_type,
      total: sum((row) => row.events),
      hours: Array.from({ length: DAY_HOURS }, (_, n) => {
        const hour = start.getTime() + n * HOUR;
        const events = mine.find((row) => row.hour.getTime() === hour)?.events ?? 0;
        return { hour: new Date(hour).toISOString(), events };
      }),
      otherOrganization: sum((row) => row.other_organization),
      noOrganization: sum((row) => row.no_organization),
      noPerson: sum((row) => row.no_person),
      clock: sum((row) => row.clock),
    };
  });
}

/** Emitters that never sent anything. `other` is left out: nothing is expected of it. */
function absentOf(emitters: TelemetryView['emitters'], plan: string | null): TelemetryView['absent'] {
  return EMITTERS.filter((one) => one !== 'other' && !emitters.some(({ emitter }) => emitter === one)).map(
    (emitter) => ({
      emitter,
      title: EMITTER_TITLES[emitter],
      // The agents of Office are available on Enterprise only.
      offered:
        emitter !== 'office_agents' || plan === 'enterprise' ? 'yes' : plan === null ? 'unknown' : 'no',
    }),
  );
}

const planned = z.object({ claudePlan: z.string() });

async function planOf(tx: Tx, clientId: string): Promise<string | null> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  return planned.safeParse(row?.profile).data?.claudePlan ?? null;
}

function emitterNamed(name: string): Emitter {
  return EMITTERS.find((emitter) => emitter === name) ?? 'other';
}

async function refusalsOf(tx: Tx, clientId: string, now: Date): Promise<TelemetryView['refusals']> {
  const rows = await refusalsSince(tx, clientId, new Date(now.getTime() - 7 * DAY_HOURS * HOUR));
  return rows.flatMap((row) => {
    const reason = REFUSALS.find((one) => one === row.reason);
    const signal = SIGNALS.find((one) => one === row.signal);
    if (reason === undefined || signal === undefined) return [];
    return [
      {
        signal,
        reason,
        ...REASONS[reason],
        records: Number(row.records),
        lastAt: new Date(row.last_at).toISOString(),
      },
    ];
  });
}

function seenView(one: StoredActivity): TelemetryView['newest'][number] {
  const emitter = emitterNamed(String(one.detail.emitter));
  return {
    seq: one.seq,
    at: one.at,
    receivedAt: one.receivedAt,
    claimedAt: one.claimedAt,
    emitter,
    emitterTitle: EMITTER_TITLES[emitter],
    type: one.type,
    words: recognizedAs(one),
    surface: one.surface,
    category: one.category,
    person: one.person,
    connector: one.connectorName ?? one.connector,
    tool: one.tool,
    effect: one.effect,
  };
}
// Guide: G1.1-11 G2.2-33 G5-00 G5.3-00
