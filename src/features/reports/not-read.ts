import type { EvaluationState } from '#domain/decide/context.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { isOffered } from '#domain/model/offered.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import type { AskedAt } from '#domain/text/message.ts';
import { sentence } from '#domain/text/words.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import type { Report } from './model.ts';

/** The documents of a client, and what to do in the console if one is missing. */
const DOCUMENTS = {
  charter: {
    what: 'The charter',
    inConsole: 'Answer the questions under Charter, and have the draft approved.',
  },
  journal: {
    what: 'The journal (the record of what was done)',
    inConsole: 'Under Deployment and Work, record what was done.',
  },
} as const;

/** What was not read and why: sources needed by controls that cannot be read, missing documents, and rejected files. */
export function notRead(
  shared: EvaluationState,
  verdicts: readonly Verdict[],
  files: readonly FileReport[],
  at: AskedAt,
): Report['notRead'] {
  const { catalogue, profile } = shared.input;
  const unread = new Set(verdicts.filter((v) => v.state === 'cannot_read').map((v) => v.control));
  const wanted = new Map<string, { controls: string[]; days: number }>();
  for (const control of catalogue.controls) {
    if (!unread.has(control.id)) continue;
    for (const check of control.checks) {
      for (const name of check.reads) {
        const entry = wanted.get(name) ?? { controls: [], days: 0 };
        if (!entry.controls.includes(control.id)) entry.controls.push(control.id);
        entry.days = Math.max(entry.days, check.freshDays ?? 30);
        wanted.set(name, entry);
      }
    }
  }
  const list: Report['notRead'] = [];
  for (const [name, { controls, days }] of wanted) {
    if (name === 'charter' || name === 'journal') {
      const page = shared[name];
      if (page.ok) continue;
      list.push({
        what: DOCUMENTS[name].what,
        kind: name,
        why: page.why,
        howToGet:
          at === 'console'
            ? DOCUMENTS[name].inConsole
            : `“bylaw init” writes a commented ${name}.yaml to fill in.`,
        controls,
      });
      continue;
    }
    if (!(name in KINDS)) continue;
    const kind = name as Kind;
    const info = KINDS[kind];
    if (!isOffered(kind, profile)) continue;
    const current = shared.read(kind, days);
    if (current.ok) continue;
    list.push({
      what: sentence(`the ${info.label}`),
      kind,
      why: current.why,
      howToGet: current.howToGet.text,
      controls,
    });
  }
  list.sort((a, b) => b.controls.length - a.controls.length || a.what.localeCompare(b.what, 'en'));
  for (const file of files) {
    if (file.outcome !== 'malformed' && file.outcome !== 'not_placed') continue;
    list.push({
      what: file.file,
      kind: file.outcome,
      why: file.problem ?? 'It could not be placed.',
      howToGet:
        file.outcome === 'malformed'
          ? 'Correct the file or export it again.'
          : at === 'console'
            ? 'If it matters, choose its kind under Imports.'
            : `If it matters, name what it is: --map KIND=${file.file}`,
      controls: [],
    });
  }
  return list;
}
