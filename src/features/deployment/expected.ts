import type { z } from 'zod';
import { recordValue, TXT_PREFIX } from '#domain/rules/accounts/dns-records.ts';
import { names } from '#domain/text/words.ts';
import {
  deleteExpectedRecord,
  type ExpectedRecordRow,
  expectedRecords,
  putExpectedRecord,
} from '#store/deployment/expected-records.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, notFound } from '../problems.ts';
import { domainsOf } from './check.ts';
import type { expectedSchema } from './task-schemas.ts';

export type Expected = z.infer<typeof expectedSchema>;

/** Each domain of the client with the TXT value that Claude shows for it, if someone entered it. */
export function expectedView(domains: readonly string[], rows: readonly ExpectedRecordRow[]): Expected[] {
  return domains.map((domain) => {
    const row = rows.find((one) => one.domain === domain);
    return {
      domain,
      value: row?.value ?? null,
      by: row?.set_by_name ?? null,
      at: row?.set_at.toISOString() ?? null,
    };
  });
}

/** Records the TXT value that Claude shows for a domain. It is not a secret: it will be published in DNS. */
export async function expectRecord(
  context: HandlerContext,
  input: { readonly domain: string; readonly value: string | null },
): Promise<Expected> {
  const { services, client, actor, now } = context;
  const domains = await domainsOf(context.read, client.id);
  if (!domains.includes(input.domain))
    throw notFound(
      `${client.name} has no domain ${input.domain}. Its domains are ${names([...domains], 12)}; Settings has them.`,
    );
  const value = input.value === null ? null : publishedValue(input.value);
  await context.change(async (tx, recorder) => {
    const before = (await expectedRecords(tx, client.id)).find(({ domain }) => domain === input.domain);
    if ((before?.value ?? null) === value) {
      recorder.unchanged();
      return;
    }
    if (value === null) await deleteExpectedRecord(tx, client.id, input.domain);
    else
      await putExpectedRecord(tx, {
        client_id: client.id,
        domain: input.domain,
        value,
        set_by: actor.userId,
        set_by_name: actor.name,
        set_at: now,
      });
    await recorder.record({
      subject: { kind: 'expected_record', id: input.domain, name: input.domain },
      before: before === undefined ? null : { value: before.value },
      after: value === null ? null : { value },
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: input.domain });
  const rows = await context.read((tx) => expectedRecords(tx, client.id));
  return expectedView([input.domain], rows)[0] ?? { domain: input.domain, value: null, by: null, at: null };
}

/** The value as published, without the quotation marks that a page or a zone file adds. */
function publishedValue(written: string): string {
  const value = recordValue(written);
  if (value === null)
    throw badRequest(
      `The value starts with ${TXT_PREFIX}, in lowercase, followed by more characters. Copy all of it from Claude.`,
    );
  if (!/^[\x21-\x7e]+$/.test(value))
    throw badRequest(
      'The value holds a blank or a character that no such record has. Copy it from Claude again.',
    );
  return value;
}
// Guide: G2.2-03 G2.2-04
