import { CONTENT_KIND_WORDS, CONTENT_SOURCE_WORDS } from '#domain/activity/text.ts';
import { contentLacks } from '#domain/charter/content-kept.ts';
import type { Charter } from '#domain/model/charter.ts';
import { count, dayWords, names } from '#domain/text/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import { charterOf } from './read.ts';

/** Whether text that people write is kept now, as a sentence. */
export async function textWords(
  tx: Tx,
  { client, now }: Pick<HandlerContext, 'client' | 'now'>,
): Promise<string> {
  return wordsOf(charterOf(await newestCharter(tx, client.id)), present(now, client.timezone).today);
}

function wordsOf(charter: Charter, today: string): string {
  const { contentKept: rule, policy } = charter;
  if (rule === undefined) return 'What people write is not kept: the charter does not allow it.';
  const lacks = contentLacks(charter);
  if (lacks.length > 0)
    return `What people write is not kept: the charter allows it, but that has no effect, because ${names(lacks, 5)}.`;
  if (policy?.published !== undefined && policy.published > today)
    return `What people write is not kept before the notice to staff is published on ${dayWords(policy.published)}.`;
  if (rule.until < today)
    return `What people write is no longer kept: the charter allowed it until ${dayWords(rule.until)}.`;
  const what = names(rule.of.map((kind) => CONTENT_KIND_WORDS[kind].toLowerCase()));
  const from = names(rule.from.map((source) => CONTENT_SOURCE_WORDS[source]));
  return `Text is kept of ${what} from ${from} until ${dayWords(rule.until)}, each for ${count(rule.days, 'day')}, for: ${rule.purpose}. Approved by ${names(rule.approvedBy)}.`;
}
// Guide: G5.1-05
