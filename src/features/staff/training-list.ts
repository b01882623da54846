import type { z } from 'zod';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import { address } from '#domain/people/names.ts';
import type { Language } from '#domain/policy/languages.ts';
import { training as rule } from '#domain/rules/operations/training.ts';
import { handoutOf } from '#domain/training/text.ts';
import { type TrainingPass, trainingPasses } from '#store/staff/training.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { LOCALES, peopleNow, policyDocx, policyPdf, say, sayDay } from '../policy/index.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { trainingHash, trainingOf } from './training.ts';
import type { trainingList } from './training-schemas.ts';

type List = Omit<z.infer<typeof trainingList>, 'nextCursor'>;
type Line = List['items'][number];

/**
 * Who has Claude by the current members file and which of them passed the quiz, followed by people who passed without
 * having a seat.
 */
export async function listTraining(context: HandlerContext): Promise<List> {
  const { client, services, now } = context;
  const { people, why, membersOn } = await peopleNow(context);
  const passes = await context.read((tx) => trainingPasses(tx, client.id));
  const days = daysOf(services.catalogue);
  const sha256 = trainingHash(services.catalogue);
  const { today } = present(now, client.timezone);
  const lineOf = (who: Pick<Line, 'address' | 'name' | 'seat'>, pass: TrainingPass | undefined): Line => {
    if (pass === undefined)
      return { ...who, state: 'missing', at: null, until: null, right: null, of: null, sha256: null };
    const until = addDays(present(pass.at, client.timezone).today, days);
    return {
      ...who,
      state: until < today ? 'lapsed' : 'passed',
      at: pass.at.toISOString(),
      until,
      right: pass.right,
      of: pass.of,
      sha256: pass.sha256,
    };
  };
  const last = new Map(passes.map((one) => [one.address, one]));
  const seats = (people ?? []).map(({ key, name, addresses }) => {
    const own = [...new Set([key, ...addresses].map(address))];
    const pass = own
      .flatMap((one) => last.get(one) ?? [])
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
      .at(-1);
    return { own, line: lineOf({ address: key, name, seat: true }, pass) };
  });
  const seated = new Set(seats.flatMap(({ own }) => own));
  const others = [...last.values()]
    .filter((one) => !seated.has(one.address))
    .map((one) => lineOf({ address: one.address, name: null, seat: people === null ? null : false }, one));
  const items = [...seats.map(({ line }) => line), ...others].toSorted(
    (a, b) => ORDER[a.state] - ORDER[b.state] || (a.name ?? a.address).localeCompare(b.name ?? b.address),
  );
  const ready = seats.length > 0;
  const training = await trainingOf(services, client.id);
  return {
    state: ready ? 'ready' : 'cannot_read',
    why: ready ? null : (why ?? 'The members file lists no one who can sign in.'),
    of: ready ? seats.length : null,
    done: ready ? seats.filter(({ line }) => line.state === 'passed').length : null,
    membersOn,
    days,
    training: {
      title: training.title,
      asOf: training.asOf,
      sha256,
      questions: training.quiz.questions.length,
      passShare: training.quiz.passShare,
      attemptsPerDay: training.quiz.attemptsPerDay,
    },
    items,
    total: items.length,
  };
}

const ORDER: Readonly<Record<Line['state'], number>> = { missing: 0, lapsed: 1, passed: 2 };

/** Days for which a passed quiz is valid, as the control on training says. */
function daysOf({ controls }: Pick<Catalogue, 'controls'>): number {
  const check = controls.flatMap(({ checks }) => checks).find((one) => one.rule === rule.name);
  return rule.params.parse(check?.with ?? {}).days;
}

const STATE_WORDS: Readonly<Record<Line['state'], string>> = {
  passed: 'Passed',
  lapsed: 'Passed too long ago',
  missing: 'Not passed',
};

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ name }) => name },
  { key: 'address', title: 'Email address', width: 36, value: (row) => row.address },
  {
    key: 'seat',
    title: 'Has a seat',
    value: ({ seat }) => (seat === null ? 'Cannot be read' : seat ? 'Yes' : 'No'),
  },
  { key: 'state', title: 'Quiz', width: 20, value: ({ state }) => STATE_WORDS[state] },
  { key: 'at', title: 'Passed at', kind: 'instant', value: ({ at }) => (at === null ? null : new Date(at)) },
  { key: 'until', title: 'In date until', value: ({ until }) => until },
  { key: 'right', title: 'Correct answers', value: ({ right }) => right },
  { key: 'of', title: 'Questions', value: ({ of }) => of },
  { key: 'sha256', title: 'SHA-256 of the training', width: 66, value: (row) => row.sha256 },
];

export async function exportTraining(context: HandlerContext, { format }: { readonly format: TableFormat }) {
  const { items } = await listTraining(context);
  const title = 'Quiz of the training';
  return asDownload(
    await tableFile(
      { heading: { title, ...clientHeading(context), filter: null }, columns: COLUMNS, rows: items },
      format,
    ),
  );
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The training as a handout: in Word with a page for signatures of attendance, or as slides for a projector. */
export async function downloadHandout(
  context: HandlerContext,
  { format, language }: { readonly format: 'docx' | 'pdf' | 'slides'; readonly language: Language },
) {
  const { client, services, now, request } = context;
  const content = handoutOf(await trainingOf(services, client.id, language));
  const { today } = present(now, client.timezone);
  const line = say(language, 'handout_as_of', { day: sayDay(language, today) });
  const hash = say(language, 'handout_hash', { sha256: trainingHash(services.catalogue) });
  const around = { client: client.name, day: today, line, hash, language };
  const called = `training-${format === 'slides' ? 'slides-' : ''}${fileWord(client.name)}${language === 'en' ? '' : `-${language}`}`;
  if (format === 'docx')
    return asDownload({
      name: `${called}.docx`,
      type: DOCX,
      bytes: await policyDocx(content, {
        client: client.name,
        line,
        approved: say(language, 'handout_applies'),
        hash,
        language: LOCALES[language],
        acknowledgement: {
          title: say(language, 'handout_attendance'),
          words: say(language, 'handout_attended', { title: content.title }),
          lines: ATTENDANCE.map((key) => say(language, key)),
        },
      }),
    });
  const template = format === 'slides' ? new URL('./slides.typ', import.meta.url) : undefined;
  return asDownload({
    name: `${called}.pdf`,
    type: 'application/pdf',
    bytes: await policyPdf(content, around, request.signal, template),
  });
}

const ATTENDANCE = ['paper_name', 'paper_email', 'paper_date', 'paper_signature'] as const;
// Guide: G7.3-05
