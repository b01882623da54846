import { createHash } from 'node:crypto';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { clauseNumber, clausesOf, filled, type PolicyContent } from '#domain/policy/content.ts';
import { cached } from '#store/cache.ts';
import type { PolicyDraftRow } from '#store/policy/drafts.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { HandlerContext, Services } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { PolicyPeople } from './people-task.ts';
import { plainText } from './words.ts';

/** A client at an instant: that of a request or a job. */
export type Asking = Pick<HandlerContext, 'now'> & {
  readonly client: Pick<HandlerContext['client'], 'id' | 'timezone'>;
  readonly services: Pick<Services, 'store' | 'verdicts'>;
};

export function todayHere({ now, client }: Pick<Asking, 'now' | 'client'>): string {
  return present(now, client.timezone).today;
}

/** Whom the policy applies to according to the client's facts today. */
export async function peopleNow(context: Asking): Promise<PolicyPeople> {
  const { services, client } = context;
  const key = `policy people ${todayHere(context)}`;
  const found = await cached(services.store, [client.id], { key, weight: 3 }, async () => {
    const run = await services.verdicts.run(client.id, 'policyPeople', undefined);
    return run?.result ?? null;
  });
  if (found === null) throw notFound();
  return found;
}

/** The number in the label of a stored version. */
export function numbered(row: PolicyVersionRow) {
  return { ...row, effectiveOn: row.effective_on };
}

/** The fields of a draft, including those generated from choices: what the notice mentions, and kinds of data. */
export function fieldsOf(
  row: Pick<PolicyDraftRow, 'fields' | 'collected' | 'data'>,
  { policyTemplate: template }: Pick<Catalogue, 'policyTemplate'>,
): Record<string, string> {
  return { ...row.fields, ...madeFields(row, template.fields, template) };
}

/** The fields generated from choices, in a language. */
export function madeFields(
  chosen: Pick<PolicyDraftRow, 'collected' | 'data'>,
  fields: Catalogue['policyTemplate']['fields'],
  words: Pick<Catalogue['policyTemplate'], 'collected' | 'data'>,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ id, from }) =>
      from === 'collected' || from === 'data'
        ? [[id, chosen[from].flatMap((one) => words[from][one] ?? []).join('; ')]]
        : [],
    ),
  );
}

export function textOf(
  row: Pick<PolicyDraftRow, 'content' | 'fields' | 'collected' | 'data'>,
  catalogue: Pick<Catalogue, 'policyTemplate'>,
): PolicyContent {
  return filled(row.content, fieldsOf(row, catalogue));
}

export function hashOf(content: PolicyContent): string {
  return createHash('sha256').update(plainText(content), 'utf8').digest('hex');
}

/** The clauses of the catalogue, and which of them the text contains. */
export function clauseLines(content: PolicyContent, { clauses }: Pick<Catalogue, 'clauses'>) {
  const held = new Set(clausesOf(content));
  return clauses.map(({ id, title, required, controls }) => ({
    id,
    title,
    required,
    held: held.has(id),
    number: clauseNumber(content, id),
    controls: [...controls],
  }));
}
