import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Capability } from '#domain/model/capability.ts';
import { daysBetween } from '#domain/model/day.ts';
import { dayWords } from '#domain/text/words.ts';
import { type FactRenewalRow, insertRenewal, newestRenewals } from '#store/catalogue/fact-renewals.ts';
import type { HandlerContext } from '../context.ts';
import { sidesOf } from '../controls/index.ts';
import { badRequest, notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { catalogueContract } from './contract.ts';

type Facts = z.infer<NonNullable<(typeof catalogueContract.facts)['~orpc']['outputSchema']>>;
type Fact = Facts['items'][number];
type Renewed = z.infer<NonNullable<(typeof catalogueContract.renew)['~orpc']['inputSchema']>>;

/**
 * Facts of the catalogue that nobody held against the vendor's page for longer than some days, the oldest first, and
 * those that were found to differ.
 */
export async function listFacts(
  context: HandlerContext,
  { olderThanDays }: { readonly olderThanDays: number },
): Promise<Omit<Facts, 'nextCursor'>> {
  const { services, now, can } = context;
  const { today } = present(now, 'UTC');
  const rows = await context.read(newestRenewals);
  const renewals = new Map(rows.map((row) => [row.capability, row]));
  const all = services.catalogue.capabilities.map((one) => factView(one, renewals.get(one.id), today));
  const items = all
    .filter(({ ageDays, renewed }) => ageDays > olderThanDays || renewed?.outcome === 'differs')
    .toSorted((a, b) => b.ageDays - a.ageDays || (a.id < b.id ? -1 : 1));
  return {
    items,
    total: items.length,
    all: all.length,
    olderThanDays,
    may: { renew: can('workspace.settings', null) },
  };
}

/** Notes that someone held a fact against the vendor's page on a day, and whether it is still the same. */
export async function renewFact(context: HandlerContext, input: Renewed): Promise<Fact> {
  const { services, actor, now } = context;
  const { today } = present(now, 'UTC');
  const capability = services.catalogue.capabilities.find(({ id }) => id === input.capability);
  if (capability === undefined) throw notFound('The catalogue has no entry with this id.');
  if (input.checkedOn > today)
    throw badRequest('The day is in the future. Enter the day you looked at the page.');
  if (input.checkedOn < capability.vendor.asOf)
    throw badRequest(`The catalogue was checked later, on ${dayWords(capability.vendor.asOf)}.`);
  const note = input.note?.trim() ?? '';
  if (input.outcome === 'differs' && note === '') throw badRequest('Write what the vendor says now.');
  const row: FactRenewalRow = {
    id: randomUUID(),
    capability: capability.id,
    checked_on: input.checkedOn,
    outcome: input.outcome,
    note: note === '' ? null : note,
    renewed_by: actor.userId,
    renewed_by_name: actor.name,
    renewed_at: now,
  };
  await context.change(async (tx, recorder) => {
    const before = (await newestRenewals(tx)).find((one) => one.capability === capability.id);
    await insertRenewal(tx, row);
    await recorder.record({
      subject: { kind: 'fact', id: capability.id, name: capability.title },
      reason: row.note,
      before: before === undefined ? null : { checkedOn: before.checked_on, outcome: before.outcome },
      after: { checkedOn: row.checked_on, outcome: row.outcome },
    });
  });
  return factView(capability, row, today);
}

/** A renewal from before the catalogue was checked says nothing more. One that found a difference dates nothing. */
function factView(capability: Capability, row: FactRenewalRow | undefined, today: string): Fact {
  const { asOf } = capability.vendor;
  const renewal = row === undefined || row.checked_on < asOf ? null : row;
  const checkedOn = renewal?.outcome === 'same' ? renewal.checked_on : asOf;
  return {
    ...sidesOf(capability),
    checkedOn,
    ageDays: daysBetween(checkedOn, today),
    renewed:
      renewal === null
        ? null
        : {
            outcome: renewal.outcome,
            on: renewal.checked_on,
            by: renewal.renewed_by_name,
            note: renewal.note,
          },
  };
}
// Guide: G0-10
