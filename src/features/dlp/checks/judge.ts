import type { CheckJudgment } from '#domain/dlp/decision.ts';
import { judgeCheck } from '#store/dlp/checks.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { listChecks } from './list.ts';

interface Judged {
  /** Its reference. */
  readonly check: string;
  readonly as: CheckJudgment;
  readonly note?: string | undefined;
}

/** Records a person's assessment of whether an alert was correct, with the rules involved and without the content. */
export async function judge(context: HandlerContext, { check: reference, as, note }: Judged) {
  const { client, actor, now } = context;
  await context.change(async (tx, recorder) => {
    const before = await judgeCheck(tx, client.id, reference, {
      judged: as,
      judged_at: now,
      judged_by: actor.name,
      judged_note: note ?? null,
    });
    if (before === null) throw notFound();
    if (before.verdict !== 'denied' && before.verdict !== 'flagged')
      throw unprocessable('Nothing was found in it, so there is no alarm to review.');
    if (before.judged === as && before.judged_note === (note ?? null)) return recorder.unchanged();
    await recorder.record({
      subject: { kind: 'content_check', id: reference, name: reference },
      reason: note ?? null,
      before: { judged: before.judged },
      after: { judged: as },
    });
  });
  const [check] = (await listChecks(context, { reference, limit: 1 })).items;
  if (check === undefined) throw notFound();
  return check;
}
