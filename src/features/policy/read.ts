import { createHash } from 'node:crypto';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { clausesOf, filled, type PolicyContent } from '#domain/policy/content.ts';
import type { PolicyDraftRow } from '#store/policy/drafts.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import { remembered } from '#store/remember.ts';
import type { HandlerContext, Services } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { PolicyPeople } from './people-task.ts';
import { plainText } from './words.ts';

/** A client at a moment: of a request, or of a job. */
export type Asking = Pick<HandlerContext, 'now'> & {
  readonly client: Pick<HandlerContext['client'], 'id' | 'timezone'>;
  readonly services: Pick<Services, 'store' | 'verdicts'>;
};

export function todayHere({ now, client }: Pick<Asking, 'now' | 'client'>): string {
  return present(now, client.timezone).today;
}

/** Whom the policy is for, as the client's facts say today. */
export async function peopleNow(context: Asking): Promise<PolicyPeople> {
  const { services, client } = context;
  const key = `policy people ${todayHere(context)}`;
  const found = await remembered(services.store, [client.id], { key, weight: 3 }, async () => {
    const run = await services.verdicts.run(client.id, 'policyPeople', undefined);
    return run?.result ?? null;
  });
  if (found === null) throw notFound();
  return found;
}

/** The part of a stored version that numbers it. */
export function numbered(row: PolicyVersionRow) {
  return { ...row, effectiveOn: row.effective_on };
}

/** The fields of a draft with the one that is made of what the notice names. */
export function fieldsOf(
  row: Pick<PolicyDraftRow, 'fields' | 'collected'>,
  { policyTemplate: template }: Pick<Catalogue, 'policyTemplate'>,
): Record<string, string> {
  const made = template.fields.find(({ from }) => from === 'collected')?.id;
  const words = row.collected.flatMap((id) => template.collected[id] ?? []).join('; ');
  return { ...row.fields, ...(made === undefined ? {} : { [made]: words }) };
}

export function textOf(
  row: Pick<PolicyDraftRow, 'content' | 'fields' | 'collected'>,
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
  return clauses.map(({ id, title, required }) => ({ id, title, required, held: held.has(id) }));
}
