import { randomBytes } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import type { z } from 'zod';
import { newestCharter } from '#store/charter/versions.ts';
import { charterOf } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { clauseCalled } from '../policy/index.ts';
import { unprocessable } from '../problems.ts';
import type { CheckRecord } from './checks/record.ts';
import { alarmingGroups, referenceFrom, writeChecks } from './checks/record.ts';
import { fingerprintKeyOf } from './fingerprint.ts';
import { rulesFor } from './rules-of-client.ts';
import { fingerprintOf } from './scanning/fingerprint-of.ts';
import type { preparedFields } from './schemas.ts';
import { tuningOf } from './tuning-of.ts';

/** Name of the guard in decisions of the browser check. */
const BROWSER = 'browser';
/** How long a person waits for the finding of a credential to be stored. */
const WRITE_TIMEOUT_MS = 2_000;

type Prepared = z.infer<z.ZodObject<typeof preparedFields>>;

/** Rules for preparing an export: the clause against member data, chat retention, and own patterns. */
export async function showPreparing(context: HandlerContext) {
  const { client } = context;
  return context.read(async (tx) => {
    const charter = charterOf(await newestCharter(tx, client.id));
    const clause = await clauseCalled(tx, context, 'no_member_data');
    return {
      // A clause that is not in a policy in force forbids nothing.
      clause: clause?.number == null ? null : clause,
      chatRetentionDays: charter.chatRetentionDays ?? null,
      patterns: [...(await tuningOf(tx, client.id)).patterns],
    };
  });
}

/**
 * Records who prepared which file and how its columns were treated; the file itself is not sent. A password or key in
 * it becomes a decision like those of guards, by type and fingerprint.
 */
export async function logPrepared(context: HandlerContext, input: Prepared) {
  const { client, services } = context;
  const { file, result, rows, columns, kept, secrets } = input;
  const tuning = await context.read((tx) => tuningOf(tx, client.id));
  const rules = new Map(rulesFor(services.catalogue, tuning).map((rule) => [rule.id, rule]));
  const unknown = secrets.find(({ rule }) => rules.get(rule)?.group !== 'credential');
  if (unknown !== undefined)
    throw unprocessable(`“${unknown.rule}” is not a rule for a password or key. “dlp show” lists them.`);
  const reference = secrets.length === 0 ? null : referenceFrom(randomBytes(12));
  // First what alerts are based on: a reference that leads nowhere would be mistaken for a report.
  if (reference !== null) await writeFound(context, reference, input);
  await context.change(async (_tx, recorder) => {
    await recorder.record({
      subject: { kind: 'prepared_file', id: file.sha256 ?? file.name, name: file.name },
      after: {
        bytes: file.bytes,
        sha256: file.sha256,
        rows,
        columns: columns.map(({ kind, treatment, cells }) => ({
          kind: kind ?? 'not recognized',
          treatment,
          cells,
        })),
        kept,
        credentials: countsOf(secrets),
        result,
        ...(reference === null ? {} : { reference }),
      },
    });
  });
  return { reference };
}

const countsOf = (secrets: Prepared['secrets']) =>
  Object.fromEntries(
    [...Map.groupBy(secrets, ({ rule }) => rule)].map(([rule, list]) => [rule, list.length]),
  );

/** Adds findings to the log that detections read. Nothing was sent, so nothing was blocked either. */
async function writeFound(
  { client, services, actor, now }: HandlerContext,
  reference: string,
  { secrets, file }: Prepared,
): Promise<void> {
  const tuning = await services.store.read([client.id], (tx) => tuningOf(tx, client.id));
  const key = await fingerprintKeyOf(services, client.id);
  const alarming = countsOf(secrets);
  const record: CheckRecord = {
    guard: BROWSER,
    reference,
    verdict: 'flagged',
    because: 'content',
    mode: 'watch',
    at: now,
    durationMs: 0,
    groups: alarmingGroups(services, alarming, tuning),
    fingerprints:
      key === null
        ? {}
        : Object.fromEntries(
            [...Map.groupBy(secrets, ({ rule }) => rule)].map(([rule, list]) => [
              rule,
              [
                ...new Set(
                  list.flatMap(({ sha256 }) => (sha256 === null ? [] : [fingerprintOf(key, sha256)])),
                ),
              ],
            ]),
          ),
    characters: null,
    of: {
      surface: 'unknown',
      actor: { type: 'user', id: null, email: actor.email },
      organization: null,
      session: null,
      model: null,
      detail: { file_name: file.name, file_sha256: file.sha256 },
    },
    alarming,
    finished: true,
  };
  const written = await writeChecks(services, client.id, [record], WRITE_TIMEOUT_MS);
  if (written === 'later')
    throw new ORPCError('UNAVAILABLE', {
      status: 503,
      message:
        'The password or key in this file could not be put on record, so no one was alerted to it. Try again in a minute, and tell the person responsible for security.',
    });
}
// Guide: G3.3-07 G7.2-13
