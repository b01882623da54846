import type { CharterQuestion } from '#domain/charter/questions.ts';
import { rebase } from '#domain/charter/rebase.ts';
import type { State, Verdict } from '#domain/model/verdict.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { charterQuestionsOf } from '#domain/text/questions.ts';
import { count, names } from '#domain/text/words.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { charterOf, readDraft } from './read.ts';
import { nextNumber, todayOf } from './show.ts';

/** The verdicts that would change if a draft were approved today, evaluated with the actual rules. Stores nothing. */
export async function draftEffect(context: HandlerContext, id: string) {
  const { client, services } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const { value, number, current } = await context.read(async (tx) => {
    const read = await readDraft(tx, client.id, id);
    const merged = read.moved
      ? rebase(charterOf(read.base), read.value, charterOf(read.current)).charter
      : null;
    return {
      value: merged ?? read.value,
      number: nextNumber(read.current),
      current: await currentVerdicts(tx, client.id),
    };
  });
  const charter = {
    value: { ...value, version: number, inForceSince: todayOf(context), approvedBy: ['a second person'] },
    file: 'the draft',
    sha256: '',
    lines: {},
  };
  const ran = await services.verdicts.run(client.id, 'verdicts', undefined, {
    staged: { charter, dating: null },
  });
  if (ran === null) throw notFound();
  const before = new Map(current.map(({ verdict }) => [verdict.control, verdict.state]));
  const changes = ran.result.flatMap((verdict) => {
    const control = services.catalogue.controls.find((one) => one.id === verdict.control);
    const was = before.get(verdict.control) ?? null;
    if (control === undefined || was === verdict.state) return [];
    return [
      {
        control: control.id,
        title: control.title,
        severity: control.severity,
        before: was,
        after: verdict.state,
        reason: verdict.reason,
      },
    ];
  });
  const counts = {
    better: changes.filter((one) => way(one.before, one.after) === 'better').length,
    worse: changes.filter((one) => way(one.before, one.after) === 'worse').length,
    other: changes.filter((one) => way(one.before, one.after) === 'other').length,
  };
  return { changes, counts, words: wordsOf(changes), questions: stillOpen(ran.result) };
}

/** Questions about the charter that controls would still ask; those that settle most controls first. */
function stillOpen(verdicts: readonly Verdict[]) {
  const asking = new Map<CharterQuestion, number>();
  for (const { state, asks } of verdicts) {
    if (state !== 'cannot_read' || asks[0] === undefined) continue;
    for (const question of charterQuestionsOf(asks[0])) asking.set(question, (asking.get(question) ?? 0) + 1);
  }
  return [...asking]
    .sort(([, a], [, b]) => b - a)
    .map(([{ id, title, page }, controls]) => ({ id, title, page: page ?? null, controls }));
}

function way(before: State | null, after: State): 'better' | 'worse' | 'other' {
  if (after === 'pass') return 'better';
  if (after === 'fail' || before === 'pass') return 'worse';
  return before === 'fail' ? 'better' : 'other';
}

function wordsOf(changes: readonly { readonly before: State | null; readonly after: State }[]): string {
  if (changes.length === 0) return 'No verdict would change.';
  const byState = Map.groupBy(changes, ({ after }) => after);
  const parts = [...byState].map(([state, list]) => `${list.length} to ${STATE_WORDS[state]}`);
  return `${count(changes.length, 'verdict')} would change, based on what was read so far: ${names(parts, 8)}.`;
}
