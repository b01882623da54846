import type { z } from 'zod';
import { cached } from '#store/cache.ts';
import { Packed } from '#store/packed.ts';
import type { People } from '../../people/index.ts';
import { notFound } from '../../problems.ts';
import { present } from '../../shared/moment.ts';
import type { UsageContext } from '../asking.ts';
import type { importedFiles, importedPerson } from './schemas.ts';
import { addUp, eachMeasure, type Figures, type ImportedPeriod, type ImportedUsage } from './task.ts';

type Files = z.input<typeof importedFiles>;
type Person = z.input<typeof importedPerson>;

/** Every current usage or spend file with its totals. */
export async function showImported(context: UsageContext, people: People): Promise<Files> {
  const { why, howToGet, periods } = await importedNow(context);
  return {
    why,
    howToGet,
    items: periods.map((one) => {
      const persons = personsOf(one, people);
      const named = persons.filter(({ key }) => key !== null).length;
      return {
        ...about(one),
        complete: one.complete,
        contradicted: one.contradicted,
        replaces: [...one.replaces],
        unknownColumns: [...one.unknownColumns],
        people: named === 0 ? null : named,
        unnamed: persons.find(({ key }) => key === null)?.figures.messages.of ?? 0,
        ...shown(addUp(persons.map(({ figures }) => figures))),
      };
    }),
  };
}

/** The people of each file by name, never by how much; `file` as its key in the answer of the page, or all files. */
export async function listImported(
  context: UsageContext,
  people: People,
  file: string | undefined,
): Promise<{ items: Person[]; total: number }> {
  const { periods } = await importedNow(context);
  const asked = file === undefined ? periods : periods.filter(({ key }) => key === file);
  if (file !== undefined && asked.length === 0) throw notFound();
  const items = asked.flatMap((one) =>
    personsOf(one, people).map(({ key, name, figures }) => ({
      ...about(one),
      key,
      person: name,
      ...shown(figures),
    })),
  );
  return { items, total: items.length };
}

/** It needs a client’s whole facts, which change seldom. */
async function importedNow({ services, client, now }: UsageContext): Promise<ImportedUsage> {
  const { today } = present(now, client.timezone);
  const packed = await cached(
    services.store,
    [client.id],
    { key: `imported usage ${today}`, weight: 5 },
    async () => {
      const run = await services.verdicts.run(client.id, 'importedUsage', undefined);
      return run && new Packed(run.result);
    },
  );
  return packed?.read() ?? { why: null, howToGet: '', periods: [] };
}

function about({ key, file, observedOn, period }: ImportedPeriod) {
  return { file: key, name: file, observedOn, period };
}

/** The lines of one person together, under whatever address or name; those that name nobody come last. */
function personsOf(
  { people: lines }: ImportedPeriod,
  people: People,
): { key: string | null; name: string; figures: Figures }[] {
  const named = lines.map(({ person, figures }) => ({
    ...(person === null ? { key: null, name: 'Not reported' } : people.of(person)),
    figures,
  }));
  return [...Map.groupBy(named, ({ key }) => key)]
    .map(([key, own]) => ({
      key,
      name: own[0]?.name ?? '',
      figures: addUp(own.map(({ figures }) => figures)),
    }))
    .toSorted(
      (a, b) => Number(a.key === null) - Number(b.key === null) || a.name.localeCompare(b.name, 'en'),
    );
}

/** What no line states is not known, and no sum of 0. */
function shown(figures: Figures) {
  return eachMeasure((measure) => (figures[measure].stated === 0 ? null : figures[measure]));
}
// Guide: G5.1-00 G5.2-01
